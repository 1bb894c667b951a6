import type { Endpoint } from './endpoint.js'
import { joinPath } from './entry-name.js'

/** Always the same name, so that a new try overwrites what a crash left; hidden from receivers that look for *.zip or the like. */
export const temporaryName = (name: string): string => `.${name}.part`

const ofTemporary = /^\.(?<name>.+)\.part$/s

/**
 * Removes the temporary files of ours that pushes left in a folder when they were cut off and their file then went another way.
 * @param ours of the names given, those that are files of ours for this folder; nobody else's are touched
 * @returns how many were removed
 */
export async function clearLeftOvers(
  endpoint: Endpoint,
  folder: string,
  ours: (names: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<number> {
  await endpoint.connect()
  const left = (await endpoint.list(folder)).flatMap(({ name, kind }) => {
    const of = kind === 'file' ? ofTemporary.exec(name)?.groups?.name : undefined
    return of === undefined ? [] : [of]
  })
  if (left.length === 0) return 0
  const known = await ours(left)
  const mine = left.filter((name) => known.has(name))
  for (const name of mine) await endpoint.remove(joinPath(folder, temporaryName(name)))
  return mine.length
}
