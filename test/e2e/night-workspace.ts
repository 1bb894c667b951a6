import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
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

/** Whether the last run was cut off; false when it came to its end before the kill. */
export function isCutOff(folder: string): boolean {
  const file = path.join(folder, 'state', 'matchbook.db')
  if (!existsSync(file)) return true
  // Not read-only: what a kill left half done is rolled back by whoever opens next.
  const database = new Database(file)
  try {
    const begun = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'runs'").get()
    const running = begun && database.prepare("SELECT SUM(status = 'running') AS cut, COUNT(*) AS runs FROM runs").get()
    const { cut, runs } = (running ?? { cut: 0, runs: 0 }) as { cut: number | null; runs: number }
    return runs === 0 || cut !== 0
  } finally {
    database.close()
  }
}

/** Copies a drops folder back as it was, for another try on the same night. */
export function restore(from: string, to: string): void {
  execFileSync('sh', ['-c', 'find "$1" -mindepth 1 -delete', 'sh', to])
  cpSync(from, to, { recursive: true, preserveTimestamps: true })
}
