import { Args } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { testedText } from '../render/notifications.js'

export default class NotifyTest extends BaseCommand {
  static override summary = 'Sends an owner a test message by each of their channels, and says what came of it.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> "Accounts payable"',
    '<%= config.bin %> <%= command.id %> "Accounts payable" --json',
  ]
  static override args = {
    owner: Args.string({ required: true, description: 'as in owner of a queue, or under notify.owners' }),
  }

  async run() {
    const { args, flags } = await this.parse(NotifyTest)
    const { testOwner } = await import('../../app/notify/test-owner.js')
    const { silent } = await import('../../app/progress.js')
    const outcome = await testOwner({
      workspace: flags.workspace,
      owner: args.owner,
      logLevel: flags['log-level'],
      logFormat: flags['log-format'],
      progress: silent,
    })
    this.log(testedText(outcome))
    process.exitCode = outcome.exit
    return outcome
  }
}
