import { BaseCommand } from '../base-command.js'
import { count } from '../render/money.js'

export default class CatalogLint extends BaseCommand {
  static override summary =
    'What the catalog does not say of an interface, and fields with two owners or none; ends with 5 when there is a gap.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json']

  async run() {
    const { flags } = await this.parse(CatalogLint)
    const { lintCatalog } = await import('../../app/catalog/lint.js')
    const linted = await lintCatalog(flags.workspace)
    for (const { file, interface: id, message } of linted.gaps) this.log(`${file}  ${id}: ${message}`)
    for (const { files, record, field, message } of linted.ownership)
      this.log(`${files.join(', ')}  ${record}.${field}: ${message}`)
    this.log(`${count(linted.interfaces, 'interface')}, ${count(linted.gaps.length + linted.ownership.length, 'gap')}`)
    process.exitCode = linted.exit
    return linted
  }
}
