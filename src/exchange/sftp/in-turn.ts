import pLimit, { type LimitFunction } from 'p-limit'
import { MatchbookError } from '../../errors/index.js'

/** Servers, as host:port, that turned somebody away who had not logged in yet; who takes turns there. */
const turns = new Map<string, LimitFunction>()

/**
 * Many endpoints may be logins at one server, and a night connects to all of them at once, which some servers do not take (OpenSSH's
 * MaxStartups). Where one was turned away, all log in one after the other from then on, so that another try is let in.
 * @throws what `login` throws
 */
export async function inTurn<T>(server: string, login: () => Promise<T>): Promise<T> {
  const turn = turns.get(server)
  try {
    return await (turn === undefined ? login() : turn(login))
  } catch (error) {
    if (isTurnedAway(error) && !turns.has(server)) turns.set(server, pLimit(1))
    throw error
  }
}

const isTurnedAway = (error: unknown): boolean => error instanceof MatchbookError && error.facts.turnedAway === true
