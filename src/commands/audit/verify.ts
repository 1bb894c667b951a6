import { Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'

export default class AuditVerify extends BaseCommand {
  static override summary = 'Walks the whole audit chain and says whether anything in it was tampered with.'
  static override description =
    'Entries that were changed, removed, inserted, moved or cut off are found, with exit code 8. Keep the head it prints somewhere else, and give it with --head later: then a chain that was written anew as a whole is found out too.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --pack evidence-2026-11.zip',
    '<%= config.bin %> <%= command.id %> --head 4711:9f2c5b7a0d31e8460a9b7c1d2e3f405162738495a6b7c8d9e0f1a2b3c4d5e6f7 --json',
  ]
  static override flags = {
    pack: Flags.string({
      helpValue: 'FILE',
      exclusive: ['head'],
      description: 'an evidence pack: its files, its part of the chain, and whether the chain still says the same',
    }),
    head: Flags.string({ helpValue: 'SEQUENCE:HASH', description: 'an entry noted earlier, which must still be so' }),
  }

  async run() {
    const { flags } = await this.parse(AuditVerify)
    if (flags.pack !== undefined) return this.verifyPack(flags.pack, flags.workspace)
    const { verifyAuditChain } = await import('../../app/evidence/audit-chain.js')
    const { withReading } = await import('../../app/open-workspace.js')
    const { exit, ...verdict } = await withReading(flags.workspace, (reading) => verifyAuditChain(reading, flags.head))
    const { entries, head, fault } = verdict
    const at = head === null ? 'the chain is empty' : `head ${head.sequence}:${head.hash}`
    this.log(
      fault === null
        ? `The audit chain is whole: ${entries} entries, ${at}`
        : `The audit chain is broken: ${fault.said}`,
    )
    process.exitCode = exit
    return verdict
  }

  private async verifyPack(pack: string, workspace: string | undefined) {
    const path = await import('node:path')
    const { verifyPack } = await import('../../app/evidence/verify-pack.js')
    const { withReading } = await import('../../app/open-workspace.js')
    const { exit, ...verified } = await withReading(workspace, (reading) => verifyPack(reading, path.resolve(pack)))
    const { period, files, entries, faults } = verified
    this.log(
      faults.length === 0
        ? `The pack of ${period} is whole: ${files} files, ${entries} entries of the audit chain, and the chain still says the same`
        : [`The pack of ${period} is not what it was:`, ...faults.map((fault) => `  ${fault}`)].join('\n'),
    )
    process.exitCode = exit
    return verified
  }
}
