import { createHash, timingSafeEqual } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import ssh2, { type AuthContext, type Connection } from 'ssh2'
import { serveFiles } from './loopback-files.js'

export interface LoopbackServer {
  readonly host: '127.0.0.1'
  readonly port: number
  /** SHA256:... of the host key. */
  readonly fingerprint: string
  /** The line that pins this server in a known_hosts file. */
  readonly knownHostsLine: string
  stop(): Promise<void>
}

export interface LoopbackSettings {
  /** What clients see as /; nothing outside of it can be reached. */
  readonly folder: string
  /** Private host key in OpenSSH format; a fresh one without. */
  readonly hostKey?: string
  /** Public key, as in an authorized_keys file, that is let in. */
  readonly authorizedKey: string
  readonly username: string
  /** A free one without. */
  readonly port?: number
}

/** An SFTP server for the demo, on loopback only, with key login only. */
export async function startLoopbackServer(settings: LoopbackSettings): Promise<LoopbackServer> {
  const privateKey = settings.hostKey ?? makeKeyPair().privateKey
  const hostKey = parseKey(privateKey)
  const authorized = parseKey(settings.authorizedKey)
  const connections = new Set<Connection>()

  const server = new ssh2.Server({ hostKeys: [privateKey] }, (connection) => {
    connections.add(connection)
    connection.on('close', () => connections.delete(connection))
    connection.on('error', () => connection.end())
    connection.on('authentication', (login) => {
      if (mayEnter(login, settings.username, authorized)) login.accept()
      else login.reject(['publickey'])
    })
    connection.on('session', (accept) => {
      accept().on('sftp', (acceptSftp) => serveFiles(acceptSftp(), settings.folder))
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(settings.port ?? 0, '127.0.0.1', resolve)
  })

  const { port } = server.address() as AddressInfo
  const publicKey = hostKey.getPublicSSH()
  return {
    host: '127.0.0.1',
    port,
    fingerprint: `SHA256:${createHash('sha256').update(publicKey).digest('base64').replace(/=+$/, '')}`,
    knownHostsLine: `[127.0.0.1]:${port} ${hostKey.type} ${publicKey.toString('base64')}`,
    async stop() {
      const stopped = new Promise((resolve) => server.close(resolve))
      for (const connection of connections) connection.end()
      await stopped
    },
  }
}

/** A fresh ed25519 pair in OpenSSH format. About one in 300 that ssh2 makes cannot be read back: those are thrown away. */
export function makeKeyPair(): { readonly privateKey: string; readonly publicKey: string } {
  for (;;) {
    const pair = ssh2.utils.generateKeyPairSync('ed25519')
    const [own, shown] = [ssh2.utils.parseKey(pair.private), ssh2.utils.parseKey(pair.public)]
    if (own instanceof Error || shown instanceof Error) continue
    const signature = own.sign('proof')
    if (Buffer.isBuffer(signature) && shown.verify('proof', signature)) {
      return { privateKey: pair.private, publicKey: pair.public }
    }
  }
}

function mayEnter(login: AuthContext, username: string, authorized: ssh2.ParsedKey): boolean {
  if (login.method !== 'publickey' || login.username !== username) return false
  const wanted = authorized.getPublicSSH()
  if (login.key.data.length !== wanted.length || !timingSafeEqual(login.key.data, wanted)) return false
  // Without a signature the client only asks whether the key would do.
  if (login.signature === undefined || login.blob === undefined) return true
  return authorized.verify(login.blob, login.signature, login.hashAlgo) === true
}

function parseKey(text: string): ssh2.ParsedKey {
  const parsed = ssh2.utils.parseKey(text)
  if (parsed instanceof Error) throw parsed
  return parsed
}
