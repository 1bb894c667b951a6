import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { importedText } from '../render/decisions.js'

export default class ExceptionsImport extends BaseCommand {
  static override summary = 'Takes a workbook back in: decisions, assignees and notes, row by row.'
  static override description =
    'What cannot be taken is refused row by row, with the reason in a copy of the workbook that can be mended and imported again. The same file a second time changes nothing. Exit code 4: some rows were refused; 8: with --all-or-nothing nothing was taken.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> receipt-to-invoice-2026-11-20.xlsx --dry-run',
    '<%= config.bin %> <%= command.id %> receipt-to-invoice-2026-11-20.xlsx --as "R. Ortiz"',
    '<%= config.bin %> <%= command.id %> mine.xlsx --all-or-nothing --returned mine-result.xlsx --json',
  ]
  static override args = {
    file: Args.string({ required: true, description: 'a workbook that Matchbook wrote, as .xlsx' }),
  }
  static override flags = {
    'dry-run': Flags.boolean({ default: false, description: 'say what would become of each row' }),
    'all-or-nothing': Flags.boolean({ default: false, description: 'take no row when one has to be refused' }),
    as: Flags.string({
      helpValue: 'PERSON',
      description: 'who decides where neither Decided by nor Assignee says so; without it the user logged in',
    }),
    returned: Flags.string({
      helpValue: 'FILE',
      description: 'where the copy with the results goes; without it into the folder returned of the state',
    }),
  }

  async run() {
    const { args, flags } = await this.parse(ExceptionsImport)
    const { importByHand } = await import('../../app/deciding/import-by-hand.js')
    const { silent } = await import('../../app/progress.js')
    const outcome = await importByHand({
      workspace: flags.workspace,
      file: args.file,
      allOrNothing: flags['all-or-nothing'],
      as: flags.as,
      returned: flags.returned,
      dryRun: flags['dry-run'],
      logLevel: flags['log-level'],
      logFormat: flags['log-format'],
      progress: silent,
    })
    this.log(importedText(outcome))
    process.exitCode = outcome.exit
    return outcome
  }
}
