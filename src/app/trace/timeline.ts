import { compareText, type Source } from '../../canonical/index.js'

export const subjects = ['po', 'invoice', 'item', 'file', 'case'] as const
export type Subject = (typeof subjects)[number]

/** What an entry tells of, in the order in which things of one instant follow from each other. */
const stages = [
  'sent',
  'file',
  'document',
  'acknowledgment',
  'match',
  'row',
  'exception',
  'decision',
  'load',
  'approval',
  'delivery',
  'result',
  'voucher',
] as const
export type Stage = (typeof stages)[number]

export interface TraceEntry {
  /** ISO instant, UTC; or the day that a document states of itself, yyyy-MM-dd. */
  readonly at: string
  readonly stage: Stage
  /** Number of the file or exception, id of the document, load or run: what other commands know it by. */
  readonly id: string
  readonly said: string
  readonly run: string | null
  /** The person; null where a run did it. */
  readonly actor: string | null
  /** Where it stands. */
  readonly places: readonly Source[]
}

export interface DocumentBytes {
  readonly document: string
  readonly place: Source
  /** From ST to SE as they lie in the archive, base64; null once purged. */
  readonly base64: string | null
}

export interface Timeline {
  readonly subject: Subject
  readonly number: string
  readonly company: string | null
  readonly release: string | null
  /** Zone of the workspace, for people; instants are UTC. */
  readonly timezone: string
  readonly total: number
  /** The latest of them, oldest first. */
  readonly entries: readonly TraceEntry[]
  /** Only when asked for. */
  readonly bytes: readonly DocumentBytes[] | null
}

/** By the clock; a day comes before the instants of that day in the zone. */
export function inOrder(entries: readonly TraceEntry[], timezone: string): TraceEntry[] {
  const days = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short' })
  const keyed = entries.map((entry) => {
    const isDay = entry.at.length === 10
    const day = isDay ? entry.at : days.format(new Date(entry.at))
    return { entry, key: `${day} ${isDay ? '' : entry.at}`, stage: stages.indexOf(entry.stage) }
  })
  return keyed
    .sort((a, b) => compareText(a.key, b.key) || a.stage - b.stage || compareText(a.entry.id, b.entry.id))
    .map(({ entry }) => entry)
}
