import { Args, Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { liveProgress } from '../render/live-progress.js'
import { planText } from '../render/loads.js'

export default class LoadsPlan extends BaseCommand {
  static override summary =
    'What a job would write to the ERP now, row by row against what the ERP has. Writes nothing.'
  static override description =
    'Runs the job on a copy of the state that is thrown away. Each row is new, changed (old and new value by the newest extract) or unchanged, with the decision or the rule behind it. Loads that wait already are among them.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> receipt-to-invoice',
    '<%= config.bin %> <%= command.id %> item-master-sync --output changes.xlsx',
    '<%= config.bin %> <%= command.id %> contract-price-sync --as-of 2026-11-20 --json',
  ]
  static override args = { job: Args.string({ required: true, description: 'by its file name in jobs/' }) }
  static override flags = {
    'as-of': Flags.string({ helpValue: 'DATE', description: 'judge as of this date (yyyy-MM-dd) instead of today' }),
    output: Flags.string({ helpValue: 'FILE', description: 'write every value: .csv or .xlsx' }),
    limit: Flags.integer({ default: 40, min: 0, description: 'how many rows of a load to print; --json holds all' }),
  }

  async run() {
    const { args, flags } = await this.parse(LoadsPlan)
    const { planByHand } = await import('../../app/loads/plan-by-hand.js')
    const { silent } = await import('../../app/progress.js')
    const live = process.stderr.isTTY && !this.jsonEnabled() && flags['log-format'] === 'text'
    const plan = await planByHand({
      workspace: flags.workspace,
      job: args.job,
      asOf: flags['as-of'],
      output: flags.output,
      logLevel: flags['log-level'],
      logFormat: flags['log-format'],
      progress: live ? liveProgress(process.stderr) : silent,
    })
    this.log(planText(plan, flags.limit))
    return plan
  }
}
