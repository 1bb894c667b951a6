import { MatchbookError } from '../errors/index.js'
import type { Endpoint, RemoteEntry } from './endpoint.js'
import { joinPath } from './entry-name.js'
import type { PullDrop } from './pull-ledger.js'

/**
 * Does with a taken file at its source what the drop says. Doing it again changes nothing.
 * @throws TRANSFER-FAILED when another file came under the name since: that one has not been taken and stays
 */
export async function settleAtSource(
  endpoint: Endpoint,
  { folder, after }: PullDrop,
  taken: RemoteEntry,
): Promise<void> {
  if (after === 'leave') return
  const path = joinPath(folder, taken.name)
  const now = await endpoint.stat(path)
  // Someone else cleaned up, or we did and died before we could say so.
  if (now === undefined) return
  if (now.size !== taken.size || now.modified !== taken.modified) {
    throw new MatchbookError('TRANSFER-FAILED', `${endpoint.name}: ${path} was replaced after it was taken`, {
      hint: 'The earlier file is safe in the archive; the new one is left and taken by the next run',
      facts: { endpoint: endpoint.name, path },
    })
  }
  if (after === 'remove') return endpoint.remove(path)
  const place = await freePlace(endpoint, after.move, taken)
  try {
    await endpoint.rename(path, place)
  } catch (error) {
    if (!(error instanceof MatchbookError) || error.code !== 'REMOTE-MISSING') throw error
    await endpoint.makeFolder(after.move)
    await endpoint.rename(path, place)
  }
}

/** Partners use the same name day after day: an earlier file under it is not overwritten, the later one carries its time. */
async function freePlace(endpoint: Endpoint, folder: string, { name, modified }: RemoteEntry): Promise<string> {
  const place = joinPath(folder, name)
  if ((await endpoint.stat(place)) === undefined) return place
  const time = new Date(modified * 1000).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')
  for (let number = 1; ; number += 1) {
    const other = `${place}.${time}Z${number === 1 ? '' : `-${number}`}`
    if ((await endpoint.stat(other)) === undefined) return other
  }
}
