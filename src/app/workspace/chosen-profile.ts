import type { ProfileName } from '../../config/index.js'
import { MatchbookError, nearMiss } from '../../errors/index.js'

/**
 * The environment variable that chooses a profile; --profile sets it for its own process. So every process that a command begins, a run
 * of the daemon or of a worker, is of the same profile, and no command can forget to hand it on.
 */
export const profileVariable = 'MATCHBOOK_PROFILE'

export const profiles = ['test', 'production'] as const satisfies readonly ProfileName[]

/** Undefined: the profile that matchbook.yaml declares. @throws USAGE */
export function chosenProfile(): ProfileName | undefined {
  const chosen = process.env[profileVariable]
  if (chosen === undefined || chosen === '') return undefined
  const profile = profiles.find((name) => name === chosen)
  if (profile !== undefined) return profile
  const near = nearMiss(chosen, profiles)
  throw new MatchbookError('USAGE', `${profileVariable}: there is no profile "${chosen}"`, {
    hint: near === undefined ? `There are ${profiles.join(' and ')}` : `Did you mean ${near}?`,
  })
}
