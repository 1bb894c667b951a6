import { Args, Flags } from '@oclif/core'
import { BaseCommand } from './base-command.js'
import { sharesText } from './render/by-hand.js'
import { dueText } from './render/due.js'
import { liveProgress } from './render/live-progress.js'
import { summaryText } from './render/summary.js'

export default class Run extends BaseCommand {
  static override summary = 'Runs jobs now. A run that was cut off goes on from its last finished step.'
  static override strict = false
  static override examples = [
    '<%= config.bin %> <%= command.id %> receipt-to-invoice',
    '<%= config.bin %> <%= command.id %> receipt-to-invoice --dry-run',
    '<%= config.bin %> <%= command.id %> --all --fail-on critical --json',
    '<%= config.bin %> <%= command.id %> --due',
    '<%= config.bin %> <%= command.id %> receipt-to-invoice --share 3',
  ]
  static override args = { job: Args.string({ description: 'one or more jobs, by their file name in jobs/' }) }
  static override flags = {
    all: Flags.boolean({ default: false, description: 'every job of the workspace' }),
    due: Flags.boolean({
      default: false,
      exclusive: ['all', 'dry-run', 'as-of'],
      description: 'what the schedule owes now, of these jobs or of all; nothing where nothing is due',
    }),
    'as-told': Flags.boolean({
      default: false,
      dependsOn: ['due'],
      description: 'how a worker or the schedule begins it: of the jobs that they name meanwhile, one after the other',
    }),
    share: Flags.integer({
      helpValue: 'NUMBER',
      min: 1,
      exclusive: ['all'],
      description:
        'take in this share of the job alone (its settings say: shares); the next run of the job judges what came',
    }),
    'dry-run': Flags.boolean({ default: false, description: 'read and match, but take nothing over and push nothing' }),
    'as-of': Flags.string({ helpValue: 'DATE', description: 'judge as of this date (yyyy-MM-dd) instead of today' }),
    'fail-on': Flags.option({
      options: ['any', 'error', 'critical', 'none'] as const,
      description: 'open exceptions that lead to exit code 3; the workspace says so otherwise',
    })(),
    junit: Flags.string({
      helpValue: 'FILE',
      exclusive: ['dry-run'],
      description: 'write what became of each run, step by step, as JUnit XML, which build servers read',
    }),
  }

  async run() {
    const { argv, flags } = await this.parse(Run)
    const { silent } = await import('../app/progress.js')
    const live = process.stderr.isTTY && !this.jsonEnabled() && flags['log-format'] === 'text'
    const request = {
      workspace: flags.workspace,
      jobs: argv as string[],
      failOn: flags['fail-on'],
      logLevel: flags['log-level'],
      logFormat: flags['log-format'],
      progress: live ? liveProgress(process.stderr) : silent,
    }
    if (flags['as-told']) {
      const { runAsTold } = await import('../app/scheduling/run-as-told.js')
      return runAsTold(request)
    }
    const { withRunResults } = await import('../app/runs/run-results.js')
    return withRunResults(flags.workspace, flags.junit, async () => {
      if (flags.due) {
        const { runDue } = await import('../app/scheduling/run-due.js')
        const due = await runDue({ ...request, share: flags.share })
        this.log(dueText(due))
        process.exitCode = due.exit
        return due
      }
      if (flags.share !== undefined) {
        const { shareByHand } = await import('../app/shares/share-by-hand.js')
        const asked = { ...request, share: flags.share, dryRun: flags['dry-run'], asOf: flags['as-of'] }
        const taken = await shareByHand(asked)
        for (const line of sharesText(taken.shares)) this.log(line)
        process.exitCode = taken.exit
        return taken
      }
      const { runJobs } = await import('../app/run-jobs.js')
      const result = await runJobs({ ...request, all: flags.all, dryRun: flags['dry-run'], asOf: flags['as-of'] })
      for (const summary of result.runs) this.log(`\n${summaryText(summary)}`)
      process.exitCode = result.exit
      return result
    })
  }
}
