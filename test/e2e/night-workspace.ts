import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { demoWorkspace, type NightTruth, simulateNight } from '../../src/simulate/index.js'
import { type OpenSshServer, startOpenSsh } from '../servers/openssh.js'

/** The day all nights of the tests are judged by. */
export const asOf = '2026-11-20'

/** A workspace with its own private OpenSSH server, both thrown away at the end. */
export interface NightWorkspace {
  readonly folder: string
  readonly server: OpenSshServer
  readonly truth: NightTruth
  stop(): Promise<void>
}

/** Lays out the seeded night on a private OpenSSH server and a workspace that knows it. */
export async function nightWorkspace(seed = 11): Promise<NightWorkspace> {
  const server = await startOpenSsh()
  const truth = await simulateNight({ seed, asOf, folder: server.root })
  const folder = path.join(mkdtempSync(path.join(path.dirname(server.root), 'workspace-')), 'lakeside')
  mkdirSync(folder)
  await demoWorkspace({
    folder,
    port: server.port,
    fingerprint: server.fingerprint,
    keyFile: server.privateKeyFile,
    username: server.username,
  })
  return {
    folder,
    server,
    truth,
    async stop() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** What the ERP's inbound folder holds: name -> SHA-256, so that a second copy or half a file would show. */
export function inbound(server: OpenSshServer): Record<string, string> {
  const folder = path.join(server.root, 'erp', 'inbound')
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .filter((name) => statSync(path.join(folder, name)).isFile())
      .map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(path.join(folder, name)))
          .digest('hex'),
      ]),
  )
}

/** What the suppliers' inbound folders hold: name -> text of the acknowledgment, without the time at which it was written. */
export function acknowledgments(server: OpenSshServer): Record<string, string> {
  const suppliers = path.join(server.root, 'suppliers')
  const files = readdirSync(suppliers).flatMap((partner) => {
    const folder = path.join(suppliers, partner, 'inbound')
    return readdirSync(folder).map((name) => path.join(folder, name))
  })
  const untimed = (text: string) =>
    text.replace(/\*\d{6}\*\d{4}\*U\*/, '*DATE*TIME*U*').replace(/(GS\*FA\*[^*]*\*[^*]*)\*\d{8}\*\d{4}/, '$1*DATE*TIME')
  return Object.fromEntries(files.sort().map((file) => [path.basename(file), untimed(readFileSync(file, 'latin1'))]))
}

/** What a night leaves in the store, without the instants and ids that differ from run to run. */
export function endState(folder: string): object {
  const database = new Database(path.join(folder, 'state', 'matchbook.db'), { readonly: true })
  const all = (sql: string): unknown[] => database.prepare(sql).all()
  try {
    return {
      files: all(
        'SELECT input, name, sha256, disposition, records, accepted, rejected FROM files ORDER BY input, name, sha256, disposition',
      ),
      documents: all('SELECT id, kind, partner, business_key, state FROM documents ORDER BY id'),
      exceptions: all('SELECT fingerprint, code, status, amount_at_risk, message FROM exceptions ORDER BY fingerprint'),
      events: all(
        'SELECT fingerprint, e.status FROM exception_events e JOIN exceptions x ON x.id = e.exception_id ORDER BY 1, 2',
      ),
      invoices: all('SELECT invoice_id, outcome, amount, codes FROM invoice_results ORDER BY invoice_id'),
      loads: all('SELECT idempotency_key, status, invoices, lines, amount FROM loads ORDER BY idempotency_key'),
      outbox: all('SELECT idempotency_key, status FROM outbox ORDER BY idempotency_key'),
    }
  } finally {
    database.close()
  }
}

/** Whether the last run was cut off; false when it came to its end before the kill. */
export function isCutOff(folder: string): boolean {
  const file = path.join(folder, 'state', 'matchbook.db')
  if (!existsSync(file)) return true
  const database = new Database(file, { readonly: true })
  try {
    const last = database.prepare('SELECT status FROM runs ORDER BY started_at DESC LIMIT 1').get() as
      | { status: string }
      | undefined
    return last === undefined || last.status === 'running'
  } finally {
    database.close()
  }
}

/** Copies a drops folder back as it was, for another try on the same night. */
export function restore(from: string, to: string): void {
  execFileSync('sh', ['-c', 'find "$1" -mindepth 1 -delete', 'sh', to])
  cpSync(from, to, { recursive: true, preserveTimestamps: true })
}
