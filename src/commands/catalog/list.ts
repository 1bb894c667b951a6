import { BaseCommand } from '../base-command.js'
import { table } from '../render/table.js'

export default class CatalogList extends BaseCommand {
  static override summary = 'Every interface: what goes between which job and system, who owns it, how much it matters.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json']

  async run() {
    const { flags } = await this.parse(CatalogList)
    const { listCatalog } = await import('../../app/catalog/list.js')
    const interfaces = await listCatalog(flags.workspace)
    this.log(
      table(interfaces, [
        { title: 'Interface', value: ({ id }) => id },
        { title: '', value: ({ direction }) => direction },
        { title: 'System', value: ({ system }) => system ?? '-', width: 24 },
        { title: 'Owner', value: ({ owner }) => owner ?? '-', width: 24 },
        { title: 'Steward', value: ({ steward }) => steward ?? '-', width: 24 },
        { title: 'Criticality', value: ({ criticality }) => criticality ?? '-' },
        { title: 'Sensitivity', value: ({ sensitivity }) => sensitivity },
        { title: 'RTO h', value: ({ rtoHours }) => String(rtoHours ?? '-'), align: 'right' },
        { title: 'RPO h', value: ({ rpoHours }) => String(rpoHours ?? '-'), align: 'right' },
        { title: 'Contract', value: ({ contract }) => `${contract.name} (${contract.version})` },
      ]),
    )
    return { interfaces }
  }
}
