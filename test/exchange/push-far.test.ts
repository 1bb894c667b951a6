import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SftpConnection } from '../../src/exchange/sftp/connection.js'
import { createSftpEndpoint } from '../../src/exchange/sftp/sftp-endpoint.js'
import { type FaultyProxy, startFaultyProxy } from '../servers/faulty-proxy.js'
import { type OpenSshServer, startOpenSsh } from '../servers/openssh.js'
import { mayNotMount, mountSmallDisk } from '../servers/small-disk.js'
import { sftpTo } from './sftp-to.js'

const FAR = 30

describe('a large load for a server', () => {
  const bytes = randomBytes(33 * 1024 * 1024 + 4321)
  let home: string
  let load: string
  let stops: (() => Promise<void>)[]

  beforeAll(() => {
    home = mkdtempSync(path.join(tmpdir(), 'matchbook-far-'))
    load = path.join(home, 'load.csv')
    writeFileSync(load, bytes)
    return () => rmSync(home, { recursive: true })
  })
  beforeEach(() => {
    stops = []
  })
  afterEach(async () => {
    for (const stop of stops.reverse()) await stop()
  })

  async function start(
    delay: number,
    options: Parameters<typeof startOpenSsh>[0] = {},
    settings: Partial<SftpConnection> = {},
  ) {
    const server = await startOpenSsh(options)
    stops.push(() => server.stop())
    const proxy = await startFaultyProxy(server.port, delay)
    stops.push(() => proxy.stop())
    const hostKey = { fingerprint: server.fingerprint }
    const endpoint = createSftpEndpoint('erp', sftpTo(server, { port: proxy.port, hostKey, ...settings }))
    stops.push(() => endpoint.close())
    await endpoint.connect()
    // The quickest of these tells how far away it is.
    for (let n = 0; n < 10; n += 1) await endpoint.stat('load.csv')
    return { server, proxy, endpoint, put: () => endpoint.put(load, 'load.csv') }
  }

  /** @returns how many sessions there were at a time while it was at work */
  async function sessionsDuring(server: OpenSshServer, work: Promise<void>): Promise<number> {
    let most = 0
    let isDone = false
    const done = work.finally(() => {
      isDone = true
    })
    done.catch(() => {})
    while (!isDone) {
      most = Math.max(most, server.sessions())
      await sleep(10)
    }
    await done
    return most
  }
  const isWhole = (server: OpenSshServer): void =>
    expect(readFileSync(path.join(server.root, 'load.csv')).equals(bytes)).toBe(true)

  it('far away goes over two channels of one connection into one file', async () => {
    const { server, proxy, put } = await start(FAR)
    expect(await sessionsDuring(server, put())).toBe(2)
    isWhole(server)
    // What the name had before is gone.
    writeFileSync(path.join(server.root, 'load.csv'), Buffer.alloc(bytes.length + 5))
    await put()
    isWhole(server)
    expect(proxy.connections()).toBe(1)
  })

  it.each<[string, number, Parameters<typeof startOpenSsh>[0], Partial<SftpConnection>]>([
    ['that allows one session goes over that', FAR, { config: ['MaxSessions 1'] }, {}],
    ['nearby goes over one channel', 0, {}, {}],
    ['to which a rate is kept goes over one channel', FAR, {}, { uploadRate: 400_000_000 }],
  ])('%s', async (_what, delay, options, settings) => {
    const { server, put } = await start(delay, options, settings)
    expect(await sessionsDuring(server, put())).toBe(1)
    isWhole(server)
  })

  it('that breaks off is sent again over one channel', async () => {
    const { server, proxy, endpoint, put } = await start(2 * FAR)
    const cutWhenShared = async (line: FaultyProxy): Promise<void> => {
      while (server.sessions() < 2) await sleep(2)
      line.after(1000, 'cut')
    }
    const cutting = cutWhenShared(proxy)
    await expect(put()).rejects.toMatchObject({ code: 'TRANSFER-FAILED' })
    await cutting
    while (server.sessions() > 0) await sleep(5)
    await endpoint.connect()
    await endpoint.stat('load.csv')
    expect(await sessionsDuring(server, put())).toBe(1)
    isWhole(server)
  })

  it('whose disk is full is refused as that, whichever channel met it', async (context) => {
    const disk = mountSmallDisk(24 * 1024)
    if (disk === undefined) return context.skip(mayNotMount)
    try {
      const { put } = await start(FAR, { root: disk.folder })
      await expect(put()).rejects.toMatchObject({ code: 'REMOTE-FULL' })
    } finally {
      for (const stop of stops.splice(0).reverse()) await stop()
      disk.stop()
    }
  })
})
