import { Flags } from '@oclif/core'
import { BaseCommand } from './base-command.js'

export default class Uninstall extends BaseCommand {
  static override summary = 'What Matchbook has left on this machine outside of its package, and how to remove it.'
  static override description =
    'Completion scripts and systemd units of this user are shown, and removed with --remove; an enabled unit stays until it is disabled. Workspaces, with store, archive, settings and keys, are never removed. Lines in a crontab and Windows tasks are for you.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --remove']
  static override flags = {
    remove: Flags.boolean({ default: false, description: 'remove what is shown as "would be removed"' }),
  }

  async run() {
    const { flags } = await this.parse(Uninstall)
    const { leftOnMachine } = await import('../app/uninstall/left-on-machine.js')
    const left = await leftOnMachine({ workspace: flags.workspace, remove: flags.remove })
    for (const { what, place, becomes, because } of left) {
      this.log(`${becomes}: ${what} ${place}${because === null ? '' : `\n  ${because}`}`)
    }
    if (left.length === 0) this.log('Nothing is left outside of the package')
    this.log(
      [
        '',
        'See to these yourself: matchbook in crontab -l, Windows tasks, an eval of the completion in ~/.bashrc or ~/.zshrc',
        'Then the package: npm uninstall --global matchbook, or remove the checkout',
      ].join('\n'),
    )
    return { left }
  }
}
