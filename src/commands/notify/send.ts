import { Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { sentText } from '../render/notifications.js'

export default class NotifySend extends BaseCommand {
  static override summary = 'Looks what is overdue by now, and sends the notifications that are due.'
  static override description =
    'Runs and the daemon do it by themselves. Where there is no daemon, call it from cron, for example every ten minutes.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --again']
  static override flags = {
    again: Flags.boolean({ default: false, description: 'also what was given up, and what waits for its next try' }),
  }

  async run() {
    const { flags } = await this.parse(NotifySend)
    const { sendByHand } = await import('../../app/notify/send-by-hand.js')
    const { silent } = await import('../../app/progress.js')
    const outcome = await sendByHand({
      workspace: flags.workspace,
      again: flags.again,
      logLevel: flags['log-level'],
      logFormat: flags['log-format'],
      progress: silent,
    })
    this.log(sentText(outcome))
    process.exitCode = outcome.exit
    return outcome
  }
}
