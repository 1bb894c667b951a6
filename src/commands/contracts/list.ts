import { Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { contractsText } from '../render/contracts.js'

export default class ContractsList extends BaseCommand {
  static override summary =
    'Every contract: layout, relation, version, sensitive columns, who reads under it, the file last seen and its drift.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --all --json']

  static override flags = {
    all: Flags.boolean({ default: false, description: 'those that no job reads under too' }),
  }

  async run() {
    const { flags } = await this.parse(ContractsList)
    const { listContracts } = await import('../../app/contracts/list-contracts.js')
    const { withReading } = await import('../../app/open-workspace.js')
    const listed = await withReading(flags.workspace, (reading) => listContracts(reading, flags))
    this.log(contractsText(listed, flags.all))
    return listed
  }
}
