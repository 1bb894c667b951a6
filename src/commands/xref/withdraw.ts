import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'

export default class XrefWithdraw extends BaseCommand {
  static override summary = 'Takes back a cross-reference that was wrong from its first day.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> XR-000017 --note "wrong glove size"',
    '<%= config.bin %> <%= command.id %> XR-000017 --note "wrong glove size" --as "R. Ortiz" --dry-run',
  ]
  static override args = { id: Args.string({ required: true, description: 'the cross-reference' }) }
  static override flags = {
    note: Flags.string({ required: true, helpValue: 'TEXT', description: 'why' }),
    as: Flags.string({ helpValue: 'PERSON', description: 'who says so; without it the user logged in' }),
    'dry-run': Flags.boolean({ default: false, description: 'say what would be done' }),
  }

  async run() {
    const { args, flags } = await this.parse(XrefWithdraw)
    const { withdrawByHand } = await import('../../app/xref/withdraw-reference.js')
    const { silent } = await import('../../app/progress.js')
    const outcome = await withdrawByHand({
      workspace: flags.workspace,
      reference: args.id,
      note: flags.note,
      as: flags.as,
      dryRun: flags['dry-run'],
      logLevel: flags['log-level'],
      logFormat: flags['log-format'],
      progress: silent,
    })
    const { reference, done, dryRun } = outcome
    const dry = dryRun ? ' (dry run: nothing was kept)' : ''
    this.log(done ? `${reference.id} is withdrawn${dry}: ${reference.said}` : `${reference.id} was withdrawn before`)
    return outcome
  }
}
