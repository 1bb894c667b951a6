import { BaseCommand } from '../base-command.js'
import { workText } from '../render/work.js'

export default class WorkList extends BaseCommand {
  static override summary = 'Shows the workers, what is due, who does it, and what was given up.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json']

  async run() {
    const { flags } = await this.parse(WorkList)
    const { withReading } = await import('../../app/open-workspace.js')
    const { workAndWorkers } = await import('../../app/scheduling/work.js')
    const { zone, ...found } = await withReading(flags.workspace, async ({ state, workspace }) => ({
      ...(await workAndWorkers(state)),
      zone: workspace.settings.timezone,
    }))
    this.log(workText(found, zone).join('\n\n') || 'No worker, and nothing is due.')
    return found
  }
}
