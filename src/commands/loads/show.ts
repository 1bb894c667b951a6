import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'

export default class LoadsShow extends BaseCommand {
  static override summary =
    'One load: where it stands, each row with what it changes and who decided it, totals, hash and history.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 20261120-3f09c21b',
    '<%= config.bin %> <%= command.id %> 3f09c21b --limit 200',
    '<%= config.bin %> <%= command.id %> 3f09c21b --json',
  ]
  static override args = { load: Args.string({ required: true, description: 'id, or what follows the date in it' }) }
  static override flags = {
    limit: Flags.integer({ default: 40, min: 0, description: 'how many rows to print; --json holds all' }),
  }

  async run() {
    const { args, flags } = await this.parse(LoadsShow)
    const { showLoad } = await import('../../app/loads/show-load.js')
    const { withReading } = await import('../../app/open-workspace.js')
    const { loadText } = await import('../render/loads.js')
    const load = await withReading(flags.workspace, (reading) => showLoad(reading, args.load))
    this.log(loadText(load, flags.limit))
    return load
  }
}
