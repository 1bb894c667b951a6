import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { loadOutcomeText } from '../render/loads.js'

export default class LoadsApprove extends BaseCommand {
  static override summary = 'Approves the bytes of a load that waits.'
  static override description =
    'Who decided about a row of the load, or asked for it, cannot approve it (exit code 8). The approval is of the SHA-256 of the load: one that is built anew has to be approved anew. Nothing is sent; see loads apply.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 20261120-3f09c21b --reason "checked against the hold list" --as "M. Chen"',
    '<%= config.bin %> <%= command.id %> 3f09c21b --reason "totals agree" --sha256 9c1f...e2 --as "M. Chen"',
  ]
  static override args = { load: Args.string({ required: true, description: 'id, or what follows the date in it' }) }
  static override flags = {
    reason: Flags.string({
      required: true,
      helpValue: 'TEXT',
      description: 'why; kept with the load and in the audit',
    }),
    as: Flags.string({ helpValue: 'PERSON', description: 'who does it; without it the user logged in' }),
    sha256: Flags.string({ helpValue: 'HASH', description: 'the hash that was looked at; other bytes are refused' }),
    'dry-run': Flags.boolean({ default: false, description: 'say what would be done' }),
  }

  async run() {
    const { args, flags } = await this.parse(LoadsApprove)
    const { approveLoad } = await import('../../app/loads/approve-load.js')
    const { silent } = await import('../../app/progress.js')
    const outcome = await approveLoad({
      workspace: flags.workspace,
      load: args.load,
      reason: flags.reason,
      as: flags.as,
      sha256: flags.sha256,
      dryRun: flags['dry-run'],
      logLevel: flags['log-level'],
      logFormat: flags['log-format'],
      progress: silent,
    })
    this.log(loadOutcomeText(outcome))
    return outcome
  }
}
