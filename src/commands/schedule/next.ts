import { Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { localTime } from '../render/local-time.js'
import { table } from '../render/table.js'

export default class ScheduleNext extends BaseCommand {
  static override summary = 'When jobs run next, by their schedules.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --count 30 --json',
  ]
  static override flags = {
    count: Flags.integer({ default: 10, min: 1, max: 1000, description: 'how many' }),
  }

  async run() {
    const { flags } = await this.parse(ScheduleNext)
    const { nextRuns } = await import('../../app/scheduling/next-runs.js')
    const found = await nextRuns(flags.workspace, flags.count, new Date())
    this.log(
      found.next.length === 0
        ? 'No job has a schedule. See schedule in docs/scheduling.md.'
        : table(found.next, [
            { title: `When (${found.timezone})`, value: ({ scheduledFor }) => localTime(scheduledFor, found.timezone) },
            { title: 'Job', value: ({ job }) => job },
            { title: 'After', value: ({ after }) => after.join(', ') },
          ]),
    )
    return found
  }
}
