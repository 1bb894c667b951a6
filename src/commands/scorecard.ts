import { Args, Flags } from '@oclif/core'
import { BaseCommand } from './base-command.js'
import { scorecardText } from './render/scorecard.js'

export default class ScorecardOf extends BaseCommand {
  static override summary =
    'How a supplier did: invoices right at once, exceptions with money, prices, duplicates, acknowledgments, age.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> medsupply',
    '<%= config.bin %> <%= command.id %> 10432 --days 30 --json',
  ]
  static override args = {
    supplier: Args.string({
      required: true,
      description: 'name of the partner in the workspace, its full name, or a vendor number of the ERP',
    }),
  }
  static override flags = {
    days: Flags.integer({ default: 90, min: 1, max: 3660, description: 'looks back so many days' }),
  }

  async run() {
    const { args, flags } = await this.parse(ScorecardOf)
    const { supplierScorecard } = await import('../app/suppliers/supplier-scorecard.js')
    const { withReading } = await import('../app/open-workspace.js')
    const found = await withReading(flags.workspace, (reading) => supplierScorecard(reading, args.supplier, flags.days))
    this.log(scorecardText(found))
    return found
  }
}
