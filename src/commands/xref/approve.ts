import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { approvedText } from '../render/xref.js'

export default class XrefApprove extends BaseCommand {
  static override summary = 'Makes suggestions cross-references, or turns them down for good.'
  static override description =
    'The exceptions behind a suggestion are decided with it: map. Over the person’s limit it is proposed, and stands when another person approves it too.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> XS-000003 --note "asked the buyer" --as "R. Ortiz"',
    '<%= config.bin %> <%= command.id %> XS-000003 --from 2026-07-01 --note "new numbers since July"',
    '<%= config.bin %> <%= command.id %> XS-000004 XS-000005 --refuse --note "other sizes"',
  ]
  static override strict = false
  static override args = {
    suggestions: Args.string({ required: true, description: 'ids of suggestions; see xref suggest' }),
  }
  static override flags = {
    note: Flags.string({ required: true, helpValue: 'TEXT', description: 'why' }),
    as: Flags.string({ helpValue: 'PERSON', description: 'who decides; without it the user logged in' }),
    refuse: Flags.boolean({ default: false, description: 'it is not so, and is not to be suggested again' }),
    from: Flags.string({ helpValue: 'DATE', description: 'first day; without it that of the proposal, or today' }),
    to: Flags.string({ helpValue: 'DATE', description: 'last day; without it that of the proposal, or open' }),
    'dry-run': Flags.boolean({ default: false, description: 'say what would be done' }),
  }

  async run() {
    const { argv, flags } = await this.parse(XrefApprove)
    const { approveSuggestions } = await import('../../app/xref/approve-suggestions.js')
    const { silent } = await import('../../app/progress.js')
    const outcome = await approveSuggestions({
      workspace: flags.workspace,
      suggestions: argv as string[],
      note: flags.note,
      as: flags.as,
      refuse: flags.refuse,
      from: flags.from,
      to: flags.to,
      dryRun: flags['dry-run'],
      logLevel: flags['log-level'],
      logFormat: flags['log-format'],
      progress: silent,
    })
    this.log(approvedText(outcome))
    process.exitCode = outcome.exit
    return outcome
  }
}
