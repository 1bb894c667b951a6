import { Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { localTime } from '../render/local-time.js'
import { count, money, risked } from '../render/money.js'
import { severityColour } from '../render/severity.js'
import { table } from '../render/table.js'

export default class ExceptionsList extends BaseCommand {
  static override summary = 'Open exceptions, most money first.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --queue receiving --limit 20',
    '<%= config.bin %> <%= command.id %> --code INV-PRICE --json',
  ]
  static override flags = {
    queue: Flags.string({ description: 'only this queue' }),
    code: Flags.string({ description: 'only this exception code' }),
    supplier: Flags.string({ description: 'only this ERP vendor number' }),
    job: Flags.string({ description: 'only this job' }),
    all: Flags.boolean({ default: false, description: 'healed and decided ones too' }),
    limit: Flags.integer({ default: 50, min: 1, description: 'how many lines to print; --json holds all' }),
  }

  async run() {
    const { flags } = await this.parse(ExceptionsList)
    const { listExceptions } = await import('../../app/exceptions/list-exceptions.js')
    const { withReading } = await import('../../app/open-workspace.js')
    const { queue, code, supplier, job } = flags
    const query = {
      all: flags.all,
      ...(queue === undefined ? {} : { queue }),
      ...(code === undefined ? {} : { code }),
      ...(supplier === undefined ? {} : { supplier }),
      ...(job === undefined ? {} : { job }),
    }
    const list = await withReading(flags.workspace, (reading) => listExceptions(reading, query))
    const shown = list.exceptions.slice(0, flags.limit)
    if (shown.length === 0) this.log('No open exceptions.')
    else {
      this.log(
        table(shown, [
          { title: 'Id', value: (one) => one.id },
          { title: 'Code', value: (one) => one.code, colour: (one) => severityColour(one.severity) },
          { title: 'Queue', value: (one) => one.queue },
          { title: 'Status', value: (one) => one.status },
          {
            title: 'At risk',
            value: (one) => money(one.amountAtRisk.amount, one.amountAtRisk.currency),
            align: 'right',
          },
          { title: 'Due', value: (one) => (one.dueAt === null ? '-' : localTime(one.dueAt, list.timezone)) },
          { title: 'What', value: (one) => one.message, width: 90 },
        ]),
      )
      const more = list.total - shown.length
      this.log(
        `\n${count(list.total, 'exception')}, ${risked(list, list.currency)} at risk${more > 0 ? `; ${more} more with --limit` : ''}`,
      )
    }
    return list
  }
}
