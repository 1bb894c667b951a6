import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { JobLoad } from '../../config/index.js'
import { MatchbookError } from '../../errors/index.js'
import { readOurKey, readPartnerKey, type WrapRules, wrap, wrappedName } from '../../exchange/index.js'
import { type PlacedFile, placeFile } from '../../outputs/place-file.js'
import type { Tools } from '../tools.js'

type Wrapping = NonNullable<JobLoad['wrap']>

/** What goes out in place of a file, durable beside it: compressed and encrypted as its destination wants it, or the file itself. */
export async function wrapForSending(
  placed: PlacedFile,
  name: string,
  how: Wrapping | undefined,
  { workspace, secret }: Pick<Tools, 'workspace' | 'secret'>,
): Promise<{ readonly name: string; readonly local_file: string; readonly sha256: string; readonly size: number }> {
  if (how === undefined) return { name, local_file: placed.path, sha256: placed.sha256, size: placed.size }
  const rules = await rulesOf(how, workspace.folder, secret)
  const file = wrappedName(placed.path, rules)
  if (file === placed.path) return { name, local_file: file, sha256: placed.sha256, size: placed.size }
  const { sha256, size } = await placeFile(file, (temporary) => wrap(placed.path, temporary, rules))
  return { name: wrappedName(name, rules), local_file: file, sha256, size }
}

async function rulesOf(how: Wrapping, folder: string, secret: Tools['secret']): Promise<WrapRules> {
  const { gzip, 'encrypt-to': encryptTo, 'sign-with': signWith, passphrase } = how
  if (encryptTo === undefined) return { gzip }
  const armored = await readFile(path.resolve(folder, encryptTo), 'utf8').catch((cause: unknown) => {
    throw new MatchbookError('SECRET-MISSING', `the partner's PGP key cannot be read: ${encryptTo}`, { cause })
  })
  const partner = await readPartnerKey(armored)
  if (signWith === undefined) return { gzip, pgp: { partner } }
  const word = passphrase === undefined ? undefined : await secret(passphrase)
  return { gzip, pgp: { partner, ours: await readOurKey(await secret(signWith), word) } }
}
