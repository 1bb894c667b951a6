import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { appliedText } from '../render/loads.js'

export default class LoadsApply extends BaseCommand {
  static override summary = 'Sends an approved load to the ERP, exactly once.'
  static override description =
    'It goes by the outbox, behind what waits there for the same place. Cut off anywhere, call it again: what the server has is not sent a second time. Without an approval of its very bytes it is refused with exit code 8.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 20261120-3f09c21b',
    '<%= config.bin %> <%= command.id %> 3f09c21b --dry-run',
  ]
  static override args = { load: Args.string({ required: true, description: 'id, or what follows the date in it' }) }
  static override flags = {
    as: Flags.string({ helpValue: 'PERSON', description: 'who does it; without it the user logged in' }),
    'dry-run': Flags.boolean({ default: false, description: 'say whether it would go' }),
  }

  async run() {
    const { args, flags } = await this.parse(LoadsApply)
    const { applyLoad } = await import('../../app/loads/apply-load.js')
    const { silent } = await import('../../app/progress.js')
    const outcome = await applyLoad({
      workspace: flags.workspace,
      load: args.load,
      as: flags.as,
      dryRun: flags['dry-run'],
      logLevel: flags['log-level'],
      logFormat: flags['log-format'],
      progress: silent,
    })
    this.log(appliedText(outcome))
    process.exitCode = outcome.exit
    return outcome
  }
}
