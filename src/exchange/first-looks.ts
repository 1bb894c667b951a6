import type { Endpoint, RemoteEntry } from './endpoint.js'
import { isPartnerTrouble } from './partner-trouble.js'
import type { PullDrop } from './pull-drop.js'
import { walk } from './walk.js'

interface FirstLook {
  /** Milliseconds of a clock that nobody sets. */
  readonly at: number
  /** By path at the endpoint. */
  readonly entries: ReadonlyMap<string, RemoteEntry>
}

/**
 * How the files of several drops of one endpoint looked before the first of them waited for its own to stay the same. The others have then
 * waited as well: one pause an endpoint, not one a drop.
 */
export class FirstLooks {
  readonly #drops: readonly PullDrop[]
  readonly #looks = new Map<PullDrop, FirstLook>()
  #taken = false

  constructor(drops: readonly PullDrop[]) {
    this.#drops = drops
  }

  /** Looks into the other drops that will have to wait. A folder that cannot be looked into now is left to the pull of its drop. */
  async beforeWaitingFor(waiting: PullDrop, endpoint: Endpoint): Promise<void> {
    if (this.#taken) return
    this.#taken = true
    for (const drop of this.#drops) {
      if (drop === waiting || drop.stableSeconds === 0 || drop.done !== undefined) continue
      try {
        const at = performance.now()
        const { found } = await walk(endpoint, drop)
        this.#looks.set(drop, { at, entries: new Map(found.map(({ path, entry }) => [path, entry])) })
      } catch (error) {
        if (!isPartnerTrouble(error)) throw error
      }
    }
  }

  /** Whether the file of a drop looked so long enough ago as it does now. */
  hasWaited(drop: PullDrop, path: string, { size, modified }: RemoteEntry): boolean {
    const look = this.#looks.get(drop)
    const then = look?.entries.get(path)
    if (look === undefined || then?.kind !== 'file') return false
    const isLongAgo = performance.now() - look.at >= drop.stableSeconds * 1000
    return isLongAgo && then.size === size && then.modified === modified
  }
}
