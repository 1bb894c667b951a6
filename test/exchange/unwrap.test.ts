import { execFileSync, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import JSZip from 'jszip'
import * as pgp from 'openpgp'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type FolderArchive,
  openArchive,
  readPgpKeys,
  type Unwrapped,
  type UnwrapRules,
  unwrap,
} from '../../src/exchange/index.js'

const MIB = 1024 * 1024
const hasGnuPg = spawnSync('gpg', ['--version']).status === 0
let home: string
let archive: FolderArchive
beforeEach(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'matchbook-unwrap-'))
  archive = await openArchive(path.join(home, 'archive'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const rules: UnwrapRules = { kinds: ['gz', 'zip', 'pgp'], largest: 100 * MIB, ratio: 200, most: 100 }
async function opened(name: string, bytes: Buffer | Uint8Array, otherwise: Partial<UnwrapRules> = {}) {
  const archivePath = path.join(home, 'wrapper')
  writeFileSync(archivePath, bytes)
  return unwrap({ name, size: bytes.length, archivePath }, { ...rules, ...otherwise }, archive)
}
const contents = (unwrapped: Unwrapped | undefined): Record<string, string> =>
  unwrapped?.kind === 'files'
    ? Object.fromEntries(unwrapped.files.map(({ name, archivePath }) => [name, readFileSync(archivePath, 'latin1')]))
    : { refused: unwrapped?.reason ?? 'not a wrapper' }
/** Nothing of a refused wrapper is kept, whole or in part. */
const nothingKept = (): void => {
  expect(readdirSync(archive.folder)).toEqual(['work'])
  expect(readdirSync(path.join(archive.folder, 'work'))).toEqual([])
}

describe('what is unwrapped', () => {
  it('is known by its name, and only what is asked for', async () => {
    expect(await opened('PO.edi', gzipSync('ISA'))).toBeUndefined()
    expect(await opened('PO.edi.gz', gzipSync('ISA'), { kinds: ['zip'] })).toBeUndefined()
    expect(contents(await opened('PO.EDI.GZ', gzipSync('ISA')))).toEqual({ 'PO.EDI': 'ISA' })
  })
})

describe('a gzip file', () => {
  it('of several members is one file', async () => {
    const bytes = Buffer.concat([gzipSync('first,'), gzipSync('second')])
    expect(contents(await opened('a.csv.gz', bytes))).toEqual({ 'a.csv': 'first,second' })
  })

  it.each([
    ['cut short', gzipSync(randomBytes(10_000)).subarray(0, 5000)],
    ['damaged', Buffer.concat([gzipSync('x'.repeat(1000)).subarray(0, -8), Buffer.alloc(8, 7)])],
    ['that is none', Buffer.from('ISA*00*')],
    ['that is empty', Buffer.alloc(0)],
  ])('%s is refused', async (_what, bytes) => {
    expect(await opened('a.csv.gz', bytes)).toMatchObject({ kind: 'refused', reason: expect.stringContaining('gzip') })
    nothingKept()
  })

  it('that grows beyond all measure is refused without being unpacked to the end', async () => {
    const bomb = gzipSync(Buffer.alloc(60 * MIB))
    expect(contents(await opened('a.csv.gz', bomb)).refused).toMatch(/more than 200 times/)
    expect(contents(await opened('a.csv.gz', bomb, { ratio: 5000, largest: 20 * MIB })).refused).toMatch(/more than/)
    nothingKept()
    expect(await opened('a.csv.gz', bomb, { ratio: 5000 })).toMatchObject({
      kind: 'files',
      files: [{ size: 60 * MIB }],
    })
  })

  it('with another archive in it is refused', async () => {
    expect(contents(await opened('a.zip.gz', gzipSync('PK'))).refused).toMatch(/archive within an archive/)
  })
})

const zipOf = async (
  files: Record<string, string | Buffer>,
  options: { unixPermissions?: number; store?: boolean } = {},
): Promise<Buffer> => {
  const zip = new JSZip()
  const { unixPermissions, store } = options
  for (const [name, content] of Object.entries(files))
    zip.file(name, content, { createFolders: false, ...(unixPermissions === undefined ? {} : { unixPermissions }) })
  return zip.generateAsync({ type: 'nodebuffer', platform: 'UNIX', compression: store ? 'STORE' : 'DEFLATE' })
}

describe('a zip file', () => {
  it('gives each of its files, folders in the name', async () => {
    const bytes = await zipOf({ 'PO_1.edi': 'one', 'east/PO_2.edi': 'two', 'empty.edi': '', 'größe.edi': 'u' })
    expect(contents(await opened('orders.zip', bytes))).toEqual({
      'PO_1.edi': 'one',
      'east/PO_2.edi': 'two',
      'empty.edi': '',
      'größe.edi': 'u',
    })
  })

  it('may hold workbooks, which are zips themselves and no archives to us', async () => {
    const bytes = await zipOf({ 'prices.xlsx': await zipOf({ a: 'b' }) })
    expect(Object.keys(contents(await opened('orders.zip', bytes)))).toEqual(['prices.xlsx'])
  })

  it.each([
    ['leads out of its folder', { '../evil.edi': 'x' }],
    ['leads out of it further in', { 'a/../../evil.edi': 'x' }],
    ['is absolute', { '/etc/cron.d/evil': 'x' }],
    ['is that of a Windows drive', { 'C:/evil.edi': 'x' }],
    ['holds a backslash', { '..\\evil.edi': 'x' }],
    ['holds a control character', { 'ä\u001b[2J.edi': 'x' }],
    ['is that of an archive', { 'inner.zip': 'x' }],
    ['is that of an encrypted file', { 'inner.pgp': 'x' }],
  ])('of which a name %s is refused whole', async (_what, bad) => {
    const bytes = await zipOf({ 'good.edi': 'x', ...bad })
    expect(await opened('orders.zip', bytes)).toMatchObject({ kind: 'refused' })
    nothingKept()
  })

  it('with a link in it is refused', async () => {
    const bytes = await zipOf({ link: '/etc/passwd' }, { unixPermissions: 0o120777 })
    expect(contents(await opened('orders.zip', bytes)).refused).toMatch(/holds link: a link/)
  })

  it('with two files of one name, however the name is written, is refused', async () => {
    const bytes = await zipOf({ ['größe.edi'.normalize('NFC')]: 'a', ['größe.edi'.normalize('NFD')]: 'b' })
    expect(contents(await opened('orders.zip', bytes)).refused).toMatch(/a second file of that name/)
  })

  it('that is encrypted is refused', async () => {
    const bytes = await zipOf({ 'a.edi': 'x' })
    // General purpose bit 0 in the local header and in the central directory (APPNOTE 4.4.4).
    bytes[6] = (bytes[6] ?? 0) | 1
    const central = bytes.indexOf('PK\u0001\u0002', 0, 'latin1')
    bytes[central + 8] = (bytes[central + 8] ?? 0) | 1
    expect(contents(await opened('orders.zip', bytes)).refused).toMatch(/encrypted/)
  })

  it('of which one file is damaged is refused whole', async () => {
    const bytes = await zipOf({ 'a.edi': 'good', 'b.edi': 'a text that is stored as it is' }, { store: true })
    bytes.write('A', bytes.indexOf('a text'))
    expect(contents(await opened('orders.zip', bytes)).refused).toMatch(/b.edi: its checksum is wrong/)
    nothingKept()
  })

  it.each([
    ['cut short', async () => (await zipOf({ 'a.edi': 'x'.repeat(1000) })).subarray(0, 60)],
    ['that is none', async () => Buffer.from('ISA*00*')],
    ['without files', async () => zipOf({})],
  ])('%s is refused', async (_what, make) => {
    expect(await opened('orders.zip', await make())).toMatchObject({ kind: 'refused' })
  })

  it('of too many files, or that grows beyond all measure, is refused', async () => {
    const many = await zipOf(Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`${n}.edi`, 'x'])))
    expect(contents(await opened('orders.zip', many)).refused).toMatch(/101 entries; 100 are allowed/)
    const parts = Object.fromEntries(['a', 'b', 'c'].map((name) => [name, Buffer.alloc(8 * MIB)]))
    expect(contents(await opened('orders.zip', await zipOf(parts))).refused).toMatch(/more than 200 times/)
    nothingKept()
  })
})

describe('a PGP message', () => {
  const key = (name: string, passphrase = '') =>
    pgp.generateKey({ userIDs: [{ name }], type: 'ecc', passphrase, format: 'armored' })
  let ours: { privateKey: string; publicKey: string }
  let partner: { privateKey: string; publicKey: string }
  beforeAll(async () => {
    ours = await key('Lakeside', 'a passphrase')
    partner = await key('Medline')
  })
  const secrets = () => ({ privateKey: ours.privateKey, passphrase: 'a passphrase' })
  const encrypt = async (
    content: string | Uint8Array,
    options: { to?: string; signedBy?: string; armored?: boolean; compressed?: boolean } = {},
  ): Promise<Buffer> => {
    const binary = typeof content === 'string' ? Buffer.from(content) : content
    const { zlib, uncompressed } = pgp.enums.compression
    const armored = await pgp.encrypt({
      message: await pgp.createMessage({ binary }),
      encryptionKeys: await pgp.readKey({ armoredKey: options.to ?? ours.publicKey }),
      config: { preferredCompressionAlgorithm: options.compressed ? zlib : uncompressed },
      ...(options.signedBy === undefined
        ? {}
        : { signingKeys: await pgp.readPrivateKey({ armoredKey: options.signedBy }) }),
    })
    if (options.armored) return Buffer.from(armored)
    return Buffer.from((await pgp.unarmor(armored)).data)
  }
  const withKeys = async (partnerKey?: string) => ({
    pgp: await readPgpKeys({ ...secrets(), ...(partnerKey === undefined ? {} : { partnerKey }) }),
  })

  it.each([false, true])('is decrypted, armored: %s', async (armored) => {
    const bytes = await encrypt('ISA*00*', { armored })
    expect(contents(await opened('PO.edi.pgp', bytes, await withKeys()))).toEqual({ 'PO.edi': 'ISA*00*' })
  })

  it.skipIf(!hasGnuPg)('as GnuPG writes it, compressed and signed, is decrypted (skipped without gpg)', async () => {
    const gnupg = mkdtempSync(path.join(tmpdir(), 'mb-gpg-'))
    const gpg = (input: string, ...args: string[]): Buffer =>
      execFileSync('gpg', ['--homedir', gnupg, '--batch', '--quiet', '--trust-model', 'always', ...args], {
        input,
        stdio: ['pipe', 'pipe', 'ignore'],
      })
    gpg(ours.publicKey, '--import')
    gpg(partner.privateKey, '--import')
    const bytes = gpg('ISA*00*', '--encrypt', '--sign', '--local-user', 'Medline', '--recipient', 'Lakeside')
    expect(contents(await opened('PO.edi.gpg', bytes, await withKeys(partner.publicKey)))).toEqual({
      'PO.edi': 'ISA*00*',
    })
    execFileSync('gpgconf', ['--homedir', gnupg, '--kill', 'all'])
    rmSync(gnupg, { recursive: true, force: true })
  })

  it('may hold a zip or a gzip file', async () => {
    const zip = await encrypt(await zipOf({ 'a.edi': 'one', 'b.edi': 'two' }))
    expect(contents(await opened('orders.zip.gpg', zip, await withKeys()))).toEqual({ 'a.edi': 'one', 'b.edi': 'two' })
    const gz = await encrypt(gzipSync('three'))
    expect(contents(await opened('c.edi.gz.asc', gz, await withKeys()))).toEqual({ 'c.edi': 'three' })
    // A large one is written on a thread of its own, to its end before it is opened again.
    const items = randomBytes(17 * MIB)
    const large = await encrypt(gzipSync(items, { level: 0 }))
    expect(await opened('items.csv.gz.pgp', large, await withKeys())).toMatchObject({
      files: [{ name: 'items.csv', sha256: createHash('sha256').update(items).digest('hex') }],
    })
    expect(readdirSync(path.join(archive.folder, 'work'))).toEqual([])
  })

  it('signed by the partner is taken; by anyone else or not at all, refused', async () => {
    const keys = await withKeys(partner.publicKey)
    const signed = await encrypt('x', { signedBy: partner.privateKey })
    expect(contents(await opened('a.edi.pgp', signed, keys))).toEqual({ 'a.edi': 'x' })
    rmSync(archive.folder, { recursive: true })
    archive = await openArchive(archive.folder)
    const stranger = await key('Mallory')
    for (const forged of [await encrypt('x', { signedBy: stranger.privateKey }), await encrypt('x')])
      expect(await opened('a.edi.pgp', forged, keys)).toMatchObject({ kind: 'refused' })
    nothingKept()
  })

  it('for someone else, changed on the way or cut short is refused', async () => {
    const other = await encrypt('x', { to: partner.publicKey })
    const whole = await encrypt(randomBytes(200_000))
    const changed = Buffer.from(whole)
    changed.writeUInt8((changed[150_000] ?? 0) ^ 1, 150_000)
    for (const bytes of [other, changed, whole.subarray(0, 150_000), Buffer.from('ISA*00*'), Buffer.alloc(0)])
      expect(await opened('a.edi.pgp', bytes, await withKeys())).toMatchObject({
        kind: 'refused',
        reason: expect.stringContaining('cannot be decrypted'),
      })
    nothingKept()
  })

  it('that grows beyond all measure is refused', async () => {
    const bomb = await encrypt(Buffer.alloc(30 * MIB), { compressed: true })
    expect(bomb.length).toBeLessThan(MIB)
    expect(contents(await opened('a.edi.pgp', bomb, await withKeys())).refused).toMatch(/more than 200 times/)
    nothingKept()
  })

  it.each([
    ['no key', { privateKey: 'nothing' }, /not an armored private key/],
    ['no passphrase', { passphrase: undefined }, /locked and no passphrase/],
    ['a wrong passphrase', { passphrase: 'wrong' }, /does not open/],
    ['a private key that is a public one', () => ({ privateKey: ours.publicKey }), /private key/],
    ["no partner's key", { partnerKey: 'nothing' }, /partner's PGP key/],
  ])('with %s stops with a word of what to mend', async (_what, wrong, says) => {
    const change = typeof wrong === 'function' ? wrong() : wrong
    const given = Object.entries({ ...secrets(), ...change }).filter(([, value]) => value !== undefined)
    const reading = readPgpKeys(Object.fromEntries(given) as ReturnType<typeof secrets>)
    await expect(reading).rejects.toMatchObject({ code: 'SECRET-MISSING', message: expect.stringMatching(says) })
    await expect(reading).rejects.not.toMatchObject({ message: expect.stringContaining('a passphrase') })
  })
})
