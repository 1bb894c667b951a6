import { BaseCommand } from './base-command.js'
import { statusText } from './render/status.js'

export default class Status extends BaseCommand {
  static override summary = 'One screen: jobs and their last runs, backlog by queue, outbox, money at risk.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json']

  async run(): Promise<unknown> {
    const { flags } = await this.parse(Status)
    const { status } = await import('../app/status.js')
    const { withReading } = await import('../app/open-workspace.js')
    const now = await withReading(flags.workspace, status)
    this.log(statusText(now))
    return now
  }
}
