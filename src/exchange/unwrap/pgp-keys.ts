import type { PrivateKey, PublicKey } from 'openpgp'
import { MatchbookError } from '../../errors/index.js'
import type { PgpKeys } from './unwrap-rules.js'

/** Keys as text, armored (-----BEGIN PGP ...). */
export interface PgpSecrets {
  readonly privateKey: string
  readonly passphrase?: string
  readonly partnerKey?: string
}

/** @throws SECRET-MISSING when a key cannot be read or the passphrase does not open it; never with what they hold */
export async function readPgpKeys({ privateKey, passphrase, partnerKey }: PgpSecrets): Promise<PgpKeys> {
  const ours = await readOurKey(privateKey, passphrase)
  return partnerKey === undefined ? { ours } : { ours, partner: await readPartnerKey(partnerKey) }
}

/** Our private key, unlocked. @throws SECRET-MISSING */
export async function readOurKey(armoredKey: string, passphrase?: string): Promise<PrivateKey> {
  const pgp = await import('openpgp')
  const locked = await pgp
    .readPrivateKey({ armoredKey })
    .catch(() => failed('the PGP key is not an armored private key'))
  if (locked.isDecrypted()) return locked
  if (passphrase === undefined) return failed('the PGP key is locked and no passphrase is given')
  return pgp
    .decryptKey({ privateKey: locked, passphrase })
    .catch(() => failed('the passphrase does not open the PGP key'))
}

/** @throws SECRET-MISSING */
export async function readPartnerKey(armoredKey: string): Promise<PublicKey> {
  const pgp = await import('openpgp')
  const partner = await pgp
    .readKey({ armoredKey })
    .catch(() => failed("the partner's PGP key is not an armored public key"))
  return partner.toPublic()
}

const failed = (what: string): never => {
  throw new MatchbookError('SECRET-MISSING', what)
}
