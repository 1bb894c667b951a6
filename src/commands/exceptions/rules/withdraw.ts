import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../../base-command.js'

export default class ExceptionsRulesWithdraw extends BaseCommand {
  static override summary = 'Withdraws a rule: nothing later is decided by it, what it decided stays decided.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 3 --note "contract renewed, prices agree again"',
    '<%= config.bin %> <%= command.id %> 3 --note "no longer agreed" --as "R. Ortiz" --dry-run',
  ]
  static override args = { rule: Args.integer({ required: true, description: 'number of the rule' }) }
  static override flags = {
    note: Flags.string({ required: true, helpValue: 'TEXT', description: 'why' }),
    as: Flags.string({ helpValue: 'PERSON', description: 'who says so; without it the user logged in' }),
    'dry-run': Flags.boolean({ default: false, description: 'say what would be done' }),
  }

  async run() {
    const { args, flags } = await this.parse(ExceptionsRulesWithdraw)
    const { withdrawRuleByHand } = await import('../../../app/deciding/rules-by-hand.js')
    const { silent } = await import('../../../app/progress.js')
    const outcome = await withdrawRuleByHand({
      workspace: flags.workspace,
      rule: args.rule,
      note: flags.note,
      as: flags.as,
      dryRun: flags['dry-run'],
      logLevel: flags['log-level'],
      logFormat: flags['log-format'],
      progress: silent,
    })
    const dry = outcome.dryRun ? ' (dry run: nothing was kept)' : ''
    this.log(outcome.done ? `Rule ${args.rule} is withdrawn${dry}` : `Rule ${args.rule} was withdrawn before`)
    return outcome
  }
}
