import type { Progress } from '../../app/progress.js'

const STEPS: Readonly<Record<string, string>> = {
  pull: 'Take in drops',
  decide: 'Take decisions',
  'give-back': 'Refused rows again',
  unwrap: 'Unwrap files',
  read: 'Read X12',
  check: 'Check extracts',
  match: 'Match',
  settle: 'Settle exceptions',
  load: 'Plan the load',
  pack: 'Gather evidence',
  report: 'Write the workbook',
  push: 'Push to the ERP',
}

/** Seconds a step runs before anybody asks how long it will still take; earlier the rate says little. */
const LONG = 2

/** Live progress on a terminal: one line a step, the running one with its count, its rate and, once it takes long, the time left. */
export function liveProgress(stream: NodeJS.WriteStream): Progress {
  let running = ''
  let since = 0
  let drawn = 0
  const title = (step: string) => (STEPS[step] ?? step).padEnd(20)
  const line = (text: string) => stream.write(`\r\x1b[2K${text.slice(0, Math.max(20, stream.columns - 1))}`)
  const seconds = () => ((Date.now() - since) / 1000).toFixed(1)
  return {
    begin(step) {
      running = step
      since = Date.now()
      line(`  ○ ${title(step)}`)
    },
    advance(done, total, unit) {
      if (Date.now() - drawn < 80) return
      drawn = Date.now()
      const elapsed = (Date.now() - since) / 1000
      const rate = Math.round(done / Math.max(0.1, elapsed))
      const left = elapsed < LONG || done === 0 || total === undefined ? undefined : ((total - done) * elapsed) / done
      const count = `${done}${total === undefined ? '' : ` of ${total}`} ${unit}, ${rate}/s`
      line(`  ○ ${title(running)} ${count}${left === undefined ? '' : `, ${inWords(left)} left`}`)
    },
    end(step, said) {
      line(`  ● ${title(step)} ${said} (${seconds()} s)`)
      stream.write('\n')
    },
    fail(step) {
      line(`  ✗ ${title(step)} broke off (${seconds()} s)`)
      stream.write('\n')
    },
    note(text) {
      line(`    ${text}`)
      stream.write('\n')
    },
  }
}

const inWords = (seconds: number): string =>
  seconds < 90 ? `${Math.max(1, Math.round(seconds))} s` : `${Math.round(seconds / 60)} min`
