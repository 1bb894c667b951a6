import { Args, Flags } from '@oclif/core'
import { BaseCommand } from './base-command.js'
import { liveProgress } from './render/live-progress.js'
import { summaryText } from './render/summary.js'

export default class Demo extends BaseCommand {
  static override summary =
    'A whole night of a health system on this machine: real SFTP, real X12, real matching. Call it twice.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> ./my-demo --seed 7',
  ]
  static override args = {
    folder: Args.string({ default: 'matchbook-demo', description: 'folder for the demo workspace' }),
  }
  static override flags = {
    seed: Flags.integer({ default: 1, min: 1, description: 'another seed, another health system' }),
  }

  async run() {
    const { args, flags } = await this.parse(Demo)
    const { demo } = await import('../app/simulate/demo.js')
    const { silent } = await import('../app/progress.js')
    const live = process.stderr.isTTY && !this.jsonEnabled()
    const result = await demo({
      folder: args.folder,
      seed: flags.seed,
      logLevel: flags['log-level'],
      logFormat: flags['log-format'],
      progress: live ? liveProgress(process.stderr) : silent,
      say: (text) => this.log(text),
    })
    for (const summary of result.runs) this.log(`\n${summaryText(summary)}`)
    this.log(`\n${result.closing}`)
    process.exitCode = result.exit
    return result
  }
}
