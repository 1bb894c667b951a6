import type { Tools } from '../tools.js'

/** Does it, or says in the log that it could not be done. */
export async function told(who: string, { log }: Pick<Tools, 'log'>, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    log.warn(`${who} was not told of this run: ${reasonOf(error)}; the night goes on`)
  }
}

/** What fetch says is in its cause. */
export const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message
}
