import { Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'

export default class CatalogGraph extends BaseCommand {
  static override summary = 'Draws who sends what to which job, which waits for which, and what goes where, as SVG.'
  static override examples = ['<%= config.bin %> <%= command.id %> --out interfaces.svg']
  static override flags = {
    out: Flags.string({ helpValue: 'FILE', description: 'write into this file instead of printing it' }),
  }

  async run() {
    const { flags } = await this.parse(CatalogGraph)
    const { catalogGraph } = await import('../../app/catalog/graph.js')
    const { nodes, edges, file, svg } = await catalogGraph(flags.workspace, flags.out)
    this.log(file ?? svg)
    return { nodes, edges, file }
  }
}
