import { execFileSync, spawn } from 'node:child_process'
import { appendFileSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import ssh2, { type AuthContext, type Connection, type Session } from 'ssh2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reasonOf } from '../../src/errors/index.js'
import type { SftpConnection } from '../../src/exchange/sftp/connection.js'
import { makeKeyPair, startLoopbackServer } from '../../src/exchange/sftp/loopback-server.js'
import { createSftpEndpoint } from '../../src/exchange/sftp/sftp-endpoint.js'
import { type FaultyProxy, startFaultyProxy } from '../servers/faulty-proxy.js'
import { makeKey, type OpenSshServer, startOpenSsh } from '../servers/openssh.js'
import { sftpTo } from './sftp-to.js'

let server: OpenSshServer
let proxy: FaultyProxy
let folder: string
let files = 0

beforeAll(async () => {
  server = await startOpenSsh()
  proxy = await startFaultyProxy(server.port)
  folder = mkdtempSync(path.join(tmpdir(), 'matchbook-login-'))
})
afterAll(async () => {
  await proxy?.stop()
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const knownHosts = (text: string): SftpConnection['hostKey'] => {
  files += 1
  const file = path.join(folder, `known${files}`)
  writeFileSync(file, text)
  return { knownHosts: file }
}

async function lists(otherwise: Partial<SftpConnection>): Promise<boolean> {
  const endpoint = createSftpEndpoint('partner', sftpTo(server, otherwise))
  try {
    await endpoint.connect()
    await endpoint.list('')
    return true
  } finally {
    await endpoint.close()
  }
}
const otherKey = (): string => {
  files += 1
  return readFileSync(`${makeKey(folder, `other${files}`)}.pub`, 'utf8')
    .split(' ')
    .slice(0, 2)
    .join(' ')
    .trim()
}

describe('the host key', () => {
  it('is accepted by its fingerprint', async () => {
    expect(await lists({ hostKey: { fingerprint: server.fingerprint } })).toBe(true)
  })

  it('is accepted from a hashed known_hosts file', async () => {
    const file = path.join(folder, 'hashed')
    copyFileSync(server.knownHostsFile, file)
    execFileSync('ssh-keygen', ['-H', '-f', file], { stdio: 'ignore' })
    expect(readFileSync(file, 'utf8')).toMatch(/^\|1\|/)
    expect(await lists({ hostKey: { knownHosts: file } })).toBe(true)
  })

  it('is accepted when the pinned one is not the kind that would be shown first', async () => {
    const home = mkdtempSync(path.join(folder, 'rsa-'))
    const rsa = path.join(home, 'rsa')
    execFileSync('ssh-keygen', ['-q', '-t', 'rsa', '-b', '2048', '-N', '', '-m', 'PEM', '-f', rsa])
    const pair = makeKeyPair()
    const two = new ssh2.Server({ hostKeys: [readFileSync(rsa), pair.privateKey] }, (connection) => {
      connection.on('error', () => {})
      connection.on('authentication', (login) => login.reject())
    })
    await new Promise<void>((resolve) => two.listen(0, '127.0.0.1', resolve))
    const { port } = two.address() as AddressInfo
    const line = readFileSync(`${rsa}.pub`, 'utf8').split(' ').slice(0, 2).join(' ')
    // Refused at the login, so the key was taken.
    await expect(lists({ port, hostKey: knownHosts(`[127.0.0.1]:${port} ${line}\n`) })).rejects.toMatchObject({
      code: 'LOGIN-REFUSED',
    })
    two.close()
  })

  it('is accepted when it is one of several that are pinned for the server', async () => {
    const name = `[127.0.0.1]:${server.port}`
    const lines = [otherKey(), server.hostKey, otherKey()].map((key) => `${name} ${key}\n`).join('')
    expect(await lists({ hostKey: knownHosts(lines) })).toBe(true)
    const error = await lists({ hostKey: knownHosts(lines.replace(server.hostKey, otherKey())) }).catch(
      (thrown) => thrown,
    )
    expect(error).toMatchObject({ code: 'HOST-KEY-MISMATCH' })
    expect(error.facts.pinned.split(' or ')).toHaveLength(3)
  })

  it('that differs from the fingerprint is refused, and both are shown', async () => {
    const pinned = `SHA256:${'A'.repeat(43)}`
    const refused = lists({ hostKey: { fingerprint: pinned } })
    await expect(refused).rejects.toMatchObject({
      code: 'HOST-KEY-MISMATCH',
      facts: { shown: server.fingerprint, pinned },
    })
  })

  it('that differs from known_hosts is refused, and not tried again', async () => {
    const before = proxy.connections()
    const hostKey = knownHosts(`[127.0.0.1]:${proxy.port} ${otherKey()}\n`)
    await expect(lists({ port: proxy.port, hostKey, tries: 5 })).rejects.toMatchObject({ code: 'HOST-KEY-MISMATCH' })
    expect(proxy.connections() - before).toBe(1)
  })

  it('that known_hosts does not have is refused, with fingerprint and the very line that would let it in', async () => {
    const hostKey = knownHosts(`elsewhere.example ${server.hostKey}\n`)
    const error = await lists({ hostKey }).catch((thrown) => thrown)
    expect(error).toMatchObject({ code: 'HOST-KEY-UNKNOWN', facts: { shown: server.fingerprint } })
    expect(error.message).toContain(server.fingerprint)
    expect(error.message).toContain(error.facts.line)
    appendFileSync('knownHosts' in hostKey ? hostKey.knownHosts : '', `${error.facts.line}\n`)
    expect(await lists({ hostKey })).toBe(true)
  })

  it('is refused when the known_hosts file does not exist', async () => {
    const hostKey = { knownHosts: path.join(folder, 'none') }
    await expect(lists({ hostKey })).rejects.toMatchObject({ code: 'HOST-KEY-UNKNOWN' })
  })

  it('is refused when it was revoked, though another line still has it', async () => {
    const line = `[127.0.0.1]:${server.port} ${server.hostKey}`
    for (const hosts of ['*', `[127.0.0.1]:${server.port}`]) {
      const hostKey = knownHosts(`${line}\n@revoked ${hosts} ${server.hostKey}\n`)
      await expect(lists({ hostKey })).rejects.toMatchObject({
        code: 'HOST-KEY-MISMATCH',
        message: expect.stringContaining('@revoked'),
      })
    }
  })
})

describe('the login', () => {
  it('takes a key with its passphrase', async () => {
    const key = makeKey(folder, 'locked', '-N', 'a long passphrase')
    appendFileSync(path.join(path.dirname(server.privateKeyFile), 'authorized_keys'), readFileSync(`${key}.pub`))
    const privateKey = readFileSync(key, 'utf8')
    expect(await lists({ login: { privateKey, passphrase: 'a long passphrase' } })).toBe(true)
    const wrong = { code: 'LOGIN-REFUSED', message: expect.stringContaining('private key cannot be used') }
    await expect(lists({ login: { privateKey, passphrase: 'another' } })).rejects.toMatchObject(wrong)
    await expect(lists({ login: { privateKey } })).rejects.toMatchObject(wrong)
  })

  it('takes an agent, and says so when there is none', async () => {
    const socket = path.join(folder, 'agent')
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] })
    await new Promise((resolve) => agent.stdout.once('data', resolve))
    execFileSync('ssh-add', ['-q', server.privateKeyFile], { env: { ...process.env, SSH_AUTH_SOCK: socket } })
    expect(await lists({ login: { agentSocket: socket } })).toBe(true)
    agent.kill()
    await expect(lists({ login: { agentSocket: path.join(folder, 'no-agent') } })).rejects.toMatchObject({
      code: 'LOGIN-REFUSED',
    })
  })

  it('that OpenSSH refuses is tried once', async () => {
    const before = proxy.connections()
    const hostKey = { fingerprint: server.fingerprint }
    const login = { privateKey: readFileSync(makeKey(folder, 'stranger'), 'utf8') }
    await expect(lists({ port: proxy.port, hostKey, login, tries: 5 })).rejects.toMatchObject({ code: 'LOGIN-REFUSED' })
    await expect(lists({ port: proxy.port, hostKey, username: 'nobody-here', tries: 5 })).rejects.toMatchObject({
      code: 'LOGIN-REFUSED',
    })
    expect(proxy.connections() - before).toBe(2)
  })

  it('into the demo server is for its key and user only', async () => {
    const [mine, other] = [makeKeyPair(), makeKeyPair()]
    const demo = await startLoopbackServer({ folder, authorizedKey: mine.publicKey, username: 'demo' })
    const to = { port: demo.port, hostKey: { fingerprint: demo.fingerprint }, username: 'demo' }
    expect(await lists({ ...to, login: { privateKey: mine.privateKey } })).toBe(true)
    const refused = { code: 'LOGIN-REFUSED' }
    await expect(lists({ ...to, login: { privateKey: other.privateKey } })).rejects.toMatchObject(refused)
    await expect(lists({ ...to, login: { password: 'demo' } })).rejects.toMatchObject(refused)
    await expect(lists({ ...to, username: 'root', login: { privateKey: mine.privateKey } })).rejects.toMatchObject(
      refused,
    )
    await demo.stop()
  })

  it.each(['password', 'keyboard-interactive'] as const)(
    'sends a password once, where the server takes it by %s',
    async (way) => {
      const host = makeKeyPair()
      const tried: string[] = []
      const answers = (login: AuthContext, password: string): void => {
        tried.push(password)
        if (password === 'right') login.accept()
        else login.reject([way])
      }
      const asking = new ssh2.Server({ hostKeys: [host.privateKey] }, (connection) => {
        connection.on('error', () => {})
        connection.on('authentication', (login) => {
          if (login.method === 'password' && way === 'password') answers(login, login.password)
          else if (login.method === 'keyboard-interactive' && way === login.method) {
            login.prompt([{ prompt: 'Password:', echo: false }], ([password]) => answers(login, password ?? ''))
          } else login.reject([way])
        })
        connection.on('session', (accept) => {
          accept().on('sftp', (acceptSftp) => {
            const sftp = acceptSftp()
            sftp.on('OPENDIR', (request) => sftp.handle(request, Buffer.from('0')))
            sftp.on('READDIR', (request) => sftp.status(request, ssh2.utils.sftp.STATUS_CODE.EOF))
            sftp.on('CLOSE', (request) => sftp.status(request, ssh2.utils.sftp.STATUS_CODE.OK))
          })
        })
      })
      await new Promise<void>((resolve) => asking.listen(0, '127.0.0.1', resolve))
      const { port } = asking.address() as AddressInfo
      const line = host.publicKey.split(' ').slice(0, 2).join(' ')
      const to = { port, hostKey: knownHosts(`[127.0.0.1]:${port} ${line}\n`), tries: 5 }
      expect(await lists({ ...to, login: { password: 'right' } })).toBe(true)
      const error = await lists({ ...to, login: { password: 'wrong' } }).catch((thrown) => thrown)
      expect(error).toMatchObject({ code: 'LOGIN-REFUSED' })
      expect(JSON.stringify([error.message, error.facts])).not.toContain('wrong')
      expect(tried).toEqual(['right', 'wrong'])
      asking.close()
    },
  )
})

describe('a server that breaks off tells by how far we came', () => {
  const answering = async (
    login: (context: AuthContext, connection: Connection) => void,
    session: (session: Session, connection: Connection) => void = () => {},
  ) => {
    const server = new ssh2.Server({ hostKeys: [makeKeyPair().privateKey] }, (connection) => {
      connection.on('error', () => {})
      connection.on('authentication', (context) => {
        if (context.method === 'none') context.reject(['password'])
        else login(context, connection)
      })
      connection.on('session', (accept) => session(accept(), connection))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const settings = { host: '127.0.0.1', port, username: 'lakeside', login: { password: 'right' } }
    // The key is not what this is about: the first refusal says which one it is.
    const refused = await lists({ ...settings, hostKey: { fingerprint: `SHA256:${'A'.repeat(43)}` } }).catch(
      (error) => error,
    )
    const fingerprint = String(refused.facts.shown)
    const told = await lists({ ...settings, hostKey: { fingerprint }, tries: 1 }).catch((error) => error)
    server.close()
    return told
  }

  it('an account that has expired: it ends the connection instead of an answer', async () => {
    const told = await answering((_, connection) => connection.end())
    expect(told).toMatchObject({
      code: 'CONNECT-FAILED',
      message: expect.stringContaining('the server ended the connection while we logged in'),
      hint: expect.stringContaining('locked or has expired'),
    })
  })

  it.each<[string, string, (session: Session, connection: Connection) => void]>([
    ['a password that has to be changed', 'LOGIN-REFUSED', (session) => session.on('sftp', (_, reject) => reject())],
    ['a home folder that is not in order', 'CONNECT-FAILED', (_, connection) => connection.end()],
  ])('%s: we are let in, and no SFTP begins', async (_, code, session) => {
    expect(await answering((context) => context.accept(), session)).toMatchObject({
      code,
      message: expect.stringContaining('was let in, but no SFTP began'),
      hint: expect.stringContaining('the password has to be changed'),
    })
  })
})

describe('a server that is not there', () => {
  const refusing = async (): Promise<number> => {
    const listener = createServer()
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
    const { port } = listener.address() as AddressInfo
    await new Promise((resolve) => listener.close(resolve))
    return port
  }

  it('is CONNECT-FAILED: nothing listens', async () => {
    await expect(lists({ port: await refusing(), tries: 2 })).rejects.toMatchObject({ code: 'CONNECT-FAILED' })
  })

  it('is CONNECT-FAILED: its name has two addresses, and nothing listens at either, which is said of both', () => {
    const each = ['::1', '127.0.0.1'].map((address) => new Error(`connect ECONNREFUSED ${address}:22`))
    const error = Object.assign(new AggregateError(each), { code: 'ECONNREFUSED' })
    expect(reasonOf(error)).toBe('connect ECONNREFUSED ::1:22, connect ECONNREFUSED 127.0.0.1:22')
    expect(reasonOf(new AggregateError([], 'its own words'))).toBe('its own words')
    expect(reasonOf(Object.assign(new Error(''), { code: 'EPIPE' }))).toBe('EPIPE')
  })

  it('is CONNECT-FAILED: no such name', async () => {
    await expect(lists({ host: 'no-such-host.invalid' })).rejects.toMatchObject({ code: 'CONNECT-FAILED' })
  })

  it('is CONNECT-FAILED within the time given, as often as told: it answers nothing', async () => {
    let connections = 0
    const silent = createServer(() => {
      connections += 1
    })
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as AddressInfo
    await expect(lists({ port, connectSeconds: 1, tries: 2 })).rejects.toMatchObject({ code: 'CONNECT-FAILED' })
    expect(connections).toBe(2)
    silent.close()
  })

  it('is CONNECT-FAILED: it speaks something else', async () => {
    const web = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
    const { port } = web.address() as AddressInfo
    await expect(lists({ port })).rejects.toMatchObject({ code: 'CONNECT-FAILED' })
    web.close()
  })
})

describe('a server far away that lets one log in at a time', () => {
  it('lets in all of ten logins that came at once, since those it turned away come back one after the other', async () => {
    const narrow = await startOpenSsh({ config: ['MaxStartups 1'] })
    const line = await startFaultyProxy(narrow.port, 20)
    const many = Array.from({ length: 10 }, (_, n) => {
      const hostKey = { fingerprint: narrow.fingerprint }
      return createSftpEndpoint(`partner-${n}`, sftpTo(narrow, { port: line.port, hostKey, tries: 3, pause: 300 }))
    })
    await Promise.all(many.map((endpoint) => endpoint.connect()))
    expect(line.connections()).toBeGreaterThan(10)
    await Promise.all(many.map((endpoint) => endpoint.close()))
    await line.stop()
    await narrow.stop()
  })
})
