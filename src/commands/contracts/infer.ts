import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { inferredText } from '../render/contracts.js'

export default class ContractsInfer extends BaseCommand {
  static override summary = 'Proposes a contract for an extract that nobody has described yet.'
  static override description =
    'Finds out delimiter, encoding, header, trailer, how numbers and dates are written, what identifies a record, which columns look like identities, and which canonical relation and fields the columns are. What a person must decide stands in the YAML as a comment.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> RECV_20261128.dat',
    '<%= config.bin %> <%= command.id %> ekpo.txt --layout ekpo-layout.txt --relation po_line --constant company=1000 --output templates/extracts/sap-po-lines.yaml',
    '<%= config.bin %> <%= command.id %> vendors.csv --map supplier=LEGACY_NO --source Workday --json',
  ]
  static override args = {
    file: Args.string({ required: true, description: 'the extract, or the same as .gz' }),
  }
  static override flags = {
    output: Flags.string({ helpValue: 'FILE', description: 'write the YAML there instead of printing it' }),
    name: Flags.string({ helpValue: 'NAME', description: 'of the contract; without it made of the name of the file' }),
    source: Flags.string({ helpValue: 'SYSTEM', description: 'the system it comes from' }),
    relation: Flags.string({
      helpValue: 'RELATION',
      description: 'the canonical relation it fills; without it proposed',
    }),
    map: Flags.string({
      helpValue: 'FIELD=COLUMN',
      multiple: true,
      multipleNonGreedy: true,
      description: 'this column is that canonical field',
    }),
    constant: Flags.string({
      helpValue: 'FIELD=VALUE',
      multiple: true,
      multipleNonGreedy: true,
      description: 'a canonical field that is the same in every record',
    }),
    layout: Flags.string({
      helpValue: 'FILE',
      description:
        'description of the layout, a line a column: its name and, where values stand at fixed places, first character and width',
    }),
    delimiter: Flags.string({ helpValue: 'TEXT', description: 'between values; without it found out (\\t for a tab)' }),
    encoding: Flags.option({
      options: ['utf-8', 'windows-1252'] as const,
      description: 'without it found out',
    })(),
  }

  async run() {
    const { args, flags } = await this.parse(ContractsInfer)
    const { inferContract } = await import('../../app/contracts/infer-contract.js')
    const inferred = await inferContract({
      file: args.file,
      workspace: flags.workspace,
      name: flags.name,
      source: flags.source,
      relation: flags.relation,
      map: flags.map ?? [],
      constants: flags.constant ?? [],
      layout: flags.layout,
      delimiter: flags.delimiter?.replaceAll('\\t', '\t'),
      encoding: flags.encoding,
      output: flags.output,
    })
    this.log(inferredText(inferred))
    return inferred
  }
}
