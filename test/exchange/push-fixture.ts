import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openTools } from '../../src/app/compose.js'
import { silent } from '../../src/app/progress.js'
import { type Pushed, pushOutbox } from '../../src/app/push/push-outbox.js'
import type { Tools } from '../../src/app/tools.js'
import { init } from '../../src/app/workspace/init.js'
import { queueOutbox } from '../../src/state/index.js'
import { type FaultyProxy, startFaultyProxy } from '../servers/faulty-proxy.js'
import { type OpenSshServer, startOpenSsh } from '../servers/openssh.js'

/** The ERP's server behind a line that may fail, and its standby: two real servers, started once. */
export interface Servers {
  readonly erp: OpenSshServer
  readonly line: FaultyProxy
  readonly standby: OpenSshServer
  stop(): Promise<void>
}

export async function startServers(): Promise<Servers> {
  const [erp, standby] = [await startOpenSsh(), await startOpenSsh()]
  const line = await startFaultyProxy(erp.port)
  return {
    erp,
    line,
    standby,
    async stop() {
      await line.stop()
      await erp.stop()
      await standby.stop()
    },
  }
}

let count = 0
const nextNumber = (): number => {
  count += 1
  return count
}

/** A workspace whose ERP takes loads in a folder of its own, `folder`, and in `other`. */
export class PushFixture {
  readonly #base = mkdtempSync(path.join(tmpdir(), 'matchbook-push-'))
  readonly #number = nextNumber()
  readonly folder = `inbound${this.#number}`
  readonly other = `other${this.#number}`
  #tools: Tools | undefined

  private constructor(readonly servers: Servers) {}

  /** @param erp more settings of the endpoint. @param load more settings of the load; YAML in one line. */
  static async make(servers: Servers, erp = '', load = ''): Promise<PushFixture> {
    const fixture = new PushFixture(servers)
    const workspace = path.join(fixture.#base, 'lakeside')
    await init({ folder: workspace, name: 'Lakeside', jobs: [] })
    const to = ({ port, fingerprint, username, privateKeyFile }: Login, more: string): string =>
      `{ kind: sftp, host: 127.0.0.1, port: ${port}, username: ${username}, host-key: { fingerprint: "${fingerprint}" }, tries: 1, retry: { pause-seconds: 0.001 }${more}${more.includes('login:') ? '' : `, login: { key: { file: "${privateKeyFile}" } }`} }`
    const behindLine = { ...servers.erp, port: servers.line.port }
    edit(
      path.join(workspace, 'matchbook.yaml'),
      'erp: { kind: local, folder: drops/erp }',
      `erp: ${to(behindLine, erp)}\n  standby: ${to(servers.standby, '')}`,
    )
    const job = path.join(workspace, 'jobs', 'receipt-to-invoice.yaml')
    edit(job, '  folder: inbound\n', `  folder: ${fixture.folder}\n${load === '' ? '' : `    ${load}\n`}`)
    for (const folder of [fixture.folder, fixture.other]) {
      mkdirSync(path.join(servers.erp.root, folder))
      mkdirSync(path.join(servers.standby.root, folder))
    }
    fixture.#tools = await openTools(
      {
        workspace,
        dryRun: false,
        progress: silent,
        logLevel: 'silent',
        logFormat: 'text',
      },
      'look',
    )
    return fixture
  }

  get tools(): Tools {
    if (this.#tools === undefined) throw new Error('not open')
    return this.#tools
  }

  async queue(name: string, content: string | Buffer = name, folder = this.folder, endpoint = 'erp'): Promise<void> {
    const bytes = Buffer.from(content)
    const file = path.join(this.#base, name)
    writeFileSync(file, bytes)
    await queueOutbox(
      this.tools.state.database,
      {
        idempotency_key: `${folder}/${name}`,
        load_id: null,
        endpoint,
        folder,
        name,
        local_file: file,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        size: bytes.length,
      },
      '2026-11-20T02:00:00.000Z',
    )
  }

  /** The next connection to the ERP is cut before a word is said. */
  down(): void {
    this.servers.line.after(0, 'cut')
  }

  async push(run: string, otherwise: Partial<Tools> = {}): Promise<Pushed> {
    return (await pushOutbox({ id: run }, { ...this.tools, ...otherwise })).output
  }

  async byHand(): Promise<Pushed> {
    return (await pushOutbox({ id: 'by hand', insists: true }, this.tools)).output
  }

  at(server: 'erp' | 'standby', folder = this.folder): string {
    return path.join(this.servers[server].root, folder)
  }

  /** Names and contents of what stands there, hidden names too. */
  standing(server: 'erp' | 'standby', folder = this.folder): Record<string, string> {
    const where = this.at(server, folder)
    return Object.fromEntries(
      readdirSync(where)
        .sort()
        .map((name) => [name, readFileSync(path.join(where, name), 'utf8')]),
    )
  }

  async audit(): Promise<string[]> {
    const rows = await this.tools.state.database.selectFrom('audit').selectAll().orderBy('sequence').execute()
    return rows.map(({ action, subject }) => `${subject}: ${action}`)
  }

  async remove(): Promise<void> {
    await this.#tools?.close()
    rmSync(this.#base, { recursive: true, force: true })
  }
}

type Login = Pick<OpenSshServer, 'port' | 'fingerprint' | 'username' | 'privateKeyFile'>

function edit(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8')
  if (!text.includes(from)) throw new Error(`the scaffold has no ${from}`)
  writeFileSync(file, text.replace(from, to))
}
