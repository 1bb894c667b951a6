import { randomBytes } from 'node:crypto'
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Endpoint, openArchive } from '../../src/exchange/index.js'
import { createSftpEndpoint } from '../../src/exchange/sftp/sftp-endpoint.js'
import { startFaultyProxy } from '../servers/faulty-proxy.js'
import { type OpenSshServer, startOpenSsh } from '../servers/openssh.js'
import { DropFixture, type Place } from './drop-fixture.js'
import { sftpTo } from './sftp-to.js'

const MIB = 1024 * 1024
const size = 10 * MIB + 4321
const large = { resumeFrom: MIB } as const

describe('a large file whose transfer breaks off', () => {
  let server: OpenSshServer
  let place: Place
  let drop: DropFixture
  let bytes: Buffer
  const asked: number[] = []

  beforeAll(async () => {
    server = await startOpenSsh()
    const endpoint = createSftpEndpoint('medline', sftpTo(server))
    place = { root: server.root, endpoint, stop: () => endpoint.close() }
    bytes = randomBytes(size)
  })
  afterAll(async () => {
    await place?.stop()
    await server?.stop()
  })
  beforeEach(async () => {
    drop = await DropFixture.at(place)
    drop.put('big.edi', bytes)
    asked.length = 0
  })
  afterEach(() => drop.remove())

  /** The same server by a way that is cut after so many bytes. */
  async function cutAfter(length: number, tries = 1): Promise<{ endpoint: Endpoint; stop(): Promise<void> }> {
    const proxy = await startFaultyProxy(server.port)
    const hostKey = { fingerprint: server.fingerprint }
    const endpoint = createSftpEndpoint('medline', sftpTo(server, { port: proxy.port, hostKey, tries }))
    await endpoint.connect()
    proxy.after(length, 'cut')
    const stop = async () => {
      await endpoint.close()
      await proxy.stop()
    }
    return { endpoint: listening(endpoint), stop }
  }
  const listening = (endpoint: Endpoint): Endpoint => ({
    ...endpoint,
    get: (file, sink, from = 0, listed = undefined) => {
      asked.push(from)
      return endpoint.get(file, sink, from, listed)
    },
  })
  const broken = async (): Promise<void> => {
    const way = await cutAfter(8 * MIB)
    const { failures } = await drop.pull(large, {}, way.endpoint)
    expect(failures).toMatchObject([{ error: { code: 'TRANSFER-FAILED' } }])
    await way.stop()
  }
  const again = () => drop.pull(large, {}, listening(place.endpoint))
  const takenWhole = (result: Awaited<ReturnType<typeof again>>, expected = bytes): void => {
    expect(result.failures).toEqual([])
    expect(readFileSync(result.taken[0]?.archivePath ?? '').equals(expected)).toBe(true)
    expect(readdirSync(drop.work)).toEqual([])
  }

  it('goes on at its offset, and comes whole', async () => {
    await broken()
    // As the next run does.
    drop.archive = await openArchive(drop.archive.folder)
    takenWhole(await again())
    expect(asked).toEqual([0, expect.any(Number)])
    expect(asked[1]).toBeGreaterThan(4 * MIB)
  })

  it('goes on within the same run, when the connection is opened again', async () => {
    const way = await cutAfter(7 * MIB, 2)
    takenWhole(await drop.pull(large, {}, way.endpoint))
    expect(asked[1]).toBeGreaterThan(3 * MIB)
    await way.stop()
  })

  it('goes on at its last mark when the process was killed', async () => {
    const huge = randomBytes(20 * MIB)
    drop.put('big.edi', huge)
    const left = mkdtempSync(path.join(tmpdir(), 'matchbook-killed-'))
    const dying: Endpoint = {
      ...place.endpoint,
      async get(file, sink, from) {
        await place.endpoint.get(file, sink, from)
        // Marks are made beside the writing.
        while (!readdirSync(drop.work).some((name) => name.endsWith('.mark'))) await sleep(5)
        // What a killed process leaves, before this one tidies up.
        cpSync(drop.work, left, { recursive: true })
        throw new Error('killed here')
      },
    }
    await expect(drop.pull(large, {}, dying)).rejects.toThrow('killed here')
    cpSync(left, drop.work, { recursive: true })
    takenWhole(await again(), huge)
    // The mark is made with the first part that goes beyond 16 MiB.
    expect(asked).toEqual([expect.any(Number)])
    expect(asked[0]).toBeGreaterThanOrEqual(16 * MIB)
    expect(asked[0]).toBeLessThan(17 * MIB)
    rmSync(left, { recursive: true })
  })

  it('begins anew when the source changed since', async () => {
    await broken()
    const other = randomBytes(size)
    drop.put('big.edi', other, 1_700_000_333)
    const result = await again()
    expect(asked[1]).toBe(0)
    expect(readFileSync(result.taken[0]?.archivePath ?? '').equals(other)).toBe(true)
  })

  it('is not put together from two files when the source changes while we go on', async () => {
    await broken()
    const swapping: Endpoint = {
      ...place.endpoint,
      async stat(file) {
        if (file.endsWith('big.edi')) utimesSync(drop.path('out', 'big.edi'), 1_700_000_999, 1_700_000_999)
        return place.endpoint.stat(file)
      },
    }
    const result = await drop.pull(large, {}, swapping)
    expect(result.taken).toEqual([])
    expect(result.failures).toMatchObject([{ name: 'big.edi', error: { code: 'TRANSFER-FAILED' } }])
    takenWhole(await again())
  })

  it.each([
    ['a disk damaged', (part: string) => writeFileSync(part, Buffer.alloc(4 * MIB), { flag: 'r+' })],
    ['a crash left longer than its mark', (part: string) => appendFileSync(part, 'more than was marked')],
    ['a power failure left without its end', (part: string) => writeFileSync(part, 'short')],
    ['lost its mark', (part: string) => writeFileSync(`${part}.mark`, '')],
  ])('does not build on a part that %s', async (_what, damage) => {
    await broken()
    const part = readdirSync(drop.work).find((name) => !name.endsWith('.mark'))
    damage(path.join(drop.work, part ?? ''))
    takenWhole(await again())
  })

  it('is not resumed by a pull of another job', async () => {
    await broken()
    const result = await drop.pull(large, { owner: 'another' }, listening(place.endpoint))
    expect(asked[1]).toBe(0)
    expect(result.taken).toHaveLength(1)
  })
})
