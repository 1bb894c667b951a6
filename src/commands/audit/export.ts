import { Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'

export default class AuditExport extends BaseCommand {
  static override summary =
    'Writes the audit chain, or some days of it, to a file for auditors: one JSON object a line.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --out audit.ndjson',
    '<%= config.bin %> <%= command.id %> --out november.ndjson --from 2026-11-01 --to 2026-11-30',
  ]
  static override flags = {
    out: Flags.string({ required: true, helpValue: 'FILE', description: 'where to write' }),
    from: Flags.string({ helpValue: 'DATE', description: 'first day (yyyy-MM-dd, UTC)' }),
    to: Flags.string({ helpValue: 'DATE', description: 'last day (yyyy-MM-dd, UTC)' }),
  }

  async run() {
    const { flags } = await this.parse(AuditExport)
    const path = await import('node:path')
    const { exportAudit } = await import('../../app/evidence/audit-chain.js')
    const { withReading } = await import('../../app/open-workspace.js')
    const written = await withReading(flags.workspace, (reading) =>
      exportAudit(reading, path.resolve(flags.out), { from: flags.from, to: flags.to }),
    )
    this.log(`Wrote ${written.entries} entries to ${written.file}, sha-256 ${written.sha256}`)
    return written
  }
}
