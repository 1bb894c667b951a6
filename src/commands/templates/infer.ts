import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { inferredTemplateText } from '../render/inferred-template.js'

export default class TemplatesInfer extends BaseCommand {
  static override summary = 'Proposes a load template from a file of the same import that the ERP accepted.'
  static override description =
    'Finds out delimiter, header, fixed places or sheet, where each column stands, how numbers and dates are written, what is the same in every row, and which field of ours a column is. What a person must decide stands in the YAML as a comment. It takes delimited text, text at fixed places (with --layout) and workbooks.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> accepted/APINV_20261101.csv --rows invoice --output templates/loads/our-invoices.yaml',
    '<%= config.bin %> <%= command.id %> PRICES.xlsx --rows price-load',
    '<%= config.bin %> <%= command.id %> gl.dat --rows journal-load --layout gl-layout.txt --json',
  ]
  static override args = {
    file: Args.string({ required: true, description: 'a file that the ERP took, with real rows' }),
  }
  static override flags = {
    rows: Flags.string({
      required: true,
      helpValue: 'ROWS',
      description: 'what a row is: invoice, invoice-line, or a table of a matcher, for example po-change',
    }),
    output: Flags.string({ helpValue: 'FILE', description: 'write the YAML there instead of printing it' }),
    name: Flags.string({ helpValue: 'NAME', description: 'of the template; without it made of the name of the file' }),
    layout: Flags.string({
      helpValue: 'FILE',
      description:
        'description of the layout, a line a column: its name and, where values stand at fixed places, first character and width',
    }),
    delimiter: Flags.string({ helpValue: 'TEXT', description: 'between values; without it found out (\\t for a tab)' }),
  }

  async run() {
    const { args, flags } = await this.parse(TemplatesInfer)
    const { inferTemplate } = await import('../../app/templates/infer-template.js')
    const inferred = await inferTemplate({
      file: args.file,
      rows: flags.rows,
      name: flags.name,
      layout: flags.layout,
      delimiter: flags.delimiter?.replaceAll('\\t', '\t'),
      output: flags.output,
    })
    this.log(inferredTemplateText(inferred))
    return inferred
  }
}
