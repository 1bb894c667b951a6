import { Args, Flags } from '@oclif/core'
import { BaseCommand } from './base-command.js'
import { backfillText } from './render/backfill.js'
import { liveProgress } from './render/live-progress.js'

export default class Backfill extends BaseCommand {
  static override summary = 'Judges past business days by what the archive holds of each: one run a day.'
  static override description =
    'Each day sees the extracts that lay there at its end (or the first after, where none did) and the invoices that had come or bear that date. Nothing is pulled, loaded or pushed. Days before the last one judged only add exceptions; the next night heals what is gone by now.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> receipt-to-invoice --from 2026-11-16 --to 2026-11-20 --dry-run',
    '<%= config.bin %> <%= command.id %> receipt-to-invoice --from 2026-11-16 --to 2026-11-20 --calendar office',
  ]
  static override args = { job: Args.string({ required: true, description: 'a job, by its file name in jobs/' }) }
  static override flags = {
    from: Flags.string({ required: true, helpValue: 'DATE', description: 'first day (yyyy-MM-dd)' }),
    to: Flags.string({ required: true, helpValue: 'DATE', description: 'last day (yyyy-MM-dd)' }),
    calendar: Flags.string({
      helpValue: 'NAME',
      description: 'calendar of the workspace that says which days count; without it Monday to Friday',
    }),
    'dry-run': Flags.boolean({ default: false, description: 'judge each day, but keep nothing' }),
    'fail-on': Flags.option({
      options: ['any', 'error', 'critical', 'none'] as const,
      description: 'open exceptions that lead to exit code 3; the workspace says so otherwise',
    })(),
  }

  async run() {
    const { args, flags } = await this.parse(Backfill)
    const { backfill } = await import('../app/replay/backfill.js')
    const { silent } = await import('../app/progress.js')
    const live = process.stderr.isTTY && !this.jsonEnabled() && flags['log-format'] === 'text'
    const outcome = await backfill({
      workspace: flags.workspace,
      job: args.job,
      from: flags.from,
      to: flags.to,
      calendar: flags.calendar,
      dryRun: flags['dry-run'],
      failOn: flags['fail-on'],
      logLevel: flags['log-level'],
      logFormat: flags['log-format'],
      progress: live ? liveProgress(process.stderr) : silent,
    })
    this.log(backfillText(outcome))
    process.exitCode = outcome.exit
    return outcome
  }
}
