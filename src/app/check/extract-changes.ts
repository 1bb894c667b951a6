import { compareText } from '../../canonical/index.js'
import type { ChangeFiles } from '../../config/index.js'
import type { FileRow } from '../../state/index.js'

/** Files of an input in the order in which they are applied. */
export interface Chains {
  /** Whole extracts, newest first, each with the changes that came after it, oldest first. */
  readonly chains: readonly { readonly whole: FileRow; readonly changes: readonly FileRow[] }[]
  /** Files of changes, where there is no whole extract to put them over. */
  readonly loose: readonly FileRow[]
  /** Files whose names do not say where in the order they stand. */
  readonly strangers: readonly FileRow[]
}

/** Which files are whole and which hold changes alone, as their names say; in order of what their names say, or of the time they were written. */
export function chainsOf(files: readonly FileRow[], { files: pattern, order }: ChangeFiles): Chains {
  const placed = files.map((file) => ({ file, place: placeOf(file.name, order) }))
  const strangers = placed.flatMap(({ file, place }) => (place === undefined ? [file] : []))
  const ordered = placed
    .flatMap(({ file, place }) => (place === undefined ? [] : [{ file, place }]))
    .sort((a, b) => compareText(a.place, b.place) || compareTime(a.file, b.file))
  // Where names say the order, one that came again stands for the one before.
  const isSentAgain = (n: number): boolean =>
    order !== undefined && ordered.slice(n + 1).some(({ file }) => file.name === ordered[n]?.file.name)
  const isChange = ({ file }: { readonly file: FileRow }): boolean => holdsChanges(file.name, { files: pattern })
  const changesFrom = (first: number): FileRow[] =>
    ordered.flatMap((one, n) => (n >= first && isChange(one) && !isSentAgain(n) ? [one.file] : []))
  const chains = ordered.flatMap((one, n) => (isChange(one) ? [] : [{ whole: one.file, changes: changesFrom(n + 1) }]))
  const loose = chains.length > 0 ? [] : ordered.map(({ file }) => file)
  return { chains: chains.reverse(), loose, strangers }
}

/** Whether a file of this name holds changes alone. */
export const holdsChanges = (name: string, { files }: Pick<ChangeFiles, 'files'>): boolean =>
  new RegExp(files, 'u').test(name)

/** Numbers are as wide as need be to stand in their order as text. */
function placeOf(name: string, order: string | undefined): string | undefined {
  if (order === undefined) return ''
  const found = new RegExp(order, 'u').exec(name)
  return found === null ? undefined : (found[1] ?? found[0]).replaceAll(/\d+/g, (digits) => digits.padStart(20, '0'))
}

const compareTime = (a: FileRow, b: FileRow): number =>
  a.modified === b.modified ? a.id - b.id : a.modified < b.modified ? -1 : 1
