import { Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'

export default class ExceptionsExport extends BaseCommand {
  static override summary = 'Writes the workbook of a job again, from its last finished run.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --job receipt-to-invoice',
    '<%= config.bin %> <%= command.id %> --job receipt-to-invoice --out tonight.xlsx',
    '<%= config.bin %> <%= command.id %> --job receipt-to-invoice --owner "Accounts payable"',
  ]
  static override flags = {
    job: Flags.string({ required: true, description: 'job whose exceptions to write' }),
    owner: Flags.string({ exclusive: ['facility'], description: 'only what is in the queues of this owner' }),
    facility: Flags.string({ description: 'only what names this facility' }),
    out: Flags.string({ helpValue: 'FILE', description: 'where to write; by default beside the run’s own workbook' }),
  }

  async run() {
    const { flags } = await this.parse(ExceptionsExport)
    const { exportExceptions } = await import('../../app/report/export-exceptions.js')
    const { withReading } = await import('../../app/open-workspace.js')
    const { job, out, owner, facility } = flags
    const written = await withReading(flags.workspace, (reading) =>
      exportExceptions(reading, { job, out, owner, facility }),
    )
    this.log(`Wrote ${written.file}: ${written.exceptions} exceptions`)
    return written
  }
}
