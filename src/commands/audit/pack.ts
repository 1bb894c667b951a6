import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'

export default class AuditPack extends BaseCommand {
  static override summary =
    'Makes the evidence pack of a period again, and says whether it is the one that was made then.'
  static override description =
    'The job compliance-evidence makes the pack of each period once. Made again from the same store it has the same bytes; exit code 8 says that it has not, and which of its files are other than then.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 2026-11',
    '<%= config.bin %> <%= command.id %> 2026-11 --out november.zip',
  ]
  static override args = {
    period: Args.string({ required: true, description: 'as the pack calls it: 2026-11, 2026-Q4 or 2026' }),
  }
  static override flags = {
    job: Flags.string({ helpValue: 'JOB', description: 'whose pack, where several jobs make packs' }),
    out: Flags.string({ helpValue: 'FILE', description: 'write it there; without it, it is only compared' }),
  }

  async run() {
    const { args, flags } = await this.parse(AuditPack)
    const { rebuildPack } = await import('../../app/evidence/rebuild-pack.js')
    const { silent } = await import('../../app/progress.js')
    const { rebuiltPackText } = await import('../render/rebuilt-pack.js')
    const { exit, ...rebuilt } = await rebuildPack({
      workspace: flags.workspace,
      period: args.period,
      job: flags.job,
      out: flags.out,
      dryRun: false,
      logLevel: flags['log-level'],
      logFormat: flags['log-format'],
      progress: silent,
    })
    this.log(rebuiltPackText(rebuilt))
    process.exitCode = exit
    return rebuilt
  }
}
