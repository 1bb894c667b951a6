import { MatchbookError } from '../../errors/index.js'
import type { PgpKeys } from './unwrap-rules.js'

/** Keys as text, armored (-----BEGIN PGP ...). */
export interface PgpSecrets {
  readonly privateKey: string
  readonly passphrase?: string
  readonly partnerKey?: string
}

/** @throws SECRET-MISSING when a key cannot be read or the passphrase does not open it; never with what they hold */
export async function readPgpKeys(secrets: PgpSecrets): Promise<PgpKeys> {
  const pgp = await import('openpgp')
  const failed = (what: string): never => {
    throw new MatchbookError('SECRET-MISSING', what)
  }
  const locked = await pgp
    .readPrivateKey({ armoredKey: secrets.privateKey })
    .catch(() => failed('the PGP key is not an armored private key'))
  const { passphrase } = secrets
  if (!locked.isDecrypted() && passphrase === undefined) failed('the PGP key is locked and no passphrase is given')
  const ours = locked.isDecrypted()
    ? locked
    : await pgp
        .decryptKey({ privateKey: locked, passphrase: passphrase ?? '' })
        .catch(() => failed('the passphrase does not open the PGP key'))
  if (secrets.partnerKey === undefined) return { ours }
  const partner = await pgp
    .readKey({ armoredKey: secrets.partnerKey })
    .catch(() => failed("the partner's PGP key is not an armored public key"))
  return { ours, partner: partner.toPublic() }
}
