import { Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'

export default class ExceptionsExport extends BaseCommand {
  static override summary = 'Writes the workbook of a job again, from its last finished run.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --job receipt-to-invoice',
    '<%= config.bin %> <%= command.id %> --job receipt-to-invoice --out tonight.xlsx',
  ]
  static override flags = {
    job: Flags.string({ required: true, description: 'job whose exceptions to write' }),
    out: Flags.string({ helpValue: 'FILE', description: 'where to write; by default beside the run’s own workbook' }),
  }

  async run(): Promise<unknown> {
    const { flags } = await this.parse(ExceptionsExport)
    const { exportExceptions } = await import('../../app/export-exceptions.js')
    const { withReading } = await import('../../app/open-workspace.js')
    const written = await withReading(flags.workspace, (reading) => exportExceptions(reading, flags.job, flags.out))
    this.log(`Wrote ${written.file}: ${written.exceptions} exceptions`)
    return written
  }
}
