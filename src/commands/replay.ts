import { Args, Flags } from '@oclif/core'
import { BaseCommand } from './base-command.js'
import { liveProgress } from './render/live-progress.js'
import { replayText } from './render/replay.js'

export default class Replay extends BaseCommand {
  static override summary =
    'Processes a file, or all files of a run, again from the archive, by today’s rules or by those of that run.'
  static override description =
    'Documents are read anew, exceptions settled anew. What was loaded stays as it is, no acknowledgment is sent a second time, and no drop is looked into. By the rules of that run nothing is loaded or pushed.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 12 --dry-run',
    '<%= config.bin %> <%= command.id %> MED20261120.810',
    '<%= config.bin %> <%= command.id %> 20261121T060000Z-3f9a',
    '<%= config.bin %> <%= command.id %> 20261121T060000Z-3f9a --as-of-rules --as-of 2026-11-20 --dry-run',
  ]
  static override args = {
    subject: Args.string({
      required: true,
      description: 'a file by number, name or the first 8 or more digits of its hash; or a run by its id',
    }),
  }
  static override flags = {
    'dry-run': Flags.boolean({ default: false, description: 'read and match, but keep nothing and push nothing' }),
    'as-of': Flags.string({ helpValue: 'DATE', description: 'judge as of this date (yyyy-MM-dd) instead of today' }),
    'as-of-rules': Flags.boolean({
      default: false,
      description: 'judge by the settings of the run that took it in instead of today’s; nothing is loaded or pushed',
    }),
    by: Flags.string({ helpValue: 'NAME', description: 'who asks for it; without it the user logged in' }),
    'fail-on': Flags.option({
      options: ['any', 'error', 'critical', 'none'] as const,
      description: 'open exceptions that lead to exit code 3; the workspace says so otherwise',
    })(),
  }

  async run() {
    const { args, flags } = await this.parse(Replay)
    const { replay } = await import('../app/replay/replay.js')
    const { silent } = await import('../app/progress.js')
    const live = process.stderr.isTTY && !this.jsonEnabled() && flags['log-format'] === 'text'
    const outcome = await replay({
      workspace: flags.workspace,
      subject: args.subject,
      by: flags.by,
      dryRun: flags['dry-run'],
      asOf: flags['as-of'],
      asOfRules: flags['as-of-rules'],
      failOn: flags['fail-on'],
      logLevel: flags['log-level'],
      logFormat: flags['log-format'],
      progress: live ? liveProgress(process.stderr) : silent,
    })
    this.log(replayText(outcome))
    process.exitCode = outcome.exit
    return outcome
  }
}
