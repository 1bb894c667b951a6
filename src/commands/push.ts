import { Flags } from '@oclif/core'
import { BaseCommand } from './base-command.js'
import { pushText } from './render/by-hand.js'

export default class Push extends BaseCommand {
  static override summary = 'Drains the outbox: loads and acknowledgments that wait, in their order.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --dry-run --json',
  ]
  static override flags = {
    'dry-run': Flags.boolean({ default: false, description: 'say what waits, and send nothing' }),
  }

  async run() {
    const { flags } = await this.parse(Push)
    const { pushByHand } = await import('../app/push/push-by-hand.js')
    const { silent } = await import('../app/progress.js')
    const outcome = await pushByHand({
      workspace: flags.workspace,
      dryRun: flags['dry-run'],
      logLevel: flags['log-level'],
      logFormat: flags['log-format'],
      progress: silent,
    })
    this.log(pushText(outcome))
    process.exitCode = outcome.exit
    return outcome
  }
}
