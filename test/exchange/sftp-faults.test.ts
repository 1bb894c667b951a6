import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Writable } from 'node:stream'
import ssh2, { type Attributes } from 'ssh2'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Endpoint, openArchive, pullDrop } from '../../src/exchange/index.js'
import type { SftpConnection } from '../../src/exchange/sftp/connection.js'
import { makeKeyPair } from '../../src/exchange/sftp/loopback-server.js'
import { createSftpEndpoint } from '../../src/exchange/sftp/sftp-endpoint.js'
import { type FaultyProxy, startFaultyProxy } from '../servers/faulty-proxy.js'
import { type OpenSshServer, startOpenSsh } from '../servers/openssh.js'
import { mayNotMount, mountSmallDisk } from '../servers/small-disk.js'
import { bytesFrom } from './bytes-from.js'
import { FileLedger } from './ledger.js'
import { pushOne } from './push-one.js'
import { sftpTo } from './sftp-to.js'

let server: OpenSshServer
let proxy: FaultyProxy
let home: string
let folder: string
let round = 0

beforeAll(async () => {
  server = await startOpenSsh()
  proxy = await startFaultyProxy(server.port)
  home = mkdtempSync(path.join(tmpdir(), 'matchbook-faults-'))
})
afterAll(async () => {
  await proxy?.stop()
  await server?.stop()
  rmSync(home, { recursive: true, force: true })
})
beforeEach(() => {
  round += 1
  folder = `round${round}`
  mkdirSync(path.join(server.root, folder))
})

const here = (name: string): string => path.join(server.root, folder, name)
const throughProxy = (otherwise: Partial<SftpConnection> = {}): Endpoint =>
  createSftpEndpoint(
    'partner',
    sftpTo(server, { port: proxy.port, hostKey: { fingerprint: server.fingerprint }, ...otherwise }),
  )
const broken = { code: 'TRANSFER-FAILED', facts: { connection: 'broken' } }
const load = (bytes: Buffer, name = 'load.zip') => {
  const localFile = path.join(home, `${folder}-${name}`)
  writeFileSync(localFile, bytes)
  return { localFile, folder, name, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
}
const pullFrom = async (endpoint: Endpoint, ledger: FileLedger, after: 'leave' | 'remove' = 'remove', archive = home) =>
  pullDrop(
    endpoint,
    { folder, include: ['*'], exclude: [], stableSeconds: 0, after },
    await openArchive(path.join(archive, 'archive')),
    ledger,
  )

it('sends what is asked at once in few packets: each costs forty bytes, and work on both sides', async () => {
  const endpoint = throughProxy()
  await endpoint.connect()
  const before = proxy.received()
  const paths = Array.from({ length: 100 }, (_, n) => `${folder}/file${n}`)
  const looks = await Promise.all(paths.map((one) => endpoint.stat(one)))
  expect(looks).toEqual(paths.map(() => undefined))
  // Length, kind, number and length of the path come before it.
  const asked = paths.reduce((bytes, one) => bytes + 13 + one.length, 0)
  expect(proxy.received() - before).toBeLessThan(asked + 500)
  await endpoint.close()
})

describe('a connection that breaks', () => {
  it('in the middle of a download fails it, and connecting again helps', async () => {
    writeFileSync(here('big'), randomBytes(8 * 1024 * 1024))
    const endpoint = createSftpEndpoint('partner', sftpTo(server))
    await endpoint.connect()
    let killed = false
    const sink = new Writable({
      write(_bytes, _encoding, done) {
        if (!killed) server.killSessions()
        killed = true
        done()
      },
    })
    await expect(endpoint.get(`${folder}/big`, sink)).rejects.toMatchObject(broken)
    await expect(endpoint.list(folder)).rejects.toMatchObject(broken)
    await endpoint.connect()
    expect((await bytesFrom(endpoint, `${folder}/big`)).length).toBe(8 * 1024 * 1024)
    await endpoint.close()
  })

  it('with many transfers under way leaves none of them hanging', async () => {
    for (let n = 0; n < 16; n += 1) writeFileSync(here(`f${n}`), randomBytes(1024 * 1024))
    const endpoint = throughProxy()
    await endpoint.connect()
    const { localFile } = load(randomBytes(4 * 1024 * 1024))
    proxy.after(2 * 1024 * 1024, 'cut')
    const work = [
      ...Array.from({ length: 16 }, (_, n) => bytesFrom(endpoint, `${folder}/f${n}`)),
      ...Array.from({ length: 4 }, (_, n) => endpoint.put(localFile, `${folder}/up${n}`)),
      endpoint.list(folder),
    ]
    const results = await Promise.allSettled(work)
    const failed = results.filter((result) => result.status === 'rejected')
    expect(failed.length).toBeGreaterThan(10)
    for (const { reason } of failed) expect(reason).toMatchObject(broken)
    await endpoint.close()
  })

  it('by silence is ended after the time given, and closing does not hang', async () => {
    writeFileSync(here('big'), randomBytes(4 * 1024 * 1024))
    const stalling = await startFaultyProxy(server.port)
    const endpoint = throughProxy({ port: stalling.port, idleSeconds: 1 })
    await endpoint.connect()
    stalling.after(512 * 1024, 'stall')
    await expect(bytesFrom(endpoint, `${folder}/big`)).rejects.toMatchObject({
      ...broken,
      message: expect.stringContaining('no answer for 1 seconds'),
    })
    await endpoint.close()
    await stalling.stop()
  })

  it('while closing to a silent server still closes', async () => {
    const stalling = await startFaultyProxy(server.port)
    const endpoint = throughProxy({ port: stalling.port })
    await endpoint.connect()
    stalling.after(0, 'stall')
    await endpoint.close()
    await stalling.stop()
  })

  it('during a pull is opened again, and every file is taken once', async () => {
    const files = Array.from({ length: 30 }, (_, n) => `f${String(n).padStart(2, '0')}`)
    for (const name of files) writeFileSync(here(name), randomBytes(100_000))
    const ledger = new FileLedger()
    const endpoint = throughProxy({ tries: 3 })
    await endpoint.connect()
    proxy.after(1_500_000, 'cut')
    const before = proxy.connections()
    const result = await pullFrom(endpoint, ledger)
    expect(proxy.connections() - before).toBe(1)
    expect(result.failures).toEqual([])
    expect(result.duplicates).toEqual([])
    expect(result.taken.map(({ name }) => name)).toEqual(files)
    expect(ledger.files).toHaveLength(30)
    expect(readdirSync(path.join(server.root, folder))).toEqual([])
    await endpoint.close()
  })

  it('for good during a pull gives what was taken, and the failure; the next pull takes the rest', async () => {
    // More than are under way at once: some are whole when it is cut.
    for (let n = 0; n < 120; n += 1) writeFileSync(here(`f${n}`), randomBytes(100_000))
    const ledger = new FileLedger()
    const endpoint = throughProxy()
    await endpoint.connect()
    proxy.after(9_000_000, 'cut')
    const first = await pullFrom(endpoint, ledger)
    expect(first.taken.length).toBeGreaterThan(0)
    expect(first.taken.length).toBeLessThan(120)
    expect(first.failures).toMatchObject([{ error: broken }])
    const second = await pullFrom(endpoint, ledger)
    expect(second.failures).toEqual([])
    expect(second.duplicates).toEqual([])
    expect(first.taken.length + second.taken.length).toBe(120)
    await endpoint.close()
  })

  it('at any point of a push ends with the file there once and whole', async () => {
    const bytes = randomBytes(300_000)
    const before = proxy.connections()
    let pushes = 0
    for (let cut = 1000; cut < 5000; cut += 100) {
      const endpoint = throughProxy({ tries: 3 })
      const item = load(bytes, `load${cut}.zip`)
      pushes += 1
      proxy.after(cut, 'cut')
      await pushOne(endpoint, item)
      await endpoint.close()
      expect(readFileSync(here(item.name)).equals(bytes)).toBe(true)
      rmSync(here(item.name))
      expect(readdirSync(path.join(server.root, folder))).toEqual([])
    }
    // Cuts did happen, each answered by a second connection.
    expect(proxy.connections() - before).toBeGreaterThan(pushes + 10)
  })

  it('after the rename, before its answer, finds the file there and does not send it again', async () => {
    const endpoint = createSftpEndpoint('erp', sftpTo(server, { tries: 2 }))
    let puts = 0
    const cutAfterRename: Endpoint = {
      ...endpoint,
      put(localFile, to) {
        puts += 1
        return endpoint.put(localFile, to)
      },
      async rename(from, to) {
        await endpoint.rename(from, to)
        server.killSessions()
        await endpoint.list(folder)
      },
    }
    expect(await pushOne(cutAfterRename, load(randomBytes(1000)))).toBe('already-there')
    expect(puts).toBe(1)
    expect(readdirSync(path.join(server.root, folder))).toEqual(['load.zip'])
    await endpoint.close()
  })
})

describe('a push', () => {
  let endpoint: Endpoint
  beforeAll(() => {
    endpoint = createSftpEndpoint('erp', sftpTo(server))
  })
  afterAll(() => endpoint.close())

  it('sends once: the second time it finds its own file', async () => {
    const item = load(randomBytes(100_000))
    expect(await pushOne(endpoint, item)).toBe('sent')
    expect(await pushOne(endpoint, item)).toBe('already-there')
    expect(readdirSync(path.join(server.root, folder))).toEqual(['load.zip'])
  })

  it('overwrites what a crash left of it', async () => {
    const item = load(Buffer.from('whole'))
    writeFileSync(here('.load.zip.part'), 'a longer half of something')
    expect(await pushOne(endpoint, item)).toBe('sent')
    expect(readFileSync(here('load.zip'), 'utf8')).toBe('whole')
    expect(readdirSync(path.join(server.root, folder))).toEqual(['load.zip'])
  })

  it.each([
    ['of another size', 'someone else wrote this'],
    ['of the same size', 'other'],
  ])('touches no file %s that stands under its name', async (_what, text) => {
    const item = load(Buffer.from('whole'))
    writeFileSync(here('load.zip'), text)
    await expect(pushOne(endpoint, item)).rejects.toMatchObject({ code: 'REMOTE-CONFLICT' })
    expect(readFileSync(here('load.zip'), 'utf8')).toBe(text)
    expect(readdirSync(path.join(server.root, folder))).toEqual(['load.zip'])
  })

  it('refuses a folder under its name', async () => {
    mkdirSync(here('load.zip'))
    await expect(pushOne(endpoint, load(Buffer.from('x')))).rejects.toMatchObject({ code: 'REMOTE-CONFLICT' })
  })

  it('says which folder is missing, and which file of ours', async () => {
    const item = load(Buffer.from('x'))
    await expect(pushOne(endpoint, { ...item, folder: `${folder}/none` })).rejects.toMatchObject({
      code: 'REMOTE-MISSING',
      message: expect.stringContaining(`${folder}/none`),
    })
    rmSync(item.localFile)
    await expect(pushOne(endpoint, item)).rejects.toMatchObject({ code: 'ARCHIVE-MISSING' })
    expect(readdirSync(path.join(server.root, folder))).toEqual([])
  })

  it('to a server that lets us write but not read goes by name and size', async () => {
    const writeOnly = await startOpenSsh({ root: path.join(server.root, folder), sftpArguments: ['-P', 'read'] })
    const there = createSftpEndpoint('erp', sftpTo(writeOnly))
    const item = { ...load(Buffer.from('whole')), folder: '' }
    expect(await pushOne(there, item)).toBe('sent')
    expect(await pushOne(there, item)).toBe('already-there')
    await expect(pushOne(there, { ...item, size: 4 })).rejects.toMatchObject({ code: 'REMOTE-CONFLICT' })
    await there.close()
    await writeOnly.stop()
  })

  it('to a server that lets us read only says so', async () => {
    const readOnly = await startOpenSsh({ sftpArguments: ['-R'] })
    const there = createSftpEndpoint('erp', sftpTo(readOnly))
    await expect(pushOne(there, { ...load(Buffer.from('x')), folder: '' })).rejects.toMatchObject({
      code: 'REMOTE-PERMISSION',
    })
    await there.close()
    await readOnly.stop()
  })
})

describe('a pull from a server that lets us read but not clean up', () => {
  it('takes the file, reports it, and does not take it again', async () => {
    writeFileSync(here('a'), 'bytes')
    const strict = await startOpenSsh({ root: server.root, sftpArguments: ['-P', 'remove'] })
    const endpoint = createSftpEndpoint('partner', sftpTo(strict))
    const ledger = new FileLedger()
    const first = await pullFrom(endpoint, ledger)
    expect(first.taken).toHaveLength(1)
    expect(first.failures).toMatchObject([{ name: 'a', error: { code: 'REMOTE-PERMISSION' } }])
    const second = await pullFrom(endpoint, ledger)
    expect(second).toMatchObject({ taken: [], duplicates: [], failures: [{ name: 'a' }] })
    await endpoint.close()
    await strict.stop()
  })
})

describe('a full disk', () => {
  it('at the server is told, and the file does not appear under its name', async ({ skip, onTestFinished }) => {
    const disk = mountSmallDisk(1024)
    if (disk === undefined) return skip(mayNotMount)
    onTestFinished(disk.stop)
    const full = await startOpenSsh({ root: disk.folder })
    const endpoint = createSftpEndpoint('erp', sftpTo(full, { tries: 3 }))
    const item = { ...load(randomBytes(3 * 1024 * 1024)), folder: '' }
    await expect(pushOne(endpoint, item)).rejects.toMatchObject({ code: 'REMOTE-FULL' })
    expect(readdirSync(disk.folder)).not.toContain('load.zip')
    // Room again: the same call goes through.
    const small = { ...load(randomBytes(1000), 'load.zip'), folder: '' }
    expect(await pushOne(endpoint, small)).toBe('sent')
    await endpoint.close()
    await full.stop()
  })

  it('here stops the pull with DISK-FULL; nothing is booked or removed, and no half file stays', async ({
    skip,
    onTestFinished,
  }) => {
    const disk = mountSmallDisk(1024)
    if (disk === undefined) return skip(mayNotMount)
    onTestFinished(disk.stop)
    writeFileSync(here('a'), randomBytes(1000))
    writeFileSync(here('big'), randomBytes(3 * 1024 * 1024))
    const endpoint = createSftpEndpoint('partner', sftpTo(server))
    const ledger = new FileLedger()
    await expect(pullFrom(endpoint, ledger, 'remove', disk.folder)).rejects.toMatchObject({ code: 'DISK-FULL' })
    expect(readdirSync(path.join(server.root, folder))).toContain('big')
    expect(ledger.files.every(({ name }) => name === 'a')).toBe(true)
    expect(readdirSync(path.join(disk.folder, 'archive', 'work'))).toEqual([])
    // With room, the next pull takes what is left.
    await pullFrom(endpoint, ledger, 'remove')
    expect(ledger.files.map(({ name }) => name)).toEqual(['a', 'big'])
    await endpoint.close()
  })

  it('that is read-only here is WORKSPACE-READ-ONLY, and the source stays as it is', async ({
    skip,
    onTestFinished,
  }) => {
    const disk = mountSmallDisk(1024)
    if (disk === undefined) return skip(mayNotMount)
    onTestFinished(disk.stop)
    writeFileSync(here('a'), 'bytes')
    const endpoint = createSftpEndpoint('partner', sftpTo(server))
    const ledger = new FileLedger()
    await openArchive(path.join(disk.folder, 'archive'))
    disk.makeReadOnly()
    await expect(pullFrom(endpoint, ledger, 'remove', disk.folder)).rejects.toMatchObject({
      code: 'WORKSPACE-READ-ONLY',
    })
    await expect(openArchive(path.join(disk.folder, 'other'))).rejects.toMatchObject({ code: 'WORKSPACE-READ-ONLY' })
    expect(readdirSync(path.join(server.root, folder))).toEqual(['a'])
    await endpoint.close()
  })
})

describe('a server that lists names which lead elsewhere', () => {
  it('gets none of them asked for; they are reported and the good file is taken', async () => {
    const host = makeKeyPair()
    const asked: string[] = []
    const attrs: Attributes = { mode: 0o100644, uid: 0, gid: 0, size: 4, atime: 1_700_000_000, mtime: 1_700_000_000 }
    const bad = ['../../escape', '/etc/passwd', 'a/b', 'c\\d', 'nul\0x', '']
    const evil = new ssh2.Server({ hostKeys: [host.privateKey] }, (connection) => {
      connection.on('error', () => {})
      connection.on('authentication', (login) => login.accept())
      connection.on('session', (accept) => {
        accept().on('sftp', (acceptSftp) => {
          const sftp = acceptSftp()
          const { OK, EOF } = ssh2.utils.sftp.STATUS_CODE
          let listed = false
          sftp.on('OPENDIR', (request) => sftp.handle(request, Buffer.from('d')))
          sftp.on('READDIR', (request) => {
            const names = ['..', '.', ...bad, 'good']
            if (listed) sftp.status(request, EOF)
            else
              sftp.name(
                request,
                names.map((filename) => ({ filename, longname: `-rw-r--r-- ${filename}`, attrs })),
              )
            listed = true
          })
          sftp.on('OPEN', (request, name) => {
            asked.push(name)
            sftp.handle(request, Buffer.from('f'))
          })
          sftp.on('FSTAT', (request) => sftp.attrs(request, attrs))
          sftp.on('READ', (request) => sftp.data(request, Buffer.from('good')))
          sftp.on('CLOSE', (request) => sftp.status(request, OK))
        })
      })
    })
    await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve))
    const { port } = evil.address() as AddressInfo
    const file = path.join(home, 'evil-hosts')
    writeFileSync(file, `[127.0.0.1]:${port} ${host.publicKey}\n`)
    const endpoint = createSftpEndpoint('evil', sftpTo(server, { port, hostKey: { knownHosts: file } }))
    const result = await pullFrom(endpoint, new FileLedger(), 'leave')
    expect(result.taken.map(({ name }) => name)).toEqual(['good'])
    expect(result.skipped.map(({ name }) => name).sort()).toEqual(
      bad.map((name) => name.replace('\0', '\\u{0}')).sort(),
    )
    expect(asked).toEqual([`${folder}/good`])
    await endpoint.close()
    evil.close()
  })
})
