import { Flags } from '@oclif/core'
import { BaseCommand } from './base-command.js'

export default class Worker extends BaseCommand {
  static override summary =
    'Takes work that is due, beside any number of other workers on any hosts, until it is told to stop.'
  static override description =
    'Needs the store in PostgreSQL for more than one machine. On SIGTERM or Ctrl-C it takes no more, waits for the runs it has begun, and ends; told again, it ends at once and leaves them to themselves. Killed, its work goes on elsewhere. See docs/several-machines.md.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --at-once 4 --log-format ndjson',
    '<%= config.bin %> <%= command.id %> --until-idle',
  ]
  static override flags = {
    'at-once': Flags.integer({
      min: 1,
      max: 64,
      description: 'runs side by side; without it schedule.at-once of matchbook.yaml',
    }),
    'until-idle': Flags.boolean({
      default: false,
      description: 'end when nothing is left that is due, here or with another worker',
    }),
  }

  async run() {
    const { flags, metadata } = await this.parse(Worker)
    const { startWorker } = await import('../app/scheduling/worker.js')
    const stop = new AbortController()
    const told = () => (stop.signal.aborted ? process.exit(143) : stop.abort())
    process.on('SIGTERM', told).on('SIGINT', told)
    return startWorker({
      workspace: flags.workspace,
      // Who starts it wants to see what it does.
      logLevel: metadata.flags['log-level']?.setFromDefault ? 'info' : flags['log-level'],
      runLogLevel: flags['log-level'],
      logFormat: flags['log-format'],
      atOnce: flags['at-once'],
      untilIdle: flags['until-idle'],
      binary: process.argv[1] ?? '',
      stop: stop.signal,
    })
  }
}
