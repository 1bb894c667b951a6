import { Flags } from '@oclif/core'
import { BaseCommand } from './base-command.js'

export default class Metrics extends BaseCommand {
  static override summary = 'What a monitor wants to know, in the text format of Prometheus.'
  static override description =
    'docs/metrics.md defines each measure. Where matchbook.yaml sets metrics, each run writes them too.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --out /var/lib/node_exporter/matchbook.prom',
  ]
  static override flags = {
    out: Flags.string({ helpValue: 'FILE', description: 'write into this file, which is replaced as a whole' }),
  }

  async run() {
    const { flags } = await this.parse(Metrics)
    const { metrics } = await import('../app/metrics/write-metrics.js')
    const { samples, text, file } = await metrics(flags.workspace, flags.out)
    this.log(file ?? text.trimEnd())
    return { samples, file }
  }
}
