import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  type Endpoint,
  type FolderArchive,
  openArchive,
  type PullDrop,
  type PullOptions,
  type PullResult,
  pullDrop,
} from '../../src/exchange/index.js'
import { createLocalEndpoint } from '../../src/exchange/local/local-endpoint.js'
import { createSftpEndpoint } from '../../src/exchange/sftp/sftp-endpoint.js'
import { startOpenSsh } from '../servers/openssh.js'
import { FileLedger } from './ledger.js'
import { sftpTo } from './sftp-to.js'

/** An endpoint whose files a test can put and see: the same tests run over each kind. */
export interface Place {
  readonly endpoint: Endpoint
  readonly root: string
  stop(): Promise<void>
}

export const places: readonly (readonly [kind: string, start: () => Promise<Place>])[] = [
  [
    'a local folder',
    async () => {
      const root = mkdtempSync(path.join(tmpdir(), 'matchbook-drop-'))
      const stop = async () => rmSync(root, { recursive: true, force: true })
      return { root, endpoint: createLocalEndpoint('medline', { folder: root }), stop }
    },
  ],
  [
    'an OpenSSH server',
    async () => {
      const server = await startOpenSsh()
      const endpoint = createSftpEndpoint('medline', sftpTo(server))
      const stop = async () => {
        await endpoint.close()
        await server.stop()
      }
      return { root: server.root, endpoint, stop }
    },
  ],
]

/** A folder of its own at a place, with an archive and a ledger. */
export class DropFixture {
  readonly #home = mkdtempSync(path.join(tmpdir(), 'matchbook-taking-'))
  readonly ledger = new FileLedger()
  readonly folder: string
  archive!: FolderArchive
  /** The instant the pulls believe it is. */
  now = '2026-11-20T02:00:00.000Z'

  private constructor(
    readonly place: Place,
    n: number,
  ) {
    this.folder = `drop${n}`
  }

  static #count = 0

  static async at(place: Place): Promise<DropFixture> {
    DropFixture.#count += 1
    const fixture = new DropFixture(place, DropFixture.#count)
    mkdirSync(fixture.path('out'), { recursive: true })
    fixture.archive = await openArchive(path.join(fixture.#home, 'archive'))
    return fixture
  }

  /** On this machine. */
  path(...names: string[]): string {
    return path.join(this.place.root, this.folder, ...names)
  }

  put(name: string, content: string | Buffer = name, modified = 1_700_000_000): void {
    mkdirSync(path.dirname(this.path('out', name)), { recursive: true })
    writeFileSync(this.path('out', name), content)
    utimesSync(this.path('out', name), modified, modified)
  }

  pull(drop: Partial<PullDrop> = {}, options: PullOptions = {}, endpoint = this.place.endpoint): Promise<PullResult> {
    this.ledger.now = this.now
    const whole = { include: ['**'], exclude: [], stableSeconds: 0, after: { move: `${this.folder}/done` }, ...drop }
    return pullDrop(endpoint, { folder: `${this.folder}/out`, ...whole }, this.archive, this.ledger, {
      now: () => this.now,
      ...options,
    })
  }

  /** Every file below a folder of the drop, sorted. */
  files(folder = 'out'): string[] {
    try {
      return readdirSync(this.path(folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(this.path(folder), path.join(entry.parentPath, entry.name)))
        .sort()
    } catch {
      return []
    }
  }

  get work(): string {
    return path.join(this.#home, 'archive', 'work')
  }

  remove(): void {
    rmSync(this.#home, { recursive: true, force: true })
    rmSync(this.path(), { recursive: true, force: true })
  }
}

export const names = (files: readonly { readonly name: string }[]): string[] => files.map(({ name }) => name)
export const archived = ({ archivePath }: { readonly archivePath: string }): string =>
  readFileSync(archivePath, 'latin1')
