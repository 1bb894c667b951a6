import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { loadOutcomeText } from '../render/loads.js'

export default class LoadsRevert extends BaseCommand {
  static override summary =
    'Plans a load that takes another back: credits, exchanged debits, values of before, as its template says.'
  static override description =
    'It is built, linted and kept like any load, and waits for the approval of somebody other than who asks for it. Rows that the ERP refused are not in it. Where the ERP has no way back it is refused with the reason and exit code 8.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 20261120-3f09c21b --reason "loaded into the wrong business unit" --as "R. Ortiz"',
    '<%= config.bin %> <%= command.id %> 3f09c21b --reason "wrong price file" --dry-run',
  ]
  static override args = { load: Args.string({ required: true, description: 'id, or what follows the date in it' }) }
  static override flags = {
    reason: Flags.string({
      required: true,
      helpValue: 'TEXT',
      description: 'why; kept with the load and in the audit',
    }),
    as: Flags.string({ helpValue: 'PERSON', description: 'who asks for it; without it the user logged in' }),
    'with-unseen': Flags.boolean({ default: false, description: 'rows too that no extract has shown in the ERP yet' }),
    'dry-run': Flags.boolean({ default: false, description: 'say what would be planned' }),
  }

  async run() {
    const { args, flags } = await this.parse(LoadsRevert)
    const { revertLoad } = await import('../../app/loads/revert-load.js')
    const { silent } = await import('../../app/progress.js')
    const outcome = await revertLoad({
      workspace: flags.workspace,
      load: args.load,
      reason: flags.reason,
      as: flags.as,
      withUnseen: flags['with-unseen'],
      dryRun: flags['dry-run'],
      logLevel: flags['log-level'],
      logFormat: flags['log-format'],
      progress: silent,
    })
    this.log(loadOutcomeText(outcome))
    return outcome
  }
}
