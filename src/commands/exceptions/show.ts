import { Args } from '@oclif/core'
import { BaseCommand } from '../base-command.js'

export default class ExceptionsShow extends BaseCommand {
  static override summary = 'One exception: what was compared, with which tolerance, and where each value stands.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> EX-000017',
    '<%= config.bin %> <%= command.id %> 17 --json',
  ]
  static override args = { exception: Args.string({ required: true, description: 'id or number' }) }

  async run() {
    const { args, flags } = await this.parse(ExceptionsShow)
    const { showException } = await import('../../app/exceptions/list-exceptions.js')
    const { withReading } = await import('../../app/open-workspace.js')
    const { exceptionText } = await import('../render/exception.js')
    const { exception, timezone } = await withReading(flags.workspace, async (reading) => ({
      exception: await showException(reading, args.exception),
      timezone: reading.workspace.settings.timezone,
    }))
    this.log(exceptionText(exception, timezone))
    return exception
  }
}
