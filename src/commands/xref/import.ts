import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { referencesImportedText } from '../render/xref.js'

export default class XrefImport extends BaseCommand {
  static override summary = 'Takes cross-references from a CSV file; the same file again changes nothing.'
  static override description =
    'A row that is wrong, or that says something else than one in force, is refused with its line and column and what to do, with exit code 8; the others are kept. Where a second person is needed, with roles or over a limit, nothing holds before another person imports the same file. Columns: docs/cross-references.md.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> cross-references.csv --note "item master clean-up" --dry-run',
    '<%= config.bin %> <%= command.id %> cross-references.csv --as "R. Ortiz"',
    '<%= config.bin %> <%= command.id %> cross-references.csv --as "M. Chen"',
  ]
  static override args = { file: Args.string({ required: true, description: 'CSV file, UTF-8, with a header' }) }
  static override flags = {
    note: Flags.string({ helpValue: 'TEXT', description: 'why, for rows without a note of their own' }),
    as: Flags.string({ helpValue: 'PERSON', description: 'who says so; without it the user logged in' }),
    'dry-run': Flags.boolean({ default: false, description: 'say what would be done' }),
  }

  async run() {
    const { args, flags } = await this.parse(XrefImport)
    const { importReferences } = await import('../../app/xref/import-references.js')
    const { silent } = await import('../../app/progress.js')
    const outcome = await importReferences({
      workspace: flags.workspace,
      file: args.file,
      note: flags.note,
      as: flags.as,
      dryRun: flags['dry-run'],
      logLevel: flags['log-level'],
      logFormat: flags['log-format'],
      progress: silent,
    })
    this.log(referencesImportedText(outcome))
    process.exitCode = outcome.exit
    return outcome
  }
}
