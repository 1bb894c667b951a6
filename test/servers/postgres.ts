import { execFileSync, spawnSync } from 'node:child_process'
import {
  appendFileSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { PostgresPlace } from '../../src/state/postgres/postgres-place.js'

/**
 * A private PostgreSQL for one test file, on a socket and a port in its own folder; the machine's own cluster is not touched. It asks only
 * the user `guarded` for a password.
 */
export interface PostgresServer {
  /** postgres://... of its only database. */
  readonly url: string
  /** A schema that nobody has used. */
  place(options?: Partial<PostgresPlace>): PostgresPlace
  /** As a machine that goes down: nobody is waited for. */
  restart(): void
  halt(): void
  start(): void
  stop(): void
}

const versions = '/usr/lib/postgresql'

/** Folder of initdb and pg_ctl, the newest there is; undefined where PostgreSQL is not installed. */
export const postgresPrograms = (): string | undefined =>
  (existsSync(versions) ? readdirSync(versions) : [])
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => path.join(versions, version, 'bin'))
    .find((bin) => existsSync(path.join(bin, 'initdb')))

/** For the name of what is skipped. */
export const withoutPostgres = 'skipped: no PostgreSQL here (apt-get install -y --no-install-recommends postgresql)'

let schemas = 0

/** Not durable unless asked: what is tested is what happens to it, not to the machine. */
export function startPostgres({
  durable = false,
  network,
}: {
  readonly durable?: boolean
  /** Address and port that it is reached at by TCP, and from where; without it by its socket alone. */
  readonly network?: { readonly address: string; readonly port: number; readonly from: string }
} = {}): PostgresServer {
  const bin = postgresPrograms()
  if (bin === undefined) throw new Error(withoutPostgres)
  const folder = mkdtempSync(path.join(tmpdir(), 'matchbook-pg-'))
  const states = mkdtempSync(path.join(tmpdir(), 'matchbook-pg-states-'))
  // initdb refuses to work for root.
  const owner = process.getuid?.() === 0 ? unprivileged() : undefined
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid)
  const data = path.join(folder, 'data')
  const run = (program: string, ...args: string[]) =>
    execFileSync(path.join(bin, program), args, { ...owner, cwd: folder, stdio: 'ignore' })
  run('initdb', '-D', data, '-U', 'matchbook', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync')
  const access = path.join(data, 'pg_hba.conf')
  writeFileSync(access, `local all guarded scram-sha-256\n${readFileSync(access, 'utf8')}`)
  if (network !== undefined) appendFileSync(access, `host all all ${network.from} trust\n`)
  const tcp =
    network === undefined ? `-c listen_addresses=''` : `-c listen_addresses=${network.address} -p ${network.port}`
  const hasty = durable ? '' : ' -c fsync=off -c full_page_writes=off'
  const options = `-k ${folder} ${tcp} -c max_connections=200 -c shared_buffers=32MB${hasty}`
  const start = () => void run('pg_ctl', '-D', data, '-w', '-s', '-l', path.join(folder, 'log'), '-o', options, 'start')
  const halt = () => void run('pg_ctl', '-D', data, '-w', '-s', '-m', 'immediate', 'stop')
  start()
  const atExit = (): void => void spawnSync(path.join(bin, 'pg_ctl'), ['-D', data, '-m', 'immediate', 'stop'], owner)
  process.once('exit', atExit)
  const url =
    network === undefined
      ? `postgres:///postgres?host=${folder}&user=matchbook`
      : `postgres://matchbook@${network.address}:${network.port}/postgres?sslmode=disable`
  return {
    url,
    place: (given) => {
      const schema = `w${++schemas}`
      return { url, password: undefined, schema, folder: path.join(states, schema), leaseSeconds: 30, ...given }
    },
    restart: () => {
      halt()
      start()
    },
    halt,
    start,
    stop: () => {
      process.off('exit', atExit)
      halt()
      for (const made of [folder, states]) rmSync(made, { recursive: true, force: true })
    },
  }
}

function unprivileged(): { uid: number; gid: number } {
  const ask = (what: string): number => Number(execFileSync('id', [what, 'postgres'], { encoding: 'utf8' }))
  return { uid: ask('-u'), gid: ask('-g') }
}
