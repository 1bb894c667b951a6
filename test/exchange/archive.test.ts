import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { build } from 'esbuild'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { placesInArchive } from '../../src/exchange/archive-places.js'
import { type Archive, keptInFolder, openArchive } from '../../src/exchange/index.js'
import { endedBySilence } from '../../src/exchange/s3/ended-by-silence.js'
import { keptInS3, openS3Archive, type S3ArchiveSettings } from '../../src/exchange/s3/s3-archive.js'
import { S3Objects } from '../../src/exchange/s3/s3-objects.js'
import { keyOf, keysOf } from '../../src/exchange/s3/s3-place.js'
import { writeInto } from '../../src/exchange/write-into.js'
import { startFaultyProxy } from '../servers/faulty-proxy.js'
import { hasS3, type S3Server, startS3, withoutS3 } from '../servers/s3.js'
import { FileLedger } from './ledger.js'

/** Small, so that the tests need no large files. */
const options = { pause: 1, partSize: 64 * 1024 }
const hashOf = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex')

let server: S3Server
beforeAll(async () => {
  if (hasS3) server = await startS3()
})
afterAll(() => server?.stop())

let home: string
let settings: S3ArchiveSettings
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'matchbook-archive-'))
  if (hasS3) settings = inS3()
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const inS3 = (place = server.place(), copies = path.join(home, 'copies')): S3ArchiveSettings => ({
  place,
  copies,
  keys: async () => server.keys,
})

async function keep(archive: Archive, bytes: Buffer | string, as: 'held' | 'writer' = 'held'): Promise<string> {
  const writer = as === 'held' ? archive.held() : await archive.writer()
  await writeInto(writer, Buffer.from(bytes))
  const { sha256, path: place } = await writer.keep()
  expect(readFileSync(place).equals(Buffer.from(bytes))).toBe(true)
  return sha256
}

async function hashesIn(archive: Archive): Promise<string[]> {
  const found: string[] = []
  for await (const batch of archive.stored()) found.push(...batch.map(({ sha256 }) => sha256))
  return found.sort()
}

const kinds = [
  {
    kind: 'a folder',
    open: () => openArchive(path.join(home, 'archive')),
    reading: () => keptInFolder(path.join(home, 'archive')),
    async writeAsBefore(sha256: string, bytes: string) {
      const [, before] = placesInArchive(path.join(home, 'archive'), sha256)
      mkdirSync(path.dirname(before), { recursive: true })
      writeFileSync(before, bytes)
    },
  },
  ...(hasS3
    ? [
        {
          kind: 'an S3 store',
          open: () => openS3Archive(settings, options),
          reading: () => keptInS3({ ...settings, copies: path.join(home, 'other-machine') }, options),
          writeAsBefore: (sha256: string, bytes: string) => server.write(keysOf(settings.place, sha256)[1], bytes),
        },
      ]
    : []),
]

describe.each(kinds)('an archive in $kind', ({ open, reading, writeAsBefore }) => {
  it('keeps a file under its hash, for whoever looks later', async () => {
    const archive = await open()
    const small = await keep(archive, 'ISA*00*')
    const large = await keep(archive, randomBytes(300 * 1024), 'writer')
    expect(small).toBe(hashOf('ISA*00*'))
    const later = reading()
    expect(readFileSync(await later.path(small), 'utf8')).toBe('ISA*00*')
    expect(hashOf(readFileSync(await later.path(large)))).toBe(large)
    expect(hashOf(await buffer(await later.read(large)))).toBe(large)
    expect(later.placeOf(small)).toContain(`${small.slice(0, 2)}/${small}`)
    expect(await hashesIn(archive)).toEqual([small, large].sort())
  })

  it('keeps many small files side by side, and the same bytes once', async () => {
    const archive = await open()
    const texts = Array.from({ length: 60 }, (_, n) => `the bytes of ${n % 50}`)
    const hashes = await Promise.all(texts.map((text) => keep(archive, text)))
    expect(await hashesIn(archive)).toEqual([...new Set(hashes)].sort())
    const later = reading()
    await later.bring([...hashes, hashOf('never came')])
    for (const [n, hash] of hashes.entries()) expect(readFileSync(await later.path(hash), 'utf8')).toBe(texts[n])
  })

  it('knows what an older version put there under longer names, until it is removed', async () => {
    const archive = await open()
    const old = hashOf('came long ago')
    await writeAsBefore(old, 'came long ago')
    const late = await keep(archive, 'came today')
    const later = reading()
    for (const sha256 of [old, late]) {
      expect(hashOf(readFileSync(await later.path(sha256)))).toBe(sha256)
      expect(hashOf(await buffer(await later.read(sha256)))).toBe(sha256)
    }
    expect(await hashesIn(archive)).toEqual([old, late].sort())
    await archive.settle()
    await archive.remove(old)
    expect(await hashesIn(archive)).toEqual([late])
    await expect(archive.read(old)).rejects.toMatchObject({ code: 'ARCHIVE-MISSING' })
  })

  it('goes on with a file that broke off', async () => {
    const archive = await open()
    const bytes = randomBytes(200 * 1024)
    const first = await archive.resumable('a-key')
    await writeInto(first, bytes.subarray(0, 150 * 1024))
    await first.interrupt()
    const second = await (await open()).resumable('a-key')
    expect(second.size).toBe(150 * 1024)
    await writeInto(second, bytes.subarray(150 * 1024))
    expect((await second.keep()).sha256).toBe(hashOf(bytes))
    expect(hashOf(await buffer(await reading().read(hashOf(bytes))))).toBe(hashOf(bytes))
  })

  it('has nothing of what was thrown away, removed or never came', async () => {
    const archive = await open()
    const thrown = await archive.writer()
    await writeInto(thrown, Buffer.from('half a file'))
    await thrown.discard()
    const removed = await keep(archive, 'purged')
    await archive.settle()
    await archive.remove(removed)
    await archive.remove(removed)
    expect(await hashesIn(archive)).toEqual([])
    const missing = { code: 'ARCHIVE-MISSING' }
    await expect(archive.path(removed)).rejects.toMatchObject(missing)
    await expect(reading().path(removed)).rejects.toMatchObject(missing)
    await expect(reading().read(removed)).rejects.toMatchObject(missing)
  })
})

describe.skipIf(!hasS3)(hasS3 ? 'an archive in an S3 store' : withoutS3, () => {
  it('reads a copy only while it is what was kept, and fetches it anew', async () => {
    const sha256 = await keep(await openS3Archive(settings, options), 'ISA*00*')
    const copy = await keptInS3(settings, options).path(sha256)
    chmodSync(copy, 0o600)
    writeFileSync(copy, 'ISA*01*')
    expect(readFileSync(await keptInS3(settings, options).path(sha256), 'utf8')).toBe('ISA*00*')
  })

  it('refuses bytes of the store that are not those of the hash', async () => {
    const sha256 = await keep(await openS3Archive(settings, options), 'what was sent')
    const other = inS3(server.place(), path.join(home, 'others'))
    await server.write(keyOf(other.place, sha256), 'what was not')
    await expect(keptInS3(other, options).path(sha256)).rejects.toMatchObject({ code: 'ARCHIVE-DAMAGED' })
    expect(readdirSync(path.join(other.copies, 'work'))).toEqual([])
  })

  it('puts nothing under a hash that the bytes do not have', async () => {
    const objects = new S3Objects(settings.place, server.keys, options)
    const wrong = hashOf('something else')
    await expect(objects.put(wrong, Buffer.from('bytes'))).rejects.toMatchObject({ code: 'ARCHIVE-UNREACHABLE' })
    await expect(objects.get(wrong)).rejects.toMatchObject({ code: 'ARCHIVE-MISSING' })
    objects.close()
  })

  it('names endpoint and bucket when the store is down, and what was kept before is read again when it is back', async () => {
    const line = await startFaultyProxy(server.port)
    const endpoint = `http://127.0.0.1:${line.port}`
    const archive = await openS3Archive(inS3({ ...settings.place, endpoint }), options)
    const sha256 = await keep(archive, 'kept')
    await line.stop()
    const down = expect.objectContaining({
      code: 'ARCHIVE-UNREACHABLE',
      message: expect.stringMatching(new RegExp(`s3://archive/.* at ${endpoint}: .*ECONNREFUSED`)),
      hint: expect.stringContaining('matchbook retry'),
    })
    await expect(keep(archive, 'not kept')).rejects.toEqual(down)
    await expect(archive.read(sha256)).rejects.toEqual(down)
    expect(hashOf(await buffer(await keptInS3(settings, options).read(sha256)))).toBe(sha256)
    expect(await hashesIn(await openS3Archive(settings, options))).toEqual([sha256])
  })

  it('takes up what is cut off on its way, in both directions', async () => {
    const line = await startFaultyProxy(server.port)
    const there = { ...settings.place, endpoint: `http://127.0.0.1:${line.port}` }
    const archive = await openS3Archive(inS3(there), options)
    const bytes = randomBytes(500 * 1024)
    line.after(100, 'cut')
    const sha256 = await keep(archive, bytes, 'writer')
    line.after(100 * 1024, 'cut')
    const elsewhere = keptInS3(inS3(there, path.join(home, 'elsewhere')), options)
    expect(readFileSync(await elsewhere.path(sha256)).equals(bytes)).toBe(true)
    await line.stop()
  })

  it.each([
    ['a wrong secret', () => ({ ...inS3(), keys: async () => ({ ...server.keys, secretKey: 'wrong' }) })],
    ['no such bucket', () => inS3(server.place({ bucket: 'elsewhere' }))],
    ['a server without TLS', () => inS3(server.place({ endpoint: `https://127.0.0.1:${server.port}` }))],
    ['an authority that cannot be read', () => inS3(server.place({ caFile: '/nowhere/ca.pem' }))],
  ])('is refused for %s, without a second try', async (_, wrong) => {
    const archive = await openS3Archive(wrong(), { ...options, pause: 60_000 })
    const refused = await keep(archive, 'bytes').catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'ARCHIVE-REFUSED' })
    expect(String(refused)).not.toContain(server.keys.secretKey)
  })

  it('asks the server to encrypt, where the settings say so', async () => {
    const encryption = { algorithm: 'aws:kms', key: 'a-key' } as const
    const archive = await openS3Archive(inS3({ ...settings.place, encryption }), options)
    // This server has no encryption of its own, and says so when it is asked for it.
    await expect(keep(archive, 'bytes')).rejects.toThrow(/encryption is not supported/)
  })

  it('finishes a pull that was killed between store and ledger, and what it left is booked once', async () => {
    mkdirSync(path.join(home, 'drop', 'out'), { recursive: true })
    const texts = { 'a.810': 'first', 'b.810': 'second' }
    for (const [name, text] of Object.entries(texts)) writeFileSync(path.join(home, 'drop', 'out', name), text)
    const killed = await pullIn({ dies: true })
    expect(killed.signal).toBe('SIGKILL')
    const archive = await openS3Archive(settings, options)
    const both = Object.values(texts).map(hashOf).sort()
    expect(await hashesIn(archive)).toEqual(both)
    expect(readdirSync(path.join(home, 'drop', 'out'))).toEqual(Object.keys(texts))
    expect((await pullIn({ dies: false })).stderr).toBe('')
    const booked = new FileLedger(path.join(home, 'ledger.json')).files
    expect(booked.map(({ name }) => name)).toEqual(Object.keys(texts))
    expect(await hashesIn(archive)).toEqual(both)
    expect(readdirSync(path.join(home, 'drop', 'out'))).toEqual(['done'])
  })
})

/** A pull in a process of its own; `dies` before it books. */
async function pullIn({ dies }: { readonly dies: boolean }): Promise<{ signal: string | null; stderr: string }> {
  const cache = path.join(import.meta.dirname, '..', '..', 'node_modules', '.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(path.join(cache, 'matchbook-pull-'))
  const outfile = path.join(folder, 'pull.mjs')
  const entryPoints = [path.join(import.meta.dirname, 'pull-to-s3-child.ts')]
  await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external' })
  const { place, copies } = settings
  const given = JSON.stringify({ place, copies, keys: server.keys, home, dies })
  const { signal, stderr } = spawnSync(process.execPath, [outfile, given], { encoding: 'utf8' })
  rmSync(folder, { recursive: true, force: true })
  return { signal, stderr }
}

it('bytes that stop coming from a server end after the time given, and slow ones come whole', async () => {
  const server = createServer((request, response) => {
    response.writeHead(200, { 'content-length': 6 }).write('abc')
    if (request.url === '/slow') setTimeout(() => response.end('def'), 60)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const ask = (url: string) =>
    new Promise<IncomingMessage>((resolve) =>
      get({ host: '127.0.0.1', port, path: url }, resolve).on('error', () => {}),
    )
  expect((await buffer(endedBySilence(await ask('/slow'), 400))).toString()).toBe('abcdef')
  await expect(buffer(endedBySilence(await ask('/stalled'), 100))).rejects.toMatchObject({ code: 'ETIMEDOUT' })
  server.closeAllConnections()
  server.close()
})
