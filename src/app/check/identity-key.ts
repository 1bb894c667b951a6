import type { SecretReference, WorkspaceSettings } from '../../config/index.js'
import { MatchbookError } from '../../errors/index.js'

/** What an SHA-256 hash is worth, in characters of a key as people make them. */
const SHORTEST = 32

/**
 * The key of the keyed hashes of identities.
 * @throws SECRET-MISSING; WORKSPACE-INVALID when it is so short that numbers could be found by trying keys
 */
export async function identityKey(
  { privacy }: WorkspaceSettings,
  secret: (reference: SecretReference) => Promise<string>,
): Promise<string> {
  if (privacy === undefined) throw new Error('a contract needs the privacy key, and validate let it pass without one')
  const key = await secret(privacy.key)
  if (key.length < SHORTEST)
    throw new MatchbookError('WORKSPACE-INVALID', `privacy.key has ${key.length} characters, fewer than ${SHORTEST}`, {
      hint: 'Make one by: openssl rand -base64 48',
    })
  return key
}
