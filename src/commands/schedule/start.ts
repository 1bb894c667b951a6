import { BaseCommand } from '../base-command.js'

export default class ScheduleStart extends BaseCommand {
  static override summary = 'Keeps the schedule: begins each job when it is due, until it is told to stop.'
  static override description =
    'One for each workspace. On SIGTERM or Ctrl-C it begins no more, waits for the runs it has begun, and ends; told again, it ends at once and leaves them to themselves. Killed, it is simply started again.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --log-format ndjson',
  ]

  async run() {
    const { flags, metadata } = await this.parse(ScheduleStart)
    const { startSchedule } = await import('../../app/scheduling/daemon.js')
    const stop = new AbortController()
    const told = () => (stop.signal.aborted ? process.exit(143) : stop.abort())
    process.on('SIGTERM', told).on('SIGINT', told)
    return startSchedule({
      workspace: flags.workspace,
      // Who starts it wants to see what it does.
      logLevel: metadata.flags['log-level']?.setFromDefault ? 'info' : flags['log-level'],
      runLogLevel: flags['log-level'],
      logFormat: flags['log-format'],
      binary: process.argv[1] ?? '',
      stop: stop.signal,
    })
  }
}
