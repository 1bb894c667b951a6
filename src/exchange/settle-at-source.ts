import { MatchbookError } from '../errors/index.js'
import type { Endpoint } from './endpoint.js'
import { joinPath, withEnding } from './entry-name.js'
import type { PullDrop } from './pull-drop.js'
import type { Found } from './walk.js'

/**
 * Does with a taken file at its source what the drop says. Doing it again changes nothing.
 * @throws TRANSFER-FAILED when another file came under the name since: that one has not been taken and stays
 */
export async function settleAtSource(endpoint: Endpoint, { after }: PullDrop, taken: Found): Promise<void> {
  if (after === 'leave') return
  const { path, entry } = taken
  const now = await endpoint.stat(path)
  // Someone else cleaned up, or we did and died before we could say so.
  if (now === undefined) return
  if (now.size !== entry.size || now.modified !== entry.modified) {
    throw new MatchbookError('TRANSFER-FAILED', `${endpoint.name}: ${path} was replaced after it was taken`, {
      hint: 'The earlier file is safe in the archive; the new one is left and taken by the next run',
      facts: { endpoint: endpoint.name, path },
    })
  }
  if (after === 'remove') return endpoint.remove(path)
  const target = joinPath(after.move, taken.name)
  const place = await freePlace(endpoint, target, entry.modified)
  try {
    await endpoint.rename(path, place)
  } catch (error) {
    if (!(error instanceof MatchbookError) || error.code !== 'REMOTE-MISSING') throw error
    await endpoint.makeFolder(above(target).slice(0, -1))
    await endpoint.rename(path, place)
  }
}

/** The folder of a path with its slash; '' where it has none. */
const above = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1)

/** Partners use the same name day after day: an earlier file under it is not overwritten, the later one carries its time. */
async function freePlace(endpoint: Endpoint, place: string, modified: number): Promise<string> {
  if ((await endpoint.stat(place)) === undefined) return place
  const folder = above(place)
  const name = place.slice(folder.length)
  const time = new Date(modified * 1000).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')
  for (let number = 1; ; number += 1) {
    const other = `${folder}${withEnding(name, `.${time}Z${number === 1 ? '' : `-${number}`}`)}`
    if ((await endpoint.stat(other)) === undefined) return other
  }
}
