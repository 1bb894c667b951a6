import { Args, Flags } from '@oclif/core'
import { ExitCode } from '../../errors/index.js'
import { BaseCommand } from '../base-command.js'
import { runComparisonText } from '../render/run-comparison.js'

export default class RunsCompare extends BaseCommand {
  static override summary =
    'Two runs of a job side by side: totals, exceptions, invoices and loads, and why they differ.'
  static override description =
    'For a cut-over: run the old and the new settings in two workspaces over the same drops, and compare their last runs. Nothing is changed on either side.\nExit code 0 when both came to the same, 3 when they differ.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> receipt-to-invoice --other /srv/matchbook-new',
    '<%= config.bin %> <%= command.id %> 20261121T060000Z-3f9a 20261122T060000Z-81c2',
    '<%= config.bin %> <%= command.id %> receipt-to-invoice --other ../new --output differences.csv --json',
  ]
  static override args = {
    run: Args.string({ required: true, description: 'id of a run, or a job for its last run' }),
    'other-run': Args.string({ description: 'the same, to hold against it; without it the last run of that job' }),
  }
  static override flags = {
    other: Flags.string({ helpValue: 'DIR', description: 'workspace of the other run; without it the same workspace' }),
    limit: Flags.integer({ helpValue: 'N', min: 0, default: 20, description: 'differences of each kind to show' }),
    output: Flags.string({ helpValue: 'FILE', description: 'write every difference into this .csv' }),
  }

  async run() {
    const { args, flags } = await this.parse(RunsCompare)
    const { compareTwoRuns } = await import('../../app/comparing/compare-two-runs.js')
    const comparison = await compareTwoRuns({
      workspace: flags.workspace,
      left: args.run,
      right: args['other-run'],
      other: flags.other,
      output: flags.output,
    })
    this.log(runComparisonText(comparison, flags.limit))
    if (!comparison.alike) process.exitCode = ExitCode.openExceptions
    return comparison
  }
}
