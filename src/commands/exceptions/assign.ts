import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { outcomesText } from '../render/decisions.js'

export default class ExceptionsAssign extends BaseCommand {
  static override summary = 'Says who works on exceptions, or notes something about them.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> EX-000017 EX-000018 --to "M. Chen"',
    '<%= config.bin %> <%= command.id %> 17 --note "supplier called, credit promised for Friday"',
    '<%= config.bin %> <%= command.id %> CL-3f09c21b77 --to "M. Chen" --note "one price file, one call"',
  ]
  static override strict = false
  static override args = {
    exceptions: Args.string({ required: true, description: 'ids or numbers of exceptions, ids of clusters' }),
  }
  static override flags = {
    to: Flags.string({ helpValue: 'PERSON', description: 'who works on them from now on' }),
    note: Flags.string({ helpValue: 'TEXT', description: 'what is to be known about them' }),
    as: Flags.string({ helpValue: 'PERSON', description: 'who says so; without it the user logged in' }),
    'dry-run': Flags.boolean({ default: false, description: 'say what would be done' }),
  }

  async run() {
    const { argv, flags } = await this.parse(ExceptionsAssign)
    if (flags.to === undefined && flags.note === undefined) this.error('say --to or --note, or both', { exit: 2 })
    const { decideExceptions } = await import('../../app/deciding/decide-exceptions.js')
    const { silent } = await import('../../app/progress.js')
    const outcome = await decideExceptions({
      workspace: flags.workspace,
      subjects: argv as string[],
      assignee: flags.to,
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
