import { DateTime } from 'luxon'
import type { Hold, Retention, RetentionClass, Workspace } from '../../config/index.js'
import { unsettled } from '../../exceptions/index.js'
import { listExceptions } from '../../state/index.js'
import { dayOf } from '../given-day.js'
import type { Tools } from '../tools.js'

/** One thing that is to go. */
export interface Doomed {
  /** Number of the file, of the exception or in the outbox; id of the document or run. */
  readonly subject: string
  readonly name: string
}

/** What one class comes to: what goes, and how much that is old enough stays, by why. */
export interface ClassPlan<T extends Doomed = Doomed> {
  readonly class: RetentionClass
  /** The setting in words: files: 400 days. */
  readonly under: string
  readonly doomed: readonly T[]
  readonly kept: Readonly<Record<string, number>>
}

/** What all classes are planned by. */
export interface PurgeBasis {
  readonly retention: Retention
  /** ISO instant; what is of before it is old enough. Undefined: the class is kept for ever. */
  before(of: RetentionClass): string | undefined
  under(of: RetentionClass): string
  /** The hold that covers something of a partner (undefined: of everyone) over a time, in words. */
  heldBy(about: {
    readonly partner?: string | undefined
    readonly from: string
    readonly to: string
  }): string | undefined
  /** Hashes of files that an open exception has for evidence, and invoice numbers that one is about. */
  readonly openFiles: ReadonlySet<string>
  readonly openInvoices: ReadonlySet<string>
}

export async function purgeBasis(retention: Retention, tools: Tools): Promise<PurgeBasis> {
  const now = DateTime.fromISO(tools.now(), { zone: 'utc' })
  const open = await listExceptions(tools.state.database, { statuses: unsettled })
  return {
    retention,
    before(of) {
      const days = retention[of]
      return days === undefined ? undefined : (now.minus({ days }).toISO() ?? undefined)
    },
    under: (of) => `${of}: ${retention[of]} days`,
    heldBy({ partner, from, to }) {
      const [first, last] = [localDay(from, tools.workspace), localDay(to, tools.workspace)]
      const hold = retention.hold.find((one) => covers(one, partner, first, last))
      return hold === undefined ? undefined : `a hold covers it: ${hold.reason}`
    },
    openFiles: new Set(open.flatMap(({ evidence }) => evidence.flatMap(({ sha256 }) => sha256 ?? []))),
    openInvoices: new Set(open.flatMap(({ keys }) => keys.invoice ?? [])),
  }
}

const covers = (hold: Hold, partner: string | undefined, first: string, last: string): boolean =>
  (hold.partner === undefined || hold.partner === partner) &&
  (hold.from === undefined || last >= hold.from) &&
  (hold.to === undefined || first <= hold.to)

/** The day of an instant in the workspace's zone; a day is one already. */
const localDay = (at: string, workspace: Workspace): string => (at.length === 10 ? at : dayOf(at, { workspace }))

/** Sorts what is old enough: `why` it stays, or undefined when it goes. */
export function planClass<T extends Doomed>(
  of: RetentionClass,
  basis: PurgeBasis,
  old: readonly T[],
  why: (one: T) => string | undefined,
): ClassPlan<T> {
  const doomed: T[] = []
  const kept: Record<string, number> = {}
  for (const one of old) {
    const reason = why(one)
    if (reason === undefined) doomed.push(one)
    else kept[reason] = (kept[reason] ?? 0) + 1
  }
  return { class: of, under: basis.under(of), doomed, kept }
}
