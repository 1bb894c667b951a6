import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PostgresServer } from './postgres.js'

const program = '/usr/sbin/pgbouncer'

export const hasPgBouncer = existsSync(program)
/** For the name of what is skipped. */
export const withoutPgBouncer = 'skipped: no PgBouncer here (apt-get install -y --no-install-recommends pgbouncer)'

export interface PgBouncer {
  /** postgres://... of the server's database through the pool. */
  readonly url: string
  stop(): void
}

/** A pool before a server, on a socket in a folder of its own. */
export async function startPgBouncer(server: PostgresServer, mode: 'session' | 'transaction'): Promise<PgBouncer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'matchbook-pool-'))
  const host = /host=([^&]*)/.exec(server.url)?.[1]
  const settings = path.join(folder, 'pgbouncer.ini')
  writeFileSync(path.join(folder, 'users'), '"matchbook" ""\n')
  writeFileSync(
    settings,
    `[databases]
postgres = host=${host} dbname=postgres
[pgbouncer]
listen_addr =
unix_socket_dir = ${folder}
listen_port = 6432
auth_type = trust
auth_file = ${folder}/users
pool_mode = ${mode}
`,
  )
  // It refuses to work for root.
  const user = process.getuid?.() === 0 ? ['-u', 'postgres'] : []
  if (user.length > 0) execFileSync('chown', ['-R', 'postgres', folder])
  const child = spawn(program, ['-q', ...user, settings], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (text) => {
    said += text
  })
  const atExit = (): void => void child.kill('SIGKILL')
  process.once('exit', atExit)
  while (!existsSync(path.join(folder, '.s.PGSQL.6432'))) {
    if (child.exitCode !== null) throw new Error(`PgBouncer ended: ${said}`)
    await sleep(20)
  }
  return {
    url: `postgres:///postgres?host=${folder}&port=6432&user=matchbook`,
    stop() {
      process.off('exit', atExit)
      child.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
