import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { loadOutcomeText } from '../render/loads.js'

export default class LoadsReject extends BaseCommand {
  static override summary = 'Refuses a load that has not gone out: it never does.'
  static override description =
    'What it held is judged again by the next run of its job, by the decisions and rules of then.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 20261120-3f09c21b --reason "wrong business unit" --as "M. Chen"',
    '<%= config.bin %> <%= command.id %> 3f09c21b --reason "wait for the price file" --dry-run',
  ]
  static override args = { load: Args.string({ required: true, description: 'id, or what follows the date in it' }) }
  static override flags = {
    reason: Flags.string({
      required: true,
      helpValue: 'TEXT',
      description: 'why; kept with the load and in the audit',
    }),
    as: Flags.string({ helpValue: 'PERSON', description: 'who does it; without it the user logged in' }),
    'dry-run': Flags.boolean({ default: false, description: 'say what would be done' }),
  }

  async run() {
    const { args, flags } = await this.parse(LoadsReject)
    const { rejectLoad } = await import('../../app/loads/approve-load.js')
    const { silent } = await import('../../app/progress.js')
    const outcome = await rejectLoad({
      workspace: flags.workspace,
      load: args.load,
      reason: flags.reason,
      as: flags.as,
      dryRun: flags['dry-run'],
      logLevel: flags['log-level'],
      logFormat: flags['log-format'],
      progress: silent,
    })
    this.log(loadOutcomeText(outcome))
    return outcome
  }
}
