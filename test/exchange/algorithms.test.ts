import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allowedOld } from '../../src/config/index.js'
import { type OldInUse, oldAlgorithms, oldAmong } from '../../src/exchange/sftp/algorithms.js'
import type { SftpConnection } from '../../src/exchange/sftp/connection.js'
import { openSession } from '../../src/exchange/sftp/open-session.js'
import { parseOffer } from '../../src/exchange/sftp/server-offer.js'
import { createSftpEndpoint } from '../../src/exchange/sftp/sftp-endpoint.js'
import { type FaultyProxy, startFaultyProxy } from '../servers/faulty-proxy.js'
import { type OpenSshServer, startOpenSsh } from '../servers/openssh.js'
import { sftpTo } from './sftp-to.js'

const kex = ['diffie-hellman-group14-sha1', 'diffie-hellman-group-exchange-sha1']

/** What a login comes to use of old algorithms. */
async function oldInUse(server: OpenSshServer, otherwise: Partial<SftpConnection> = {}): Promise<readonly OldInUse[]> {
  let found: readonly OldInUse[] = []
  const session = await openSession('partner', sftpTo(server, otherwise), (agreed) => {
    found = oldAmong(agreed)
  })
  await session.close()
  return found
}

describe.each([
  ['KexAlgorithms', 'key-exchange', kex, /no key exchange/],
  ['Ciphers', 'ciphers', ['aes256-cbc', '3des-cbc'], /no cipher/],
  ['MACs', 'macs', ['hmac-sha1'], /no message authentication/],
] as const)('a server with old %s only', (option, kind, names, says) => {
  let server: OpenSshServer
  let proxy: FaultyProxy
  beforeAll(async () => {
    const ciphers = option === 'MACs' ? ['Ciphers aes256-ctr'] : []
    server = await startOpenSsh({ config: [`${option} ${names.join(',')}`, ...ciphers] })
    proxy = await startFaultyProxy(server.port)
  })
  afterAll(async () => {
    await proxy?.stop()
    await server?.stop()
  })

  it('is refused, once; the message has what the server offers, the hint the setting that allows it', async () => {
    const to = { port: proxy.port, hostKey: { fingerprint: server.fingerprint }, tries: 3 }
    const endpoint = createSftpEndpoint('partner', sftpTo(server, to))
    const error = await endpoint.connect().catch((thrown) => thrown)
    expect(error).toMatchObject({
      code: 'ALGORITHMS-REFUSED',
      message: expect.stringMatching(says),
      hint: expect.stringContaining(`algorithms: { ${kind}: [${names.join(', ')}] }`),
      facts: { missing: kind },
    })
    expect(error.message).toContain(names.join(', '))
    expect(proxy.connections()).toBe(1)
    await endpoint.close()
  })

  it('is let in by the very setting of the hint, and by legacy, and what was agreed on is known', async () => {
    const named = allowedOld({ 'key-exchange': [], ciphers: [], macs: [], 'host-keys': [], [kind]: [...names] })
    expect(await oldInUse(server, { oldAlgorithms: named })).toEqual([{ kind, name: names[0] }])
    const legacy = await oldInUse(server, { oldAlgorithms: allowedOld('legacy') })
    expect(legacy.map((one) => one.kind)).toEqual([kind])
  })

  it('is refused still when another kind is allowed', async () => {
    const other = { ...allowedOld('legacy'), [kind]: [] }
    await expect(oldInUse(server, { oldAlgorithms: other })).rejects.toMatchObject({ facts: { missing: kind } })
  })
})

describe('a server whose RSA host key can sign with SHA-1 only', () => {
  let server: OpenSshServer
  let rsa: string
  beforeAll(async () => {
    server = await startOpenSsh({ config: ['HostKeyAlgorithms ssh-rsa'], hostKeyType: 'rsa' })
    rsa = execFileSync('ssh-keygen', ['-l', '-f', server.knownHostsFile], { encoding: 'utf8' })
  })
  afterAll(() => server?.stop())

  it('is refused though its key is pinned, and let in where the endpoint says so', async () => {
    expect(rsa).toContain('(RSA)')
    const refused = { facts: { missing: 'host-keys' }, hint: expect.stringContaining('host-keys: [ssh-rsa]') }
    await expect(oldInUse(server)).rejects.toMatchObject(refused)
    const used = await oldInUse(server, { oldAlgorithms: allowedOld('legacy') })
    expect(used).toEqual([{ kind: 'host-keys', name: 'ssh-rsa' }])
  })
})

describe('a server that has old and modern ones', () => {
  let server: OpenSshServer
  beforeAll(async () => {
    server = await startOpenSsh({ config: [`KexAlgorithms ${kex.join(',')},curve25519-sha256`, 'Ciphers +aes256-cbc'] })
  })
  afterAll(() => server?.stop())

  it('is spoken to by the modern ones, also where old ones are allowed', async () => {
    expect(await oldInUse(server)).toEqual([])
    expect(await oldInUse(server, { oldAlgorithms: allowedOld('legacy') })).toEqual([])
  })
})

it('the settings may allow the old algorithms and no others', () => {
  expect(allowedOld('legacy')).toEqual(oldAlgorithms)
  expect(Object.values(allowedOld('modern')).flat()).toEqual([])
})

describe('what a server says first', () => {
  const list = (text: string): Buffer => {
    const head = Buffer.alloc(4)
    head.writeUInt32BE(text.length)
    return Buffer.concat([head, Buffer.from(text, 'latin1')])
  }
  const lists = ['a,ext-info-s,kex-strict-s-v00@openssh.com', 'b', 'c', 'd\x1b[2J', 'e', '', 'none', 'none', '', '']
  const payload = Buffer.concat([Buffer.from([4, 20]), Buffer.alloc(16), ...lists.map(list), Buffer.alloc(9)])
  const head = Buffer.alloc(4)
  head.writeUInt32BE(payload.length)
  const whole = Buffer.concat([Buffer.from('hello\r\nSSH-2.0-old_1.0\r\n'), head, payload])

  it('is read when all of it is there, whatever was greeted before, without control characters', () => {
    const lists = { 'key-exchange': ['a'], 'host-keys': ['b'], ciphers: ['d?[2J'], macs: [] }
    const offer = { program: 'old_1.0', ...lists }
    expect(parseOffer(whole)).toEqual(offer)
  })

  it('cut off anywhere, or no SSH at all, is nothing', () => {
    for (let end = 0; end < whole.length; end += 1) expect(parseOffer(whole.subarray(0, end))).toBeUndefined()
    expect(parseOffer(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'))).toBeUndefined()
    expect(parseOffer(readFileSync(process.execPath).subarray(0, 65_536))).toBeUndefined()
  })
})
