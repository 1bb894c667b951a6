import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { SMTPServer } from 'smtp-server'

export interface ReceivedMail {
  readonly to: readonly string[]
  readonly user: string | undefined
  readonly encrypted: boolean
  /** As it came, headers unfolded, quoted-printable decoded. */
  readonly text: string
  header(name: string): string | undefined
}

/** A real SMTP server on loopback, with a certificate of its own, STARTTLS and a login. */
export class MailServer {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'matchbook-mail-'))
  readonly caFile = path.join(this.#folder, 'certificate.pem')
  readonly received: ReceivedMail[] = []
  /** What happens to the next messages. taken-but-silent: kept, and the connection breaks before the answer. */
  readonly troubles: ('taken-but-silent' | 'unknown-user')[] = []
  #server: SMTPServer | undefined
  port = 0

  constructor(private readonly password: string) {
    const key = path.join(this.#folder, 'key.pem')
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
    execFileSync('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', this.caFile, ...subject], {
      stdio: 'ignore',
    })
  }

  async start(): Promise<void> {
    const read = (name: string) => readFileSync(path.join(this.#folder, name))
    const server = new SMTPServer({
      key: read('key.pem'),
      cert: read('certificate.pem'),
      authMethods: ['PLAIN', 'LOGIN'],
      onAuth: ({ username, password }, _session, done) =>
        password === this.password ? done(null, { user: username }) : done(new Error('no such login')),
      onRcptTo: (_address, _session, done) => {
        if (this.troubles[0] !== 'unknown-user') return done()
        this.troubles.shift()
        return done(Object.assign(new Error('no such mailbox here'), { responseCode: 550 }))
      },
      onData: (stream, session, done) => {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => {
          this.received.push(
            mailOf(
              Buffer.concat(chunks).toString('utf8'),
              session.envelope.rcptTo.map(({ address }) => address),
              session.user,
              session.secure,
            ),
          )
          if (this.troubles[0] !== 'taken-but-silent') return done()
          this.troubles.shift()
          for (const connection of server.connections) connection.close()
        })
      },
    })
    // A client that goes in the middle of a conversation is what some tests are about.
    server.on('error', () => {})
    this.#server = server
    await new Promise<void>((listening) => server.listen(this.port, '127.0.0.1', listening))
    this.port = (server.server.address() as AddressInfo).port
  }

  async stop(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    if (server !== undefined) await new Promise<void>((closed) => server.close(() => closed()))
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

function mailOf(raw: string, to: string[], user: unknown, encrypted: boolean): ReceivedMail {
  const text = raw
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .replaceAll('=\r\n', '')
    .replaceAll(/(?:=[0-9A-F]{2})+/g, (run) => Buffer.from(run.replaceAll('=', ''), 'hex').toString('utf8'))
  return {
    to,
    user: typeof user === 'string' ? user : undefined,
    encrypted,
    text,
    header: (name) => new RegExp(`^${name}: (.*)$`, 'im').exec(text)?.[1]?.trim(),
  }
}
