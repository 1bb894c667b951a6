import type { RunDueOutcome } from '../../app/scheduling/run-due.js'
import { sharesText } from './by-hand.js'
import { summaryText } from './summary.js'

export function dueText({ runs, shares, failures, left }: RunDueOutcome): string {
  const lines = [
    ...sharesText(shares),
    ...runs.map((run) => `\n${summaryText(run)}`),
    ...failures.map(({ subject, code, message, hint }) => `${subject} failed: ${code}, ${message}\n  ${hint}`),
    ...left.map(({ job, scheduledFor, because }) => `${job} of ${scheduledFor} is left: ${because}`),
  ]
  return lines.length === 0 ? 'Nothing is due. See: matchbook schedule next' : lines.join('\n')
}
