import type { Redactor, SecretReference } from '../../config/index.js'
import { resolveSecret } from '../../config/secrets.js'
import { MatchbookError } from '../../errors/index.js'

export type ReadSecret = (reference: SecretReference) => Promise<string>

/** Whatever is read by it is masked from then on in all that passes through the redactor. */
export const secretReader =
  (folder: string, redactor: Redactor): ReadSecret =>
  async (reference) => {
    const value = await resolveSecret(reference, folder)
    redactor.register(value)
    return value
  }

/** The same, where what is missing is told with what it is for. */
export const secretFor =
  (whom: string, secret: ReadSecret): ReadSecret =>
  (reference) =>
    secret(reference).catch((error: unknown) => {
      if (!(error instanceof MatchbookError && error.code === 'SECRET-MISSING')) throw error
      throw new MatchbookError('SECRET-MISSING', `${whom}: ${error.message}`, { cause: error, facts: error.facts })
    })
