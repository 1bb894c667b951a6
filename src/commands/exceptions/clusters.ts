import { Flags } from '@oclif/core'
import { BaseCommand } from '../base-command.js'
import { clustersTable } from '../render/decisions.js'

export default class ExceptionsClusters extends BaseCommand {
  static override summary =
    'Causes that several open exceptions share, with count and money; one decision settles them.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --queue contracts --json',
  ]
  static override flags = {
    queue: Flags.string({ description: 'only this queue' }),
    code: Flags.string({ description: 'only this exception code' }),
    job: Flags.string({ description: 'only this job' }),
  }

  async run() {
    const { flags } = await this.parse(ExceptionsClusters)
    const { listClusters } = await import('../../app/deciding/list-clusters.js')
    const { withReading } = await import('../../app/open-workspace.js')
    const { queue, code, job } = flags
    const filter = {
      ...(queue === undefined ? {} : { queue }),
      ...(code === undefined ? {} : { code }),
      ...(job === undefined ? {} : { job }),
    }
    const list = await withReading(flags.workspace, (reading) => listClusters(reading, filter))
    this.log(
      list.clusters.length === 0 ? 'No cause is shared by several open exceptions.' : clustersTable(list.clusters),
    )
    return list
  }
}
