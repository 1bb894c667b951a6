import { MatchbookError } from '../../errors/index.js'

/** A wrapper of which nothing is used; the message is the reason, for people. */
export class Refused extends Error {}

/**
 * What decoders throw says what is wrong with the bytes, and is a reason; trouble of this machine goes on as it is.
 * @param what said before the decoder's own words
 */
export function refusal(what: string, error: unknown): unknown {
  if (error instanceof Refused || error instanceof MatchbookError || !(error instanceof Error)) return error
  const isSystem = 'syscall' in error
  return isSystem ? error : new Refused(`${what}: ${error.message}`)
}
