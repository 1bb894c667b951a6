import { Flags } from '@oclif/core'
import { BaseCommand } from './base-command.js'

export default class Dashboard extends BaseCommand {
  static override summary =
    'One HTML page by itself: workflows, backlog, money at risk, reconciliation, trends, late files, suppliers.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --output dashboard.html',
    '<%= config.bin %> <%= command.id %> --json',
  ]
  static override flags = {
    output: Flags.string({ helpValue: 'FILE', description: 'write into this file instead of printing it' }),
  }

  async run() {
    const { flags } = await this.parse(Dashboard)
    const { dashboard } = await import('../app/dashboard/dashboard.js')
    const { withReading } = await import('../app/open-workspace.js')
    const { content, page, file } = await withReading(flags.workspace, (reading) => dashboard(reading, flags.output))
    this.log(file ?? page)
    return { ...content, file }
  }
}
