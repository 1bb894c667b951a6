import { Flags } from '@oclif/core'
import { BaseCommand } from './base-command.js'
import { purgeText } from './render/purge.js'

export default class Purge extends BaseCommand {
  static override summary = 'Removes what is older than the retention settings say, and leaves a tombstone.'
  static override description =
    'Each night does it at its end. What a hold covers, what an open exception or a load not yet confirmed needs, and what is in quarantine always stays. Without retention settings everything is kept.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --dry-run',
    '<%= config.bin %> <%= command.id %> --json',
  ]
  static override flags = {
    'dry-run': Flags.boolean({ default: false, description: 'say what would go, and what stays and why' }),
  }

  async run() {
    const { flags } = await this.parse(Purge)
    const { purge } = await import('../app/retention/purge.js')
    const { silent } = await import('../app/progress.js')
    const outcome = await purge({
      workspace: flags.workspace,
      dryRun: flags['dry-run'],
      logLevel: flags['log-level'],
      logFormat: flags['log-format'],
      progress: silent,
    })
    this.log(purgeText(outcome))
    return outcome
  }
}
