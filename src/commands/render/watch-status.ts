import { setTimeout as pause } from 'node:timers/promises'
import type { ReadStream, WriteStream } from 'node:tty'
import type { WorkspaceStatus } from '../../app/status.js'
import { localTime } from './local-time.js'
import { count, risked } from './money.js'
import { afterKey, keysIn, type ScreenPlace, screenLines } from './status-screen.js'

export interface Watching {
  readonly read: () => Promise<WorkspaceStatus>
  /** Milliseconds from one reading to the next. */
  readonly every: number
  readonly stop: AbortSignal
}

const ENTER = '\u001b[?1049h\u001b[?25l\u001b[?7l'
const LEAVE = '\u001b[?7h\u001b[?25h\u001b[?1049l'

/** One screen, drawn anew with each reading, key and change of size; what was on the terminal before is there again afterwards. */
export async function watchOnScreen({ read, every, stop }: Watching, input: ReadStream, output: WriteStream) {
  let place: ScreenPlace = { view: 0, top: 0 }
  let latest = await read()
  let at = clock(latest)
  let wake: (() => void) | undefined
  let isOver = false
  const draw = () => {
    const lines = screenLines(latest, place, output.rows, at)
    output.write(`\u001b[H${lines.map((line) => `${line}\u001b[K`).join('\r\n')}\u001b[J`)
  }
  const end = () => {
    isOver = true
    wake?.()
  }
  const pressed = (data: Buffer) => {
    for (const key of keysIn(data.toString('utf8'))) {
      if (key === 'q' || key === '\u0003') return end()
      if (key === 'r') wake?.()
      else place = afterKey(place, key) ?? place
    }
    draw()
  }
  input.setRawMode(true).resume().on('data', pressed)
  output.on('resize', draw)
  stop.addEventListener('abort', end)
  output.write(ENTER)
  try {
    while (!isOver) {
      draw()
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, every)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      if (isOver) break
      latest = await read()
      at = clock(latest)
    }
  } finally {
    output.write(LEAVE)
    output.off('resize', draw)
    input.off('data', pressed).setRawMode(false).pause()
  }
}

const clock = ({ timezone }: WorkspaceStatus): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, timeStyle: 'medium' }).format(new Date())

/** Where there is no terminal: one line for each change. */
export async function watchInLines({ read, every, stop }: Watching, say: (line: string) => void): Promise<void> {
  let last = ''
  while (!stop.aborted) {
    const line = statusLine(await read())
    if (line !== last) say(`${new Date().toISOString()} ${line}`)
    last = line
    await pause(every, undefined, { signal: stop }).catch(() => {})
  }
}

function statusLine(now: WorkspaceStatus): string {
  const jobs = now.jobs.map(({ job, lastRun, schedule }) => {
    const late = schedule?.due?.isLate ? `, late: due since ${localTime(schedule.due.scheduledFor, now.timezone)}` : ''
    return `${job} ${lastRun?.status ?? 'never ran'}${late}`
  })
  return [
    ...jobs,
    `${count(now.open, 'open exception')}, ${risked(now, now.currency)} at risk`,
    ...(now.awaited.length === 0 ? [] : [`${count(now.awaited.length, 'drop')} late`]),
    ...(now.outbox.length === 0 ? [] : [`${count(now.outbox.length, 'file')} waiting to go out`]),
    ...now.down.map(({ endpoint }) => `${endpoint} down`),
  ].join('; ')
}
