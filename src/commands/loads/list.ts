import { Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { loadsTable } from '../render/loads.js'

export default class LoadsList extends BaseCommand {
  static override summary = 'Loads, newest first: what each waits for, and what the ERP has of it.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --waiting',
    '<%= config.bin %> <%= command.id %> --job receipt-to-invoice --json',
  ]
  static override flags = {
    job: Flags.string({ description: 'only this job' }),
    waiting: Flags.boolean({ default: false, description: 'only those that have not gone out yet' }),
    limit: Flags.integer({ default: 30, min: 1, description: 'how many lines to print; --json holds all' }),
  }

  async run() {
    const { flags } = await this.parse(LoadsList)
    const { listLoads } = await import('../../app/loads/list-loads.js')
    const { withReading } = await import('../../app/open-workspace.js')
    const list = await withReading(flags.workspace, (reading) =>
      listLoads(reading, {
        ...(flags.job === undefined ? {} : { job: flags.job }),
        ...(flags.waiting ? { statuses: ['waiting', 'approved', 'planned'] } : {}),
      }),
    )
    this.log(list.loads.length === 0 ? 'No loads.' : loadsTable(list.loads.slice(0, flags.limit), list.timezone))
    const more = list.loads.length - flags.limit
    if (more > 0) this.log(`\n${more} more with --limit`)
    return list
  }
}
