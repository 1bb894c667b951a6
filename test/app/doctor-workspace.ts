import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parse, stringify } from 'yaml'
import { type Check, doctor, type Examination } from '../../src/app/doctor/doctor.js'
import { foldersUsed } from '../../src/app/doctor/folders-used.js'
import { requireWorkspace } from '../../src/app/workspace/require-workspace.js'
import { demoWorkspace } from '../../src/simulate/index.js'
import type { OpenSshServer } from '../servers/openssh.js'

/** The demo's workspace, whose one endpoint `exchange` is the server given. */
export class DoctorWorkspace {
  readonly #base = mkdtempSync(path.join(tmpdir(), 'matchbook-doctor-test-'))
  readonly folder = path.join(this.#base, 'lakeside')

  static async make(server: OpenSshServer): Promise<DoctorWorkspace> {
    const workspace = new DoctorWorkspace()
    mkdirSync(workspace.folder)
    const { port, fingerprint, privateKeyFile: keyFile, username } = server
    await demoWorkspace({ folder: workspace.folder, port, fingerprint, keyFile, username })
    return workspace
  }

  /** Makes at the server all that the workspace uses. */
  async makeFolders(root: string): Promise<void> {
    for (const { folder } of foldersUsed(await requireWorkspace(this.folder))) {
      mkdirSync(path.join(root, folder), { recursive: true })
    }
  }

  /** Other settings of the endpoint from here on; undefined leaves one out. */
  endpoint(change: Record<string, unknown>): void {
    const file = path.join(this.folder, 'matchbook.yaml')
    const settings: { endpoints: Record<string, Record<string, unknown>> } = parse(readFileSync(file, 'utf8'))
    settings.endpoints.exchange = { ...settings.endpoints.exchange, ...change }
    writeFileSync(file, stringify(settings, { aliasDuplicateObjects: false }))
  }

  look(connect = true, write = false): Promise<Examination> {
    return doctor(this.folder, { connect, write })
  }

  remove(): void {
    rmSync(this.#base, { recursive: true, force: true })
  }
}

export const about = ({ checks }: Examination, subject: string): Check | undefined =>
  checks.find((check) => check.subject === `exchange: ${subject}`)

export const wrong = ({ checks }: Examination): Check[] => checks.filter(({ state }) => state === 'bad')
