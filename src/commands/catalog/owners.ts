import { BaseCommand } from '../base-command.js'
import { table } from '../render/table.js'

export default class CatalogOwners extends BaseCommand {
  static override summary = 'Which system owns which field of items, vendors and contract lines, and who brings it.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json']

  async run() {
    const { flags } = await this.parse(CatalogOwners)
    const { listOwnership } = await import('../../app/catalog/ownership.js')
    const fields = await listOwnership(flags.workspace)
    this.log(
      fields.length === 0
        ? 'No job of this workspace keeps masters in step.'
        : table(fields, [
            { title: 'Of', value: ({ record }) => record },
            { title: 'Field', value: ({ field }) => field },
            { title: 'Owner', value: ({ owners }) => [...new Set(owners.map(({ owner }) => owner))].join(' or ') },
            { title: 'Said in', value: ({ owners }) => owners.map(({ job }) => job).join(', ') },
            { title: 'Comes by', value: ({ saidBy }) => saidBy.map(({ contract }) => contract).join(', ') || '-' },
          ]),
    )
    return { fields }
  }
}
