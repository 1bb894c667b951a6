import { MatchbookError } from '../errors/index.js'
import type { Lease } from '../state/index.js'
import type { Tools } from './tools.js'

/** Undefined: another process holds it, and does what we would. */
export async function leaseOrNot(name: string, tools: Pick<Tools, 'takeLease'>): Promise<Lease | undefined> {
  try {
    return await tools.takeLease(name)
  } catch (error) {
    if (error instanceof MatchbookError && error.code === 'RUN-ACTIVE') return undefined
    throw error
  }
}
