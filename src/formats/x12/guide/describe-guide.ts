import type { Entry, Guide, Loop } from './guide.js'

/** One segment of a guide, in the order of its table. */
export interface GuideLine {
  readonly id: string
  /** How many loops it stands in: 0 in the header, 1 for the segment that opens a loop of the transaction set. */
  readonly depth: number
  readonly opensLoop: boolean
  readonly mandatory: boolean
  /** How often it may come there; undefined without limit. */
  readonly max: number | undefined
}

/** A guide as a table for people: every segment in its place, loops indented. */
export function describeGuide(guide: Guide): readonly GuideLine[] {
  return linesOf(guide.table, 0)
}

function linesOf(loop: Loop, depth: number): GuideLine[] {
  return loop.entries.flatMap((entry, position) => {
    if (position === 0 && depth > 0) return []
    const inside = entry.loop === undefined ? [] : linesOf(entry.loop, depth + 1)
    return [lineOf(entry, depth), ...inside]
  })
}

function lineOf({ id, mandatory, max, loop }: Entry, depth: number): GuideLine {
  const opensLoop = loop !== undefined
  return { id, depth: opensLoop ? depth + 1 : depth, opensLoop, mandatory, max: Number.isFinite(max) ? max : undefined }
}
