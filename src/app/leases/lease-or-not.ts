import { MatchbookError } from '../../errors/index.js'
import type { Lease } from '../../state/index.js'
import type { Tools } from '../tools.js'

/** Undefined: another process holds it, and does what we would. */
export const leaseOrNot = (name: string, tools: Pick<Tools, 'takeLease'>): Promise<Lease | undefined> =>
  unlessHeld(() => tools.takeLease(name))

/** The same of a part. */
export const partOrNot = (whole: string, part: string, tools: Pick<Tools, 'takePart'>): Promise<Lease | undefined> =>
  unlessHeld(() => tools.takePart(whole, part))

async function unlessHeld(take: () => Promise<Lease>): Promise<Lease | undefined> {
  try {
    return await take()
  } catch (error) {
    if (error instanceof MatchbookError && error.code === 'RUN-ACTIVE') return undefined
    throw error
  }
}
