import { Args, Flags } from '@oclif/core'
import { ExitCode } from '../errors/index.js'
import { BaseCommand } from './base-command.js'
import { diffText } from './render/diff-text.js'

export default class Diff extends BaseCommand {
  static override summary =
    'Holds two extracts against each other, row by row as their keys say, and each row field by field.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> old.csv new.csv --key ITEM',
    '<%= config.bin %> <%= command.id %> erp.txt supplier.xlsx --key ITEM=CATALOG_NO --compare PRICE=UNIT_PRICE,UOM --tolerance PRICE=0.01',
    '<%= config.bin %> <%= command.id %> lines.csv ledger.csv.gz --key ACCOUNT,PERIOD --sum AMOUNT --output differences.xlsx',
    '<%= config.bin %> <%= command.id %> prices.csv prices-new.csv --key ITEM --window VALID_FROM:VALID_TO --in-force 2026-03-01',
  ]
  static override args = {
    left: Args.string({ required: true, description: 'delimited text, .xlsx (its first sheet), or either as .gz' }),
    right: Args.string({ required: true, description: 'the same' }),
  }
  static override flags = {
    key: Flags.string({
      helpValue: 'COLUMNS',
      required: true,
      description: 'columns that say which row is which, with commas between; LEFT=RIGHT where the names differ',
    }),
    compare: Flags.string({
      helpValue: 'COLUMNS',
      description: 'columns to compare; without it all that both files have',
    }),
    ignore: Flags.string({ helpValue: 'COLUMNS', description: 'columns not to compare' }),
    tolerance: Flags.string({
      helpValue: 'COLUMN=TOLERANCE',
      multiple: true,
      multipleNonGreedy: true,
      description:
        'how far apart: 0.05, 1%, 0.05+1%, number (12.50 is 12.5), 2d, date, case, zeros (00123 is 123), spaces; see docs/reconcile.md',
    }),
    sum: Flags.string({ helpValue: 'COLUMNS', description: 'add these up by key on both sides before comparing' }),
    window: Flags.string({
      helpValue: 'FROM:TO',
      dependsOn: ['in-force'],
      description: 'columns with the first and the last day a row is in force',
    }),
    'in-force': Flags.string({
      helpValue: 'DATE',
      dependsOn: ['window'],
      description: 'compare only rows in force on this day (yyyy-MM-dd)',
    }),
    contract: Flags.string({
      helpValue: 'NAME',
      multiple: true,
      multipleNonGreedy: true,
      description:
        'how the files are written: a contract of templates/extracts or a YAML file; give two for two layouts',
    }),
    delimiter: Flags.string({ helpValue: 'TEXT', description: 'between values; without it found out (\\t for a tab)' }),
    encoding: Flags.option({
      options: ['utf-8', 'windows-1252'] as const,
      description: 'of both files; without it found out',
    })(),
    header: Flags.boolean({
      default: true,
      allowNo: true,
      description: 'the first record names the columns; without a header they are called 1, 2, 3',
    }),
    limit: Flags.integer({ helpValue: 'N', min: 0, default: 10, description: 'differences of each kind to show' }),
    output: Flags.string({ helpValue: 'FILE', description: 'write every difference to this .csv or .xlsx' }),
  }

  async run() {
    const { args, flags } = await this.parse(Diff)
    const { diffFiles } = await import('../app/diff/diff-files.js')
    const columns = (written: string | undefined) => written?.split(',').map((name) => name.trim())
    const result = await diffFiles({
      ...args,
      keys: columns(flags.key) ?? [],
      compare: columns(flags.compare),
      ignore: columns(flags.ignore) ?? [],
      tolerances: flags.tolerance ?? [],
      sum: columns(flags.sum) ?? [],
      window: flags.window,
      inForce: flags['in-force'],
      contracts: flags.contract ?? [],
      delimiter: flags.delimiter?.replaceAll('\\t', '\t'),
      encoding: flags.encoding,
      header: flags.header,
      limit: flags.limit,
      output: flags.output,
      workspace: flags.workspace,
    })
    this.log(diffText(result))
    if (result.left.unread + result.right.unread > 0) process.exitCode = ExitCode.partial
    else if (!result.alike) process.exitCode = ExitCode.openExceptions
    return result
  }
}
