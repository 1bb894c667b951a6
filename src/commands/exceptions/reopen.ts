import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { outcomesText } from '../render/decisions.js'

export default class ExceptionsReopen extends BaseCommand {
  static override summary = 'Takes decisions and proposals back; the exceptions are open again.'
  static override description =
    'What was loaded by a decision stays loaded: the load keeps the decision as its evidence.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> EX-000017 --note "wrong line decided"',
    '<%= config.bin %> <%= command.id %> 17 18 --note "supplier withdrew the credit" --as "R. Ortiz"',
  ]
  static override strict = false
  static override args = { exceptions: Args.string({ required: true, description: 'ids or numbers' }) }
  static override flags = {
    note: Flags.string({ required: true, helpValue: 'TEXT', description: 'why' }),
    as: Flags.string({ helpValue: 'PERSON', description: 'who says so; without it the user logged in' }),
    'dry-run': Flags.boolean({ default: false, description: 'say what would be done' }),
  }

  async run() {
    const { argv, flags } = await this.parse(ExceptionsReopen)
    const { reopenExceptions } = await import('../../app/deciding/reopen-exceptions.js')
    const { silent } = await import('../../app/progress.js')
    const outcome = await reopenExceptions({
      workspace: flags.workspace,
      subjects: argv as string[],
      note: flags.note,
      as: flags.as,
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
