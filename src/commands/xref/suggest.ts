import { Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { suggestionsText } from '../render/xref.js'

export default class XrefSuggest extends BaseCommand {
  static override summary = 'Proposes what identifiers may be that led nowhere, with what speaks for it and against it.'
  static override description =
    'It looks at open exceptions about unknown items, suppliers, locations and units, in the extracts and documents of the last runs. Nothing is applied before somebody approves it.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --job receipt-to-invoice --least 60',
    '<%= config.bin %> <%= command.id %> --job item-master-sync --extract supplier-catalog=new-catalog.csv --dry-run --json',
  ]
  static override flags = {
    job: Flags.string({ multiple: true, helpValue: 'JOB', description: 'exceptions of this job; without it of all' }),
    extract: Flags.string({
      multiple: true,
      helpValue: 'INPUT=FILE',
      description: 'a file to look in, in place of the last extract of that input',
    }),
    least: Flags.integer({
      default: 30,
      min: 1,
      max: 99,
      helpValue: 'N',
      description: 'nothing of less confidence is suggested',
    }),
    'dry-run': Flags.boolean({ default: false, description: 'show them, and keep none to be approved' }),
  }

  async run() {
    const { flags } = await this.parse(XrefSuggest)
    const { suggestReferences } = await import('../../app/xref/suggest-references.js')
    const { silent } = await import('../../app/progress.js')
    const outcome = await suggestReferences({
      workspace: flags.workspace,
      jobs: flags.job ?? [],
      extracts: flags.extract ?? [],
      least: flags.least,
      dryRun: flags['dry-run'],
      logLevel: flags['log-level'],
      logFormat: flags['log-format'],
      progress: silent,
    })
    this.log(suggestionsText(outcome))
    return outcome
  }
}
