import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { decidedText } from '../render/quarantine.js'

export default class QuarantineDiscard extends BaseCommand {
  static override summary = 'Sets a file in quarantine aside for good, with who and why in the audit chain.'
  static override description =
    'Its bytes stay in the archive and its line in the ledger. It is never read, nothing stands against it any more, and the same bytes sent again are a duplicate.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 12 --reason "test file, MedSupply confirmed by telephone"',
    '<%= config.bin %> <%= command.id %> 12 --reason "sent again as MED20261121.810" --by "R. Ortiz" --dry-run',
  ]
  static override args = {
    file: Args.string({ required: true, description: 'number, name, or the first 8 or more digits of the hash' }),
  }
  static override flags = {
    reason: Flags.string({ required: true, helpValue: 'TEXT', description: 'why; stands in the ledger and the audit' }),
    by: Flags.string({ helpValue: 'NAME', description: 'who decides; without it the user logged in' }),
    'dry-run': Flags.boolean({ default: false, description: 'say what would be done' }),
  }

  async run() {
    const { args, flags } = await this.parse(QuarantineDiscard)
    const { discardFile } = await import('../../app/quarantine/quarantine-decide.js')
    const { silent } = await import('../../app/progress.js')
    const outcome = await discardFile({
      workspace: flags.workspace,
      file: args.file,
      reason: flags.reason,
      by: flags.by,
      dryRun: flags['dry-run'],
      logLevel: flags['log-level'],
      logFormat: flags['log-format'],
      progress: silent,
    })
    this.log(decidedText('discarded', outcome))
    return outcome
  }
}
