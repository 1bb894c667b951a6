import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import * as pgp from 'openpgp'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { wrapForSending } from '../../src/app/push/wrap-for-sending.js'
import { resolveSecret, type SecretReference } from '../../src/config/index.js'
import { openArchive, readOurKey, readPartnerKey, readPgpKeys, unwrap, wrap } from '../../src/exchange/index.js'
import { invoices, X12Workspace } from '../app/x12-workspace.js'

interface Armored {
  readonly privateKey: string
  readonly publicKey: string
}

let home: string
let us: Armored
let partner: Armored
const passphrase = 'correct horse'

beforeAll(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'matchbook-wrap-'))
  const make = (name: string, secret?: string): Promise<Armored> =>
    pgp.generateKey({ userIDs: [{ name }], format: 'armored', ...(secret === undefined ? {} : { passphrase: secret }) })
  us = await make('Lakeside', passphrase)
  partner = await make('MedSupply')
  writeFileSync(path.join(home, 'partner.asc'), partner.publicKey)
  writeFileSync(path.join(home, 'ours.asc'), us.privateKey)
  writeFileSync(path.join(home, 'ours.word'), passphrase)
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

const placed = (bytes: Buffer) => {
  const file = path.join(home, `load-${randomBytes(4).toString('hex')}.zip`)
  writeFileSync(file, bytes)
  return { path: file, sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length }
}
const workspace = () =>
  ({
    workspace: { folder: home },
    secret: (reference: SecretReference) => resolveSecret(reference, home),
  }) as Parameters<typeof wrapForSending>[3]

it('a load compressed, encrypted and signed is what the partner can open, and knows to be ours', async () => {
  const bytes = Buffer.concat([randomBytes(200_000), Buffer.alloc(2_000_000, 'line\n')])
  const load = placed(bytes)
  const sending = await wrapForSending(
    load,
    'load.csv',
    { gzip: true, 'encrypt-to': 'partner.asc', 'sign-with': { file: 'ours.asc' }, passphrase: { file: 'ours.word' } },
    workspace(),
  )
  const out = readFileSync(sending.local_file)
  expect(sending).toMatchObject({ name: 'load.csv.gz.pgp', size: out.length })
  expect(createHash('sha256').update(out).digest('hex')).toBe(sending.sha256)
  expect(out.includes('line\nline\n')).toBe(false)

  const keys = await readPgpKeys({ privateKey: partner.privateKey, partnerKey: us.publicKey })
  const rules = {
    kinds: ['gz', 'pgp'],
    largest: 2 ** 30,
    ratio: 10_000,
    most: 9,
    isAsked: () => true,
    pgp: keys,
  } as const
  const archive = await openArchive(path.join(home, 'archive'))
  const opened = await unwrap({ name: sending.name, size: out.length, archivePath: sending.local_file }, rules, archive)
  if (opened?.kind !== 'files') throw new Error(opened?.reason)
  const [inner] = opened.files
  const clear = readFileSync(inner?.archivePath ?? '')
  expect(inner?.name).toBe('load.csv')
  expect(clear.equals(bytes)).toBe(true)
})

it('the same file compressed twice has the same bytes, so that it is known at the other side', async () => {
  const { path: file } = placed(randomBytes(100_000))
  await wrap(file, `${file}.1`, { gzip: true })
  await wrap(file, `${file}.2`, { gzip: true })
  expect(readFileSync(`${file}.1`).equals(readFileSync(`${file}.2`))).toBe(true)
  expect(gunzipSync(readFileSync(`${file}.1`)).equals(readFileSync(file))).toBe(true)
})

it('nothing is left unencrypted where the key is not fit for it', async () => {
  const load = placed(Buffer.from('prices'))
  writeFileSync(path.join(home, 'not.asc'), 'no key at all')
  const how = { gzip: false, 'encrypt-to': 'not.asc' }
  await expect(wrapForSending(load, 'load.zip', how, workspace())).rejects.toMatchObject({ code: 'SECRET-MISSING' })
  const gone = { gzip: false, 'encrypt-to': 'gone.asc' }
  await expect(wrapForSending(load, 'load.zip', gone, workspace())).rejects.toMatchObject({ code: 'SECRET-MISSING' })
  await expect(readOurKey(us.privateKey)).rejects.toMatchObject({ code: 'SECRET-MISSING' })
  await expect(readPartnerKey('x')).rejects.toMatchObject({ code: 'SECRET-MISSING' })
})

it('an acknowledgment goes out encrypted for its partner, and the drop holds nothing readable', async () => {
  const to = '{ endpoint: medsupply, folder: inbound, wrap: { encrypt-to: partner.asc } }'
  const night = await X12Workspace.make(`{ acknowledge: "997", send-to: ${to} }`)
  onTestFinished(() => night.remove())
  mkdirSync(night.folder, { recursive: true })
  writeFileSync(path.join(night.folder, 'partner.asc'), partner.publicKey)
  night.put('in.810', invoices(1))
  await night.exchange()
  const [[name = '', text = ''] = []] = night.answers()
  expect(name).toMatch(/\.edi\.pgp$/)
  expect(text).not.toContain('ISA')
  const message = await pgp.readMessage({
    binaryMessage: new Uint8Array(readFileSync(path.join(night.acknowledgments, name))),
  })
  const decryptionKeys = await pgp.readPrivateKey({ armoredKey: partner.privateKey })
  const { data } = await pgp.decrypt({ message, decryptionKeys })
  expect(data).toMatch(/^ISA\*00\*[\s\S]*ST\*997\*/)
})
