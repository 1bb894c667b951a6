import { printable } from './entry-name.js'
import type { PullLedger } from './pull-ledger.js'
import { gapBefore, type NumberedName, numberedName, type StreamPlace, standsAt } from './stream-place.js'

/** A file of a numbered stream, as far as its turn is concerned. */
export interface Numbered {
  readonly name: string
  readonly place?: StreamPlace
  /** It, or one after it, has waited long enough for those that are missing. */
  readonly released: boolean
}

/** Where the streams of a drop stand while its files are gone through in order. */
export class Sequence {
  readonly #at = new Map<string, number | undefined>()
  /** Streams in which a file had to wait, with the reason: what comes after it waits for the same. */
  readonly #held = new Map<string, string>()

  /** `remember`: what is taken here is taken in truth, and the ledger is told. */
  constructor(private readonly remember: boolean) {}

  /** Why the file has to wait for others, or undefined: it is its turn. */
  async refuses({ name, place, released }: Numbered, ledger: PullLedger): Promise<string | undefined> {
    if (place === undefined) return undefined
    const gap = gapBefore(await this.#standsAt(place.stream, ledger), place)
    if (gap === undefined) return undefined
    const { stream, before, after, width } = place
    const held = this.#held.get(stream)
    if (held !== undefined) return released ? undefined : held
    const naming = { before: printable(before), after: printable(after), width }
    await ledger.streamMisses({ stream, ...gap, naming, shownBy: printable(name) })
    if (released) return undefined
    const reason = `waits its turn: ${missingNames(naming, gap)} not been taken`
    this.#held.set(stream, reason)
    return reason
  }

  async took({ place }: Numbered, ledger: PullLedger): Promise<void> {
    if (place === undefined) return
    const at = standsAt(await this.#standsAt(place.stream, ledger), place)
    this.#at.set(place.stream, at)
    if (this.remember) await ledger.streamTook(place.stream, place.number, at)
  }

  async #standsAt(stream: string, ledger: PullLedger): Promise<number | undefined> {
    if (!this.#at.has(stream)) this.#at.set(stream, await ledger.streamAt(stream))
    return this.#at.get(stream)
  }
}

/** "PO_07.edi has", "PO_07.edi to PO_09.edi have" */
export const missingNames = (naming: NumberedName, { first, last }: { first: number; last: number }): string =>
  first === last
    ? `${numberedName(naming, first)} has`
    : `${numberedName(naming, first)} to ${numberedName(naming, last)} have`

/** Number after number within each stream; what the pattern does not fit comes first, in the order it had. */
export function byNumber(a: Numbered, b: Numbered): number {
  if (a.place === undefined || b.place === undefined)
    return Number(a.place !== undefined) - Number(b.place !== undefined)
  if (a.place.stream !== b.place.stream) return a.place.stream < b.place.stream ? -1 : 1
  return a.place.number - b.place.number
}

/** Marks those that a file after them, which has waited long enough, releases. In order of numbers. */
export function release<T extends Numbered & { readonly overdue: boolean }>(files: readonly T[]): T[] {
  const streams = new Set<string>()
  return files
    .toReversed()
    .map((file) => {
      if (file.place !== undefined && file.overdue) streams.add(file.place.stream)
      return { ...file, released: streams.has(file.place?.stream ?? '') }
    })
    .toReversed()
}
