import { stat } from 'node:fs/promises'
import { copyUnpacked, storedWidth } from '../../formats/delimited/index.js'
import { placeOf } from '../dialect-of.js'
import type { Place } from './fixed-framing.js'
import type { DescribedColumn } from './infer-contract.js'
import { type StoredFile, storedFile } from './stored-file.js'

export interface StoredAsLines {
  /** The copy, a record a line, with the digits of packed numbers behind it. */
  readonly path: string
  readonly file: StoredFile
  /** Where the columns of the layout stand in the copy. */
  readonly places: readonly Place[]
  /** Where all records have one. */
  readonly recordLength: number | undefined
}

/** A file with bytes that are no text, copied to `target` as lines that are; undefined where it has none, or nobody says where its columns stand. */
export async function storedAsLines(
  file: string,
  layout: readonly DescribedColumn[] | undefined,
  target: string,
): Promise<StoredAsLines | undefined> {
  const described = layout?.flatMap(({ name, from, width }) =>
    from === undefined || width === undefined ? [] : [{ name, from, width }],
  )
  if (described === undefined || described.length < (layout?.length ?? 1)) return undefined
  if (!(await stat(file).catch(() => undefined))?.isFile()) return undefined
  const found = await storedFile(file, described)
  if (found === undefined) return undefined
  const { encoding, recordLength } = found
  const fields = described.flatMap((column, n) =>
    found.packed[n] ? [{ ...placeOf(column), as: 'packed' as const }] : [],
  )
  const unreadable = await copyUnpacked(file, target, { encoding, recordLength, described: found.described, fields })
  if (unreadable !== undefined) return undefined
  let end = recordLength
  const places = described.map(({ from, width }, n) => {
    if (!found.packed[n]) return { from, width }
    const behind = { from: end + 1, width: storedWidth(width) }
    end += behind.width
    return behind
  })
  return {
    path: target,
    file: found,
    places,
    recordLength: found.described ? undefined : recordLength,
  }
}
