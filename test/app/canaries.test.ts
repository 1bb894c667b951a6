import { execFileSync } from 'node:child_process'
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Command, Config } from '@oclif/core'
import JSZip from 'jszip'
import { createMessage, encrypt, generateKey, readKey } from 'openpgp'
import ssh2 from 'ssh2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { openTools } from '../../src/app/compose.js'
import { COMMANDS } from '../../src/commands/index.js'
import { type LoopbackServer, makeKeyPair, startLoopbackServer } from '../../src/exchange/sftp/loopback-server.js'
import { makeKey } from '../servers/openssh.js'
import { asOf, DemoNight, job } from './demo-night.js'

/** Each stands for a secret of its kind; no other text has one of these words in it. */
const canary = {
  passphrase: 'Canary+Passphrase/"4711',
  otherPassphrase: 'Canary-other-Passphrase-4712',
  password: 'Canary&Password=4713%',
  pgpPassphrase: 'Canary-PGP-Passphrase-4714',
} as const

let home: string
let night: DemoNight
let server: LoopbackServer
let echoing: InstanceType<typeof ssh2.Server>
let secrets: readonly string[]
let fingerprintOfEcho: string
let pgpPublicKey: string
const said: string[] = []

beforeAll(async () => {
  process.umask(0o022)
  home = mkdtempSync(path.join(tmpdir(), 'matchbook-canaries-'))
  const keyFile = makeKey(home, 'locked', '-N', canary.passphrase, '-a', '1')
  const key = readFileSync(keyFile, 'utf8')
  const pgp = await generateKey({
    type: 'ecc',
    userIDs: [{ name: 'Lakeside' }],
    passphrase: canary.pgpPassphrase,
    format: 'armored',
  })
  night = await DemoNight.lay(11, ['MSD_810_20261120_01.edi'])
  server = await startLoopbackServer({
    folder: night.drops,
    username: 'lakeside',
    authorizedKey: readFileSync(`${keyFile}.pub`, 'utf8'),
  })
  const pair = makeKeyPair()
  echoing = serverThatRepeatsPasswords(pair.privateKey)
  await new Promise<void>((resolve) => echoing.listen(0, '127.0.0.1', resolve))
  const pub = path.join(home, 'echo.pub')
  execFileSync('sh', ['-c', 'printf "%s\\n" "$1" > "$2"', 'sh', pair.publicKey, pub])
  fingerprintOfEcho = execFileSync('ssh-keygen', ['-l', '-f', pub], { encoding: 'utf8' }).split(' ')[1] ?? ''

  Object.assign(process.env, {
    CANARY_KEY: key,
    CANARY_PASSPHRASE: canary.passphrase,
    CANARY_OTHER: canary.otherPassphrase,
    CANARY_PASSWORD: canary.password,
    CANARY_PGP_KEY: pgp.privateKey,
    CANARY_PGP_PASSPHRASE: canary.pgpPassphrase,
  })
  const linesOf = (text: string) => text.split('\n').filter((line) => /^[A-Za-z0-9+/=]{40,}$/.test(line))
  secrets = [...Object.values(canary), ...linesOf(key), ...linesOf(pgp.privateKey)]
  pgpPublicKey = pgp.publicKey
  good()
  unwrapWith('CANARY_PGP_PASSPHRASE')
  await encrypted('early.pgp')
}, 120_000)
afterAll(async () => {
  echoing?.close()
  await server?.stop()
  night?.remove()
  rmSync(home, { recursive: true, force: true })
  process.exitCode = undefined
})

/** Lets everyone in, and answers every request with the password it was given. */
function serverThatRepeatsPasswords(hostKey: string): InstanceType<typeof ssh2.Server> {
  return new ssh2.Server({ hostKeys: [hostKey] }, (connection) => {
    let password = ''
    connection.on('error', () => {})
    connection.on('authentication', (login) => {
      if (login.method !== 'password') return login.reject(['password'])
      password = login.password
      login.accept()
    })
    connection.on('session', (accept) => {
      accept().on('sftp', (acceptSftp) => {
        const sftp = acceptSftp()
        const refuse = (request: number) =>
          sftp.status(request, ssh2.utils.sftp.STATUS_CODE.PERMISSION_DENIED, `not with ${password}`)
        sftp.on('OPENDIR', refuse)
        sftp.on('LSTAT', refuse)
        sftp.on('STAT', refuse)
        sftp.on('OPEN', refuse)
      })
    })
  })
}

/** The endpoint as it works, with what is to be otherwise. */
function good(otherwise: Record<string, unknown> = {}): void {
  night.change((settings) => {
    settings.endpoints = {
      exchange: {
        kind: 'sftp',
        host: '127.0.0.1',
        port: server.port,
        username: 'lakeside',
        'host-key': { fingerprint: server.fingerprint },
        login: { key: { env: 'CANARY_KEY' }, passphrase: { env: 'CANARY_PASSPHRASE' } },
        tries: 1,
        // It is down on purpose, again and again.
        circuit: { 'after-runs': 100 },
        ...otherwise,
      },
    }
  })
}

/** What medsupply sends may be encrypted to our PGP key, whose passphrase is in that variable. */
function unwrapWith(variable: string): void {
  const file = path.join(night.folder, 'jobs', `${job}.yaml`)
  const settings: { inputs: Record<string, { from: { folder: string; include: string[]; unwrap?: object }[] }> } =
    parse(readFileSync(file, 'utf8'))
  const drops = Object.values(settings.inputs).flatMap(({ from }) => from)
  const drop = drops.find(({ folder }) => folder.includes('medsupply'))
  if (drop === undefined) throw new Error('the demo has no drop of medsupply')
  drop.include = [...new Set([...drop.include, '*.pgp'])]
  drop.unwrap = { kinds: ['pgp'], key: { env: 'CANARY_PGP_KEY' }, passphrase: { env: variable } }
  writeFileSync(file, stringify(settings, { aliasDuplicateObjects: false }))
}

async function encrypted(name: string): Promise<void> {
  const message = await createMessage({ text: 'no interchange' })
  const text = await encrypt({ message, encryptionKeys: await readKey({ armoredKey: pgpPublicKey }) })
  writeFileSync(path.join(night.drops, 'suppliers', 'medsupply', 'outbound', name), text)
}

/** Calls a command as its user would, with the workspace named; all it writes is kept. */
async function call(id: keyof typeof COMMANDS, ...args: string[]): Promise<string> {
  const written: string[] = []
  const [out, err, log] = [process.stdout.write, process.stderr.write, console.log]
  const write = (text: string | Uint8Array): boolean => {
    written.push(typeof text === 'string' ? text : Buffer.from(text).toString())
    return true
  }
  process.stdout.write = write
  process.stderr.write = write
  console.log = (...texts: unknown[]) => void write(texts.map(String).join(' '))
  try {
    const config = await Config.load({ root: path.join(import.meta.dirname, '..', '..') })
    await (COMMANDS[id] as Command.Class).run([...args, '--workspace', night.folder], config)
  } finally {
    process.stdout.write = out
    process.stderr.write = err
    console.log = log
  }
  said.push(written.join('\n'))
  return written.join('\n')
}

/** The canaries that stand in a text, plain, as JSON and URLs write them, or in base64. */
const found = (text: string): string[] =>
  secrets.filter((secret) =>
    [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    ].some((form) => text.includes(form)),
  )

const below = (folder: string): string[] => [
  folder,
  ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name)),
]
const files = (): string[] => below(path.join(night.folder, 'state')).filter((file) => lstatSync(file).isFile())
const run = (...args: string[]) => call('run', job, '--as-of', asOf, '--log-level', 'debug', ...args)

describe('secrets that were used for a night and for commands that fail in every way', () => {
  it('are found where they stand, so that not finding them means something', () => {
    for (const secret of secrets) {
      expect(found(`a ${secret} b`)).toContain(secret)
      expect(found(JSON.stringify({ secret }))).toContain(secret)
    }
    expect(secrets.length).toBeGreaterThan(8)
  })

  it('stand in nothing that a night and its commands say', async () => {
    const night = await run('--json', '--log-format', 'ndjson')
    expect(night).toContain('"status": "sent"')
    expect(night).toContain('1 file out of 1 wrapper')
    expect(await call('config:show', '--json')).toContain('CANARY_PASSPHRASE')
    await call('config:show')
    expect(await call('doctor', '--connect', '--write')).toContain('lakeside is let in')
    await call('status', '--json')
    await call('runs:list', '--json')
    expect(found(said.join('\n'))).toEqual([])
  }, 60_000)

  it.each<readonly [string, Record<string, unknown>, string]>([
    [
      'a wrong passphrase',
      { login: { key: { env: 'CANARY_KEY' }, passphrase: { env: 'CANARY_OTHER' } } },
      'LOGIN-REFUSED',
    ],
    ['a passphrase for a key', { login: { key: { env: 'CANARY_PASSPHRASE' } } }, 'LOGIN-REFUSED'],
    ['a wrong password', { login: { password: { env: 'CANARY_PASSWORD' } } }, 'LOGIN-REFUSED'],
    ['an endpoint that is down', { port: 1 }, 'CONNECT-FAILED'],
    ['another host key', { 'host-key': { fingerprint: `SHA256:${'A'.repeat(43)}` } }, 'HOST-KEY-MISMATCH'],
    [
      'a command that fails',
      { login: { password: { command: ['sh', '-c', 'echo "$CANARY_PASSWORD"; exit 3'] } } },
      'SECRET-MISSING',
    ],
  ])('stand in nothing that is said of %s', async (_what, otherwise, code) => {
    good(otherwise)
    const texts = [
      await call('pull', '--log-level', 'debug'),
      await call('pull', '--log-level', 'debug', '--json'),
      await call('doctor', '--connect', '--json'),
    ]
    expect(texts.join('\n')).toContain(code)
    expect(found(texts.join('\n'))).toEqual([])
  })

  it('stand in nothing that is said of a wrong passphrase for a PGP key', async () => {
    good()
    unwrapWith('CANARY_OTHER')
    await encrypted('late.pgp')
    const texts = [await call('doctor', '--json'), await run()]
    for (const text of texts) expect(text).toContain('the passphrase does not open the PGP key')
    expect(found(texts.join('\n'))).toEqual([])
    unwrapWith('CANARY_PGP_PASSPHRASE')
  })

  it('stand in nothing when the server repeats them', async () => {
    const { port } = echoing.address() as AddressInfo
    const login = { password: { env: 'CANARY_PASSWORD' } }
    good({ port, login, 'host-key': { fingerprint: fingerprintOfEcho } })
    const texts = [await run(), await call('doctor', '--connect'), await call('runs:list', '--json')]
    expect(texts.join('\n')).toContain('not with [secret]')
    expect(found(texts.join('\n'))).toEqual([])
  })

  it('are masked in every log line as soon as they were read, whatever they were read for', async () => {
    const error = process.stderr.write
    let logged = ''
    process.stderr.write = (text: string | Uint8Array): boolean => {
      logged += String(text)
      return true
    }
    try {
      const tools = await openTools({ ...night.options(), logLevel: 'error' }, 'look')
      const secret = await tools.secret({ env: 'CANARY_PGP_PASSPHRASE' })
      tools.log.error({ secret }, `with ${secret}`)
      await tools.close()
    } finally {
      process.stderr.write = error
    }
    expect(logged).toContain('with [secret]')
    expect(found(logged)).toEqual([])
  })

  it('stand in nothing that is kept: database, audit, archive, workbook, loads', async () => {
    const kept = files()
    for (const ending of ['matchbook.db', '.xlsx', '.zip'])
      expect(kept.some((file) => file.endsWith(ending))).toBe(true)
    for (const file of kept) {
      const bytes = readFileSync(file)
      expect(found(bytes.toString('latin1')), file).toEqual([])
      if (!/\.(xlsx|zip)$/.test(file)) continue
      for (const entry of Object.values((await JSZip.loadAsync(bytes)).files)) {
        expect(found(await entry.async('string')), `${file} ${entry.name}`).toEqual([])
      }
    }
  })
})

describe('what a night keeps, made under a umask of 022', () => {
  it("is its owner's alone, every file and folder of it", () => {
    const all = below(path.join(night.folder, 'state'))
    for (const name of ['archive', 'loads', 'reports', 'locks', 'work']) {
      expect(all).toContain(path.join(night.folder, 'state', name))
    }
    const open = all.filter((one) => (lstatSync(one).mode & 0o077) !== 0)
    expect(open.map((one) => path.relative(night.folder, one))).toEqual([])
  })

  it('while what is brought to a folder for others has the mode that others need', async () => {
    const drops = path.join(home, 'drops')
    mkdirSync(drops, { mode: 0o755 })
    const { createLocalEndpoint } = await import('../../src/exchange/local/local-endpoint.js')
    const endpoint = createLocalEndpoint('erp', { folder: drops })
    await endpoint.makeFolder('inbound')
    await endpoint.put(path.join(home, 'locked.pub'), 'inbound/load.csv')
    expect(lstatSync(path.join(drops, 'inbound')).mode & 0o777).toBe(0o755)
    expect(lstatSync(path.join(drops, 'inbound', 'load.csv')).mode & 0o777).toBe(0o640)
  })
})
