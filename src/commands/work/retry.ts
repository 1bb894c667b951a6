import { Args } from '@oclif/core'
import { BaseCommand } from '../base-command.js'

export default class WorkRetry extends BaseCommand {
  static override summary = 'Makes work that was given up ready again for the workers.'
  static override examples = ['<%= config.bin %> <%= command.id %> 17']
  static override args = { id: Args.integer({ required: true, description: 'its number, as work list shows it' }) }

  async run() {
    const { args, flags } = await this.parse(WorkRetry)
    const { withReading } = await import('../../app/open-workspace.js')
    const { retryWork } = await import('../../app/scheduling/work.js')
    const outcome = await withReading(flags.workspace, (reading) => retryWork(args.id, reading))
    this.log(`${outcome.work} is ready again.`)
    return outcome
  }
}
