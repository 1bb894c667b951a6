import { Args, Flags } from '@oclif/core'
import { BaseCommand } from './base-command.js'
import { pullText } from './render/by-hand.js'
import { liveProgress } from './render/live-progress.js'

export default class Pull extends BaseCommand {
  static override summary = 'Takes drops in and does no more; the next run reads what has come.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> medsupply',
    '<%= config.bin %> <%= command.id %> medsupply --dry-run --json',
  ]
  static override args = {
    partner: Args.string({ description: 'only drops of this partner, or of this endpoint' }),
  }
  static override flags = {
    'dry-run': Flags.boolean({ default: false, description: 'look and read, but book nothing and leave every source' }),
  }

  async run() {
    const { args, flags } = await this.parse(Pull)
    const { pullByHand } = await import('../app/pull/pull-by-hand.js')
    const { silent } = await import('../app/progress.js')
    const live = process.stderr.isTTY && !this.jsonEnabled() && flags['log-format'] === 'text'
    const outcome = await pullByHand({
      workspace: flags.workspace,
      from: args.partner,
      dryRun: flags['dry-run'],
      logLevel: flags['log-level'],
      logFormat: flags['log-format'],
      progress: live ? liveProgress(process.stderr) : silent,
    })
    this.log(pullText(outcome))
    process.exitCode = outcome.exit
    return outcome
  }
}
