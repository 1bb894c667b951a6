import { Args, Flags } from '@oclif/core'
import { ExitCode } from '../../errors/index.js'
import { BaseCommand } from '../base-command.js'
import { templateComparisonText } from '../render/template-comparison.js'

export default class TemplatesCompare extends BaseCommand {
  static override summary =
    'What another release of the ERP changes for a load: columns added, taken away, moved, changed.'
  static override description =
    'Holds the template in use against another one, or against the header of the layout that the vendor publishes. What would break comes first.\nExit code 0 when they are alike, 3 when they differ.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> oracle-fusion-ap-invoices oracle-fusion-ap-invoices-25a.yaml',
    '<%= config.bin %> <%= command.id %> oracle-fusion-ap-invoices ApInvoicesInterface-25A.csv --file ApInvoicesInterface.csv',
  ]
  static override args = {
    template: Args.string({ required: true, description: 'the one in use: a name in templates/loads, or a YAML file' }),
    'other-template': Args.string({
      required: true,
      description: 'another one, or delimited text whose first record names the columns (* marks required ones)',
    }),
  }
  static override flags = {
    file: Flags.string({
      helpValue: 'NAME',
      description: 'file of the template that a header is of, where it has several',
    }),
  }

  async run() {
    const { args, flags } = await this.parse(TemplatesCompare)
    const { compareReleases } = await import('../../app/templates/compare-releases.js')
    const comparison = await compareReleases({
      workspace: flags.workspace,
      template: args.template,
      other: args['other-template'],
      file: flags.file,
    })
    this.log(templateComparisonText(comparison))
    if (!comparison.alike) process.exitCode = ExitCode.openExceptions
    return comparison
  }
}
