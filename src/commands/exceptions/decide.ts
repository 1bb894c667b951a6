import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { outcomesText } from '../render/decisions.js'

export default class ExceptionsDecide extends BaseCommand {
  static override summary = 'Decides about exceptions, or about all of a cluster at once.'
  static override description =
    'Over the person’s limit it is proposed, and stands when another person decides the same. What is not allowed is refused exception by exception, with exit code 8; the others are decided.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> EX-000017 --decision short-pay --note "PO price confirmed by buyer" --as "R. Ortiz"',
    '<%= config.bin %> <%= command.id %> 17 18 19 --decision waive --note "credit CM-88 came" --dry-run',
    '<%= config.bin %> <%= command.id %> CL-3f09c21b77 --decision accept-price --note "new contract" --rule-until 2026-12-31',
  ]
  static override strict = false
  static override args = {
    exceptions: Args.string({ required: true, description: 'ids or numbers of exceptions, ids of clusters' }),
  }
  static override flags = {
    decision: Flags.string({ required: true, description: 'one that the code allows; see explain CODE' }),
    note: Flags.string({ helpValue: 'TEXT', description: 'why; kept with the decision' }),
    as: Flags.string({ helpValue: 'PERSON', description: 'who decides; without it the user logged in' }),
    'rule-until': Flags.string({
      helpValue: 'DATE',
      description: 'later exceptions of the same code and scope are decided so by themselves, up to this day',
    }),
    'rule-scope': Flags.string({
      helpValue: 'KEYS',
      default: 'supplier,item',
      description: 'what they must share: some of company, supplier, item; empty: the code alone',
    }),
    'rule-up-to': Flags.string({ helpValue: 'AMOUNT', description: 'and for no more money; without it than this one' }),
    'dry-run': Flags.boolean({ default: false, description: 'say what would be done' }),
  }

  async run() {
    const { argv, flags } = await this.parse(ExceptionsDecide)
    const { decideExceptions } = await import('../../app/deciding/decide-exceptions.js')
    const { silent } = await import('../../app/progress.js')
    const until = flags['rule-until']
    const outcome = await decideExceptions({
      workspace: flags.workspace,
      subjects: argv as string[],
      decision: flags.decision,
      note: flags.note,
      as: flags.as,
      rule:
        until === undefined
          ? undefined
          : { until, scope: flags['rule-scope'].split(',').filter(Boolean), upTo: flags['rule-up-to'] },
      dryRun: flags['dry-run'],
      logLevel: flags['log-level'],
      logFormat: flags['log-format'],
      progress: silent,
    })
    this.log(outcomesText(outcome))
    process.exitCode = outcome.exit
    return outcome
  }
}
