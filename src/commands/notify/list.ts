import { Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { notificationsText } from '../render/notifications.js'

export default class NotifyList extends BaseCommand {
  static override summary = 'What owners are told: each message, whether it went out, and why not. The newest first.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --undeliverable',
    '<%= config.bin %> <%= command.id %> --owner "Accounts payable" --json',
  ]
  static override flags = {
    waiting: Flags.boolean({ default: false, description: 'only those that wait' }),
    undeliverable: Flags.boolean({ default: false, description: 'only those that were given up' }),
    owner: Flags.string({ description: 'only those to this owner' }),
    limit: Flags.integer({ default: 50, min: 1, description: 'how many at the most' }),
  }

  async run() {
    const { flags } = await this.parse(NotifyList)
    const { listNotifications } = await import('../../app/notify/list.js')
    const { withReading } = await import('../../app/open-workspace.js')
    const { waiting, undeliverable, owner, limit } = flags
    const list = await withReading(flags.workspace, (reading) =>
      listNotifications(reading, { waiting, undeliverable, owner, limit }),
    )
    this.log(notificationsText(list))
    return list
  }
}
