import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { SecretReference, Unwrap } from '../../config/index.js'
import { MatchbookError } from '../../errors/index.js'
import { type PgpKeys, readPgpKeys } from '../../exchange/index.js'

/** The PGP keys of a drop, opened; undefined where it needs none. `folder` of the workspace. @throws SECRET-MISSING */
export async function unwrapKeys(
  { key, passphrase, 'partner-key': partnerKey }: Unwrap,
  secret: (reference: SecretReference) => Promise<string>,
  folder: string,
): Promise<PgpKeys | undefined> {
  if (key === undefined) return undefined
  return readPgpKeys({
    privateKey: await secret(key),
    ...(passphrase === undefined ? {} : { passphrase: await secret(passphrase) }),
    ...(partnerKey === undefined ? {} : { partnerKey: await publicKey(partnerKey, folder) }),
  })
}

const publicKey = (file: string, folder: string): Promise<string> =>
  readFile(path.resolve(folder, file), 'utf8').catch((cause: unknown) => {
    throw new MatchbookError('SECRET-MISSING', `the partner's PGP key cannot be read: ${file}`, { cause })
  })
