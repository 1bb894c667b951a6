import type { Progress } from '../../app/progress.js'

const STEPS: Readonly<Record<string, string>> = {
  pull: 'Take in drops',
  read: 'Read X12',
  check: 'Check extracts',
  match: 'Match',
  settle: 'Settle exceptions',
  load: 'Plan the load',
  report: 'Write the workbook',
  push: 'Push to the ERP',
}

/** Live progress on a terminal: one line a step, the running one with its count and rate. Nothing off a terminal. */
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
      const rate = Math.round(done / Math.max(0.1, (Date.now() - since) / 1000))
      line(`  ○ ${title(running)} ${done}${total === undefined ? '' : ` of ${total}`} ${unit}, ${rate}/s`)
    },
    end(step, said) {
      line(`  ● ${title(step)} ${said} (${seconds()} s)`)
      stream.write('\n')
    },
    note(text) {
      line(`    ${text}`)
      stream.write('\n')
    },
  }
}
