import { Flags } from '@oclif/core'
import { BaseCommand } from './base-command.js'
import { statusText } from './render/status.js'
import { watchInLines, watchOnScreen } from './render/watch-status.js'

export default class Status extends BaseCommand {
  static override summary =
    'One screen: jobs with their last and next runs, backlog by queue, what is late, outbox, money at risk.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --watch',
    '<%= config.bin %> <%= command.id %> --json',
  ]
  static override flags = {
    watch: Flags.boolean({
      default: false,
      exclusive: ['json'],
      description: 'keep the screen up to date until q is pressed; without a terminal a line for each change',
    }),
    every: Flags.integer({ default: 5, min: 1, max: 3600, description: 'seconds from one look to the next' }),
  }

  async run() {
    const { flags } = await this.parse(Status)
    const { status } = await import('../app/status.js')
    const { withReading } = await import('../app/open-workspace.js')
    const read = () => withReading(flags.workspace, status)
    if (!flags.watch) {
      const now = await read()
      this.log(statusText(now))
      return now
    }
    const stop = new AbortController()
    process.once('SIGTERM', () => stop.abort()).once('SIGINT', () => stop.abort())
    const watching = { read, every: flags.every * 1000, stop: stop.signal }
    if (process.stdin.isTTY && process.stdout.isTTY) await watchOnScreen(watching, process.stdin, process.stdout)
    else await watchInLines(watching, (line) => this.log(line))
    return undefined
  }
}
