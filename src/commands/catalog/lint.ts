import { BaseCommand } from '../base-command.js'
import { gapLines } from '../render/catalog-gaps.js'
import { count } from '../render/money.js'

export default class CatalogLint extends BaseCommand {
  static override summary =
    'What the catalog does not say of an interface, and fields with two owners or none; ends with 5 when there is a gap.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json']

  async run() {
    const { flags } = await this.parse(CatalogLint)
    const { lintCatalog } = await import('../../app/catalog/lint.js')
    const linted = await lintCatalog(flags.workspace)
    for (const line of gapLines(linted.gaps)) this.log(line)
    for (const { files, record, field, message } of linted.ownership)
      this.log(`${files.join(', ')}  ${record}.${field}: ${message}`)
    this.log(`${count(linted.interfaces, 'interface')}, ${count(linted.gaps.length + linted.ownership.length, 'gap')}`)
    if (linted.gaps.length > 0) this.log('What is to be said, and where: catalog in docs/catalog.md')
    process.exitCode = linted.exit
    return linted
  }
}
