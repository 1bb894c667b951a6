import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'

/** What a workspace was read from: files by their bytes, folders by the names in them. */
export type Sources = Map<string, { readonly kind: 'file' | 'folder'; readonly sha256: string }>

export const hashOfBytes = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
/** In order; no name holds a slash. */
export const hashOfFolder = (names: readonly string[]): string => hashOfBytes(Buffer.from(names.join('/')))

/** Names in a folder, which may not be there, in order. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

/** Whether all of them are as they were when they were read. */
export async function areUnchanged(sources: Sources): Promise<boolean> {
  const now = await Promise.all(
    [...sources].map(async ([place, { kind, sha256 }]) =>
      kind === 'file' ? hashOfBytes(await readFile(place)) === sha256 : hashOfFolder(await namesIn(place)) === sha256,
    ),
  )
  return now.every(Boolean)
}
