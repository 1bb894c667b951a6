import type { PullOutcome } from '../../app/pull/pull-by-hand.js'
import type { PushOutcome } from '../../app/push/push-by-hand.js'
import type { Failure } from '../../app/run-summary.js'
import type { TakenInShare } from '../../app/shares/take-in-share.js'
import { localTime } from './local-time.js'
import { count } from './money.js'
import { printable } from './printable.js'

export function pullText({ jobs, dryRun }: PullOutcome): string {
  return jobs
    .flatMap(({ job, taken, duplicates, skipped, failures, healed = [] }) => [
      `${job}: ${count(taken, 'new file')}${dryRun ? ' would be taken' : ''}, ${count(duplicates, 'duplicate')}, ${count(skipped, 'entry', 'entries')} left where they are`,
      ...failures.flatMap(failureLines),
      ...healed.map((text) => `  ${text}`),
      ...(taken > 0 && !dryRun ? [`  They are read by: matchbook run ${job}`] : []),
    ])
    .join('\n')
}

export function sharesText(shares: readonly TakenInShare[]): string[] {
  return shares.map(({ job, share, of, owners, dryRun, drops, documents }) =>
    [
      `${job}, share ${share} of ${of} (${owners.slice(0, 5).join(', ')}${owners.length > 5 ? ` and ${owners.length - 5} more` : ''})${dryRun ? ', only tried' : ''}: ${count(drops.taken, 'new file')}, ${count(drops.duplicates, 'duplicate')}, ${count(documents.taken, 'document')}`,
      ...drops.failures.flatMap(failureLines),
      ...(drops.healed ?? []).map((text) => `  ${text}`),
    ].join('\n'),
  )
}

export function pushText({ sent, failures, healed = [], waiting, dryRun, timezone }: PushOutcome): string {
  return [
    ...(dryRun ? [] : [`${count(sent.length, 'file')} pushed and confirmed`]),
    ...failures.flatMap(failureLines),
    ...healed,
    waiting.length === 0 ? 'The outbox is empty.' : `${count(waiting.length, 'file')} in the outbox:`,
    ...waiting.map(
      ({ name, endpoint, folder, size, queuedAt, attempts, lastError }) =>
        `  ${printable(name)} to ${endpoint}:${folder}, ${size} bytes, queued ${localTime(queuedAt, timezone)}${attempts === 0 ? '' : `, ${count(attempts, 'try', 'tries')}: ${printable(lastError ?? '')}`}`,
    ),
  ].join('\n')
}

export const failureLines = ({ subject, code, message, hint }: Failure): string[] => [
  `  ${printable(subject)}: ${code}, ${printable(message)}`,
  `    ${hint}`,
]
