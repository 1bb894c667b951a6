import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { localTime } from '../render/local-time.js'
import { runSettingsText } from '../render/run-settings.js'
import { summaryText } from '../render/summary.js'
import { table } from '../render/table.js'

export default class RunsShow extends BaseCommand {
  static override summary = 'One run: its steps, what came of it, and the settings it was judged by.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 20261121T060000Z-3f9a',
    '<%= config.bin %> <%= command.id %> 20261121T060000Z-3f9a --settings',
  ]
  static override args = { run: Args.string({ required: true, description: 'id of the run, as runs list shows it' }) }
  static override flags = {
    settings: Flags.boolean({ default: false, description: 'print what its settings said, instead of its steps' }),
  }

  async run() {
    const { args, flags } = await this.parse(RunsShow)
    const { showRun } = await import('../../app/runs/list-runs.js')
    const { withReading } = await import('../../app/open-workspace.js')
    const { run, timezone } = await withReading(flags.workspace, async (reading) => ({
      run: await showRun(reading, args.run, flags.settings),
      timezone: reading.workspace.settings.timezone,
    }))
    if (flags.settings) {
      this.log(runSettingsText(run))
      return run
    }
    this.log(
      `${run.job}, ${run.kind} ${run.id}, as of ${run.asOf}: ${run.status}${run.error === null ? '' : ` (${run.error})`}`,
    )
    if (run.rulesOf !== null) this.log(`By the rules of run ${run.rulesOf}; nothing was loaded or pushed.`)
    if (run.purged !== null) this.log(`Its steps and summary were ${run.purged}.`)
    this.log(
      table(run.steps, [
        { title: 'Step', value: (step) => step.name },
        { title: 'Finished', value: (step) => localTime(step.finishedAt, timezone) },
        { title: 'Result', value: (step) => step.said },
      ]),
    )
    if (run.summary !== null) this.log(`\n${summaryText(run.summary)}`)
    this.log(`\n${runSettingsText(run)}`)
    return run
  }
}
