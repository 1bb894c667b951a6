import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import type { OpenSshServer } from '../servers/openssh.js'
import type { NightWorkspace } from './night-workspace.js'

/**
 * What a night came to, in the store, in the archive and at the partners: part -> one line a thing, without the instants and ids that
 * differ from run to run. Two nights that did the same are equal.
 */
export type FinishedNight = Readonly<Record<string, readonly string[]>>

export function finishedNight({ folder, server }: Pick<NightWorkspace, 'folder' | 'server'>): FinishedNight {
  const parts: Record<string, readonly unknown[]> = {
    ...endState(folder),
    ...bookkeeping(folder),
    archive: archived(path.join(folder, 'state', 'archive')),
    deliveries: Object.entries(inbound(server)),
    acknowledgments: Object.entries(acknowledgments(server)),
    sources: Object.entries(hashes(server.root)).filter(([name]) => !name.includes('/inbound/')),
  }
  return Object.fromEntries(
    Object.entries(parts).map(([part, things]) => [part, things.map((thing) => JSON.stringify(thing)).sort()]),
  )
}

/** What a night left that another has not, and the other way round; empty when they did the same. */
export function differences(expected: FinishedNight, found: FinishedNight): string[] {
  const parts = [...new Set([...Object.keys(expected), ...Object.keys(found)])]
  return parts.flatMap((part) => [
    ...without(expected[part] ?? [], found[part] ?? []).map((thing) => `lost in ${part}: ${thing}`),
    ...without(found[part] ?? [], expected[part] ?? []).map((thing) => `too much in ${part}: ${thing}`),
  ])
}

/** Of two bags of lines, what is left of the first when the second is taken out. */
function without(lines: readonly string[], taken: readonly string[]): string[] {
  const left = [...lines]
  for (const line of taken) {
    const at = left.indexOf(line)
    if (at >= 0) left.splice(at, 1)
  }
  return left
}

/** What the ERP's inbound folder holds: name -> SHA-256, so that a second copy or half a file would show. */
export const inbound = (server: OpenSshServer): Record<string, string> =>
  hashes(path.join(server.root, 'erp', 'inbound'))

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
export function endState(folder: string): Record<string, readonly unknown[]> {
  return asked(folder, {
    files:
      'SELECT input, name, sha256, disposition, records, accepted, rejected FROM files ORDER BY input, name, sha256, disposition',
    documents: 'SELECT id, kind, partner, business_key, state FROM documents ORDER BY id',
    exceptions: 'SELECT fingerprint, code, status, amount_at_risk, message FROM exceptions ORDER BY fingerprint',
    events:
      'SELECT fingerprint, e.status FROM exception_events e JOIN exceptions x ON x.id = e.exception_id ORDER BY 1, 2',
    invoices: 'SELECT invoice_id, outcome, amount, codes FROM invoice_results ORDER BY invoice_id',
    loads: 'SELECT idempotency_key, status, invoices, lines, amount FROM loads ORDER BY idempotency_key',
    outbox: 'SELECT idempotency_key, status FROM outbox ORDER BY idempotency_key',
  })
}

/** That it was one run, that each thing was said to be done once, and that the database is sound. */
const bookkeeping = (folder: string): Record<string, readonly unknown[]> =>
  asked(folder, {
    runs: 'SELECT job, as_of, kind, status FROM runs',
    steps: 'SELECT name FROM steps ORDER BY name',
    'invoices in loads': 'SELECT invoice_id, amount FROM load_invoices ORDER BY invoice_id',
    pushes: "SELECT subject FROM audit WHERE action IN ('pushed', 'found already there') ORDER BY subject",
    'audit entries': "SELECT action, COUNT(*) FROM audit WHERE actor LIKE 'run %' GROUP BY action ORDER BY action",
    'control numbers': 'SELECT ours, partner, kind, last FROM x12_counters ORDER BY 1, 2, 3',
    database: 'PRAGMA integrity_check',
  })

function asked(folder: string, questions: Readonly<Record<string, string>>): Record<string, readonly unknown[]> {
  const database = new Database(path.join(folder, 'state', 'matchbook.db'), { fileMustExist: true })
  try {
    return Object.fromEntries(Object.entries(questions).map(([part, sql]) => [part, database.prepare(sql).all()]))
  } finally {
    database.close()
  }
}

/** Hashes of what the archive holds; bytes that do not belong to their name, and what lies in its work folder, show as such. */
const archived = (folder: string): string[] =>
  Object.entries(hashes(folder)).map(([name, sha256]) =>
    path.basename(name) === sha256 ? sha256 : `${name}: ${sha256}`,
  )

/** Every file below a folder: path -> SHA-256. */
function hashes(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
  return Object.fromEntries(
    files
      .sort()
      .map((file) => [path.relative(folder, file), createHash('sha256').update(readFileSync(file)).digest('hex')]),
  )
}
