import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { demoWorkspace, type NightTruth, simulateNight } from '../../src/simulate/index.js'
import type { RunStatus } from '../../src/state/index.js'
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

/** The run of a job begun last; undefined when none was begun. */
export function lastRun(
  folder: string,
  job = 'receipt-to-invoice',
): { readonly id: string; readonly status: RunStatus } | undefined {
  const file = path.join(folder, 'state', 'matchbook.db')
  if (!existsSync(file)) return undefined
  // Not read-only: what a kill left half done is rolled back by whoever opens next.
  const database = new Database(file)
  try {
    const begun = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'runs'").get()
    if (begun === undefined) return undefined
    return database
      .prepare('SELECT id, status FROM runs WHERE job = ? ORDER BY rowid DESC LIMIT 1')
      .get(job) as ReturnType<typeof lastRun>
  } finally {
    database.close()
  }
}

/** Makes a folder what another is, times included; an empty one where there is no other. */
export function restore(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  execFileSync('sh', ['-c', 'find "$1" -mindepth 1 -delete', 'sh', to])
  if (existsSync(from)) cpSync(from, to, { recursive: true, preserveTimestamps: true })
}
