import type { RunDueOutcome } from '../../app/scheduling/run-due.js'
import { summaryText } from './summary.js'

export function dueText({ runs, failures, left }: RunDueOutcome): string {
  const lines = [
    ...runs.map((run) => `\n${summaryText(run)}`),
    ...failures.map(({ subject, code, message, hint }) => `${subject} failed: ${code}, ${message}\n  ${hint}`),
    ...left.map(({ job, scheduledFor, because }) => `${job} of ${scheduledFor} is left: ${because}`),
  ]
  return lines.length === 0 ? 'Nothing is due. See: matchbook schedule next' : lines.join('\n')
}
