import { Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { localTime } from '../render/local-time.js'
import { table } from '../render/table.js'

export default class RunsList extends BaseCommand {
  static override summary = 'Runs, newest first.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --job receipt-to-invoice --limit 5',
  ]
  static override flags = {
    job: Flags.string({ description: 'only runs of this job' }),
    limit: Flags.integer({ default: 20, min: 1, description: 'how many at the most' }),
  }

  async run() {
    const { flags } = await this.parse(RunsList)
    const { listRuns } = await import('../../app/runs/list-runs.js')
    const { withReading } = await import('../../app/open-workspace.js')
    const { runs, timezone } = await withReading(flags.workspace, async (reading) => ({
      runs: await listRuns(reading, flags.limit, flags.job),
      timezone: reading.workspace.settings.timezone,
    }))
    this.log(
      runs.length === 0
        ? 'No run yet. Start one with: matchbook run JOB'
        : table(runs, [
            { title: 'Run', value: (run) => run.id },
            { title: 'Job', value: (run) => run.job },
            { title: 'Kind', value: (run) => run.kind },
            { title: 'As of', value: (run) => run.asOf },
            {
              title: 'Status',
              value: (run) => run.status,
              colour: (run) => (run.status === 'done' ? 'green' : 'yellow'),
            },
            { title: 'Started', value: (run) => localTime(run.startedAt, timezone) },
            {
              title: 'Finished',
              value: (run) => (run.finishedAt === null ? '-' : localTime(run.finishedAt, timezone)),
            },
            { title: 'Error', value: (run) => run.error ?? '', width: 60 },
          ]),
    )
    return { runs }
  }
}
