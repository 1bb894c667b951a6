import { Args, Flags } from '@oclif/core'
import { BaseCommand } from './base-command.js'
import { sharesText } from './render/by-hand.js'
import { liveProgress } from './render/live-progress.js'
import { summaryText } from './render/summary.js'

export default class Retry extends BaseCommand {
  static override summary = 'Goes on with the last run of a job from the step that failed or was cut off.'
  static override description =
    'Under the same run id and date. Where drops could not be pulled, a new run of the same date takes them up.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 20261121T060000Z-3f9a',
    '<%= config.bin %> <%= command.id %> 20261121T060000Z-3f9a --json',
  ]
  static override args = { run: Args.string({ required: true, description: 'id of the run, as runs list shows it' }) }
  static override flags = {
    'fail-on': Flags.option({
      options: ['any', 'error', 'critical', 'none'] as const,
      description: 'open exceptions that lead to exit code 3; the workspace says so otherwise',
    })(),
  }

  async run() {
    const { args, flags } = await this.parse(Retry)
    const { retry } = await import('../app/replay/retry.js')
    const { silent } = await import('../app/progress.js')
    const live = process.stderr.isTTY && !this.jsonEnabled() && flags['log-format'] === 'text'
    const outcome = await retry({
      workspace: flags.workspace,
      run: args.run,
      dryRun: false,
      failOn: flags['fail-on'],
      logLevel: flags['log-level'],
      logFormat: flags['log-format'],
      progress: live ? liveProgress(process.stderr) : silent,
    })
    this.log(
      `Went on from: ${outcome.from}\n\n${outcome.run === null ? '' : summaryText(outcome.run)}${sharesText(outcome.share === null ? [] : [outcome.share]).join('')}`,
    )
    process.exitCode = outcome.exit
    return outcome
  }
}
