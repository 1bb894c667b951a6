import { Args } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { referenceHistoryText } from '../render/xref.js'

export default class XrefHistory extends BaseCommand {
  static override summary = 'All that was ever said of a cross-reference: by whom, when and why.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> XR-000017',
    '<%= config.bin %> <%= command.id %> VP-778 --json',
  ]
  static override args = {
    id: Args.string({ required: true, description: 'a cross-reference, an identifier, or a number of the ERP' }),
  }

  async run() {
    const { args, flags } = await this.parse(XrefHistory)
    const { referenceHistory } = await import('../../app/xref/list-references.js')
    const { withReading } = await import('../../app/open-workspace.js')
    const { history, timezone } = await withReading(flags.workspace, async (reading) => ({
      history: await referenceHistory(reading, args.id),
      timezone: reading.workspace.settings.timezone,
    }))
    this.log(referenceHistoryText(history, timezone))
    return history
  }
}
