import type { Redactor, SecretReference } from '../../config/index.js'
import { resolveSecret } from '../../config/secrets.js'

export type ReadSecret = (reference: SecretReference) => Promise<string>

/** Whatever is read by it is masked from then on in all that passes through the redactor. */
export const secretReader =
  (folder: string, redactor: Redactor): ReadSecret =>
  async (reference) => {
    const value = await resolveSecret(reference, folder)
    redactor.register(value)
    return value
  }
