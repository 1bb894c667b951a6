import { Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { referencesTable, waitingTable } from '../render/xref.js'

export default class XrefList extends BaseCommand {
  static override summary = 'Cross-references: what identifiers of partners and other systems are in the ERP.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --kind item --partner orthotech --as-of 2026-11-30',
    '<%= config.bin %> <%= command.id %> --identifier VP-778 --all --json',
    '<%= config.bin %> <%= command.id %> --waiting',
  ]
  static override flags = {
    kind: Flags.string({ helpValue: 'KIND', description: 'item, supplier, location, unit or cost-center' }),
    partner: Flags.string({
      helpValue: 'NAME',
      description: 'partner, system or vendor number whose they are; "" for those of everybody',
    }),
    identifier: Flags.string({ helpValue: 'ID', description: 'that number, however it is written' }),
    'as-of': Flags.string({ helpValue: 'DATE', description: 'only those in force on this day' }),
    all: Flags.boolean({ default: false, description: 'withdrawn ones too' }),
    waiting: Flags.boolean({
      default: false,
      description: 'files that somebody proposed and nobody has agreed to yet, instead',
      exclusive: ['kind', 'partner', 'identifier', 'as-of', 'all'],
    }),
  }

  async run() {
    const { flags } = await this.parse(XrefList)
    const { listReferences, listWaiting } = await import('../../app/xref/list-references.js')
    const { withReading } = await import('../../app/open-workspace.js')
    if (flags.waiting) {
      const { list, timezone } = await withReading(flags.workspace, async (reading) => ({
        list: await listWaiting(reading),
        timezone: reading.workspace.settings.timezone,
      }))
      this.log(list.waiting.length === 0 ? 'No file waits for another person.' : waitingTable(list.waiting, timezone))
      return list
    }
    const list = await withReading(flags.workspace, (reading) =>
      listReferences(reading, {
        kind: flags.kind,
        partner: flags.partner,
        identifier: flags.identifier,
        asOf: flags['as-of'],
        all: flags.all,
      }),
    )
    this.log(list.references.length === 0 ? 'No cross-reference.' : referencesTable(list.references))
    return list
  }
}
