import { Flags } from '@oclif/core'
import { BaseCommand } from '../../base-command.js'
import { rulesTable } from '../../render/decisions.js'

export default class ExceptionsRulesList extends BaseCommand {
  static override summary = 'Rules that decide later exceptions by themselves.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --all --json']
  static override flags = {
    all: Flags.boolean({ default: false, description: 'ended and withdrawn ones too' }),
  }

  async run() {
    const { flags } = await this.parse(ExceptionsRulesList)
    const { listRules } = await import('../../../app/deciding/rules-by-hand.js')
    const { withReading } = await import('../../../app/open-workspace.js')
    const list = await withReading(flags.workspace, (reading) => listRules(reading, flags.all))
    this.log(list.rules.length === 0 ? 'No rule decides anything.' : rulesTable(list.rules))
    return list
  }
}
