import { BaseCommand } from './base-command.js'
import { whoAmIText } from './render/whoami.js'

export default class WhoAmI extends BaseCommand {
  static override summary = 'Who I am to Matchbook here: login, groups, roles, and what I may do.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json']

  async run() {
    const { flags } = await this.parse(WhoAmI)
    const { whoAmI } = await import('../app/roles/whoami.js')
    const me = await whoAmI(flags.workspace)
    this.log(whoAmIText(me))
    return me
  }
}
