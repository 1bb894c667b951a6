import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openReading } from '../../src/app/compose.js'
import { doctor } from '../../src/app/doctor/doctor.js'
import { showFiles } from '../../src/app/files/list-files.js'
import { showQuarantined } from '../../src/app/quarantine/quarantine.js'
import type { Reading } from '../../src/app/reading.js'
import { backup } from '../../src/app/recovery/backup.js'
import { restore } from '../../src/app/recovery/restore.js'
import { replay } from '../../src/app/replay/replay.js'
import { retry } from '../../src/app/replay/retry.js'
import { purge } from '../../src/app/retention/purge.js'
import { sweepArchive } from '../../src/app/retention/sweep-archive.js'
import { writeInto } from '../../src/exchange/write-into.js'
import { startFaultyProxy } from '../servers/faulty-proxy.js'
import { hasS3, type S3Server, startS3, withoutS3 } from '../servers/s3.js'
import { edit, options, smallNight, sql } from './small-night.js'
import { invoices, type X12Workspace } from './x12-workspace.js'

let server: S3Server
let workspace: X12Workspace
let base: string
const LONG_AGO = '2025-03-15T08:00:00.000Z'
const broken = invoices(102).slice(0, 200)

beforeAll(async () => {
  if (!hasS3) return
  server = await startS3()
  base = mkdtempSync(path.join(tmpdir(), 'matchbook-s3-night-'))
  workspace = await smallNight()
  const key = path.join(base, 'secret-key')
  writeFileSync(key, `${server.keys.secretKey}\n`, { mode: 0o600 })
  const s3 = `{ bucket: archive, tries: 1, prefix: lakeside, endpoint: "http://127.0.0.1:${server.port}", access-key: { command: [echo, "${server.keys.accessKey}"] }, secret-key: { file: ${key} } }`
  edit(workspace, 'matchbook.yaml', (yaml) => `${yaml}archive: { copies: ${path.join(base, 'copies')}, s3: ${s3} }\n`)
  workspace.put('first.810', invoices(101))
  workspace.put('cut.810', broken)
  await workspace.run()
})
afterAll(async () => {
  workspace?.remove()
  await server?.stop()
  if (base !== undefined) rmSync(base, { recursive: true, force: true })
})

/** As another machine that has no copy yet. */
const forgetCopies = (): void => rmSync(path.join(base, 'copies'), { recursive: true, force: true })
async function reading<T>(work: (from: Reading) => Promise<T>): Promise<T> {
  const from = await openReading(workspace.folder)
  return work(from).finally(() => from.state.close())
}
const stored = (): Promise<string[]> =>
  workspace.with(async ({ archive }) => {
    const all: string[] = []
    for await (const batch of archive.stored()) all.push(...batch.map(({ sha256 }) => sha256))
    return all.sort()
  })
const known = (): string[] =>
  sql(workspace, 'SELECT DISTINCT sha256 FROM files WHERE purged_at IS NULL ORDER BY sha256').map(({ sha256 }) =>
    String(sha256),
  )

describe.skipIf(!hasS3)(hasS3 ? 'a workspace whose archive is in an S3 store' : withoutS3, () => {
  it('takes a night in there and nowhere else, and says where each file is', async () => {
    expect(known().length).toBe(2)
    expect(await stored()).toEqual(known())
    expect(existsSync(path.join(workspace.folder, 'state', 'archive'))).toBe(false)
    const [file] = await reading((from) => showFiles(from, 'first.810'))
    expect(file?.archived).toBe(`s3://archive/lakeside/${file?.sha256.slice(0, 2)}/${file?.sha256}`)
  })

  it('shows the bytes around a fault, and reads a file again, on a machine that never had it', async () => {
    forgetCopies()
    const { findings, withheld } = await reading((from) => showQuarantined(from, 'cut.810', 16))
    expect(withheld).toBeNull()
    expect(findings.flatMap(({ bytes }) => bytes).length).toBeGreaterThan(0)
    forgetCopies()
    const { files } = await replay({
      ...options(workspace),
      subject: 'first.810',
      by: undefined,
      asOf: undefined,
      failOn: undefined,
    })
    expect(files).toMatchObject([{ name: 'first.810', after: 'read' }])
  })

  it('is backed up as a folder, and a restored workspace keeps its own', async () => {
    forgetCopies()
    const { folder: taken } = await backup({ ...options(workspace), to: path.join(base, 'backup') })
    const { folder } = await restore(taken, path.join(base, 'restored'))
    expect(readFileSync(path.join(folder, 'matchbook.yaml'), 'utf8')).not.toContain('bucket')
    for (const sha256 of known())
      expect(existsSync(path.join(folder, 'state/archive', sha256.slice(0, 2), sha256))).toBe(true)
  })

  it('is looked at by doctor, down to whether it checks what it is given', async () => {
    const { checks } = await doctor(workspace.folder, { connect: true, write: true })
    const about = checks.filter(({ subject }) => /archive/.test(subject))
    expect(about.map(({ subject, state }) => [subject, state])).toEqual([
      ['access-key of the archive', 'good'],
      ['secret-key of the archive', 'good'],
      ['archive', 'good'],
      ['archive: writing', 'good'],
      ['archive: files', 'good'],
    ])
    expect(await stored()).toEqual(known())
  })

  it('loses nothing of a night in which the store goes down, and retry goes on with it', async () => {
    const line = await startFaultyProxy(server.port)
    const through = (from: number, to: number) =>
      edit(workspace, 'matchbook.yaml', (yaml) => yaml.replace(`127.0.0.1:${from}`, `127.0.0.1:${to}`))
    through(server.port, line.port)
    await line.stop()
    workspace.put('late.810', invoices(103))
    const drop = path.join(workspace.drop, 'late.810')
    const down = await workspace.run().catch((error: unknown) => error)
    expect(down).toMatchObject({ code: 'ARCHIVE-UNREACHABLE' })
    expect(existsSync(drop)).toBe(true)
    through(line.port, server.port)
    const [last] = sql(workspace, 'SELECT id, status FROM runs ORDER BY number DESC LIMIT 1')
    expect(last?.status).toBe('running')
    await retry({ ...options(workspace), run: String(last?.id), failOn: undefined })
    expect(existsSync(drop)).toBe(false)
    expect(sql(workspace, "SELECT disposition FROM files WHERE name = 'late.810'")).toEqual([{ disposition: 'read' }])
  })

  it('purges there what retention lets go, and what was never booked', async () => {
    const before = known()
    const [{ id, sha256 } = {}] = sql(workspace, "SELECT id, sha256 FROM files WHERE name = 'first.810'")
    sql(workspace, `UPDATE files SET taken_at = '${LONG_AGO}' WHERE id = ${id}`)
    sql(
      workspace,
      `UPDATE documents SET taken_at = '${LONG_AGO}', received_on = '2025-03-15', state = 'vouchered' WHERE file_id = ${id}`,
    )
    sql(workspace, `UPDATE exceptions SET status = 'healed' WHERE evidence LIKE '%${sha256}%'`)
    edit(workspace, 'matchbook.yaml', (yaml) => `${yaml}retention: { files: 400 }\n`)
    const stray = await workspace.with(async ({ archive }) => {
      const held = archive.held()
      await writeInto(held, Buffer.from('killed before it was booked'))
      return (await held.keep()).sha256
    })
    await purge(options(workspace))
    expect(known()).toEqual(before.filter((kept) => kept !== sha256))
    // It may be on its way into the ledger yet.
    expect(await stored()).toEqual([...known(), stray].sort())
    // A store tells the time by the second, and may round it up.
    expect(await workspace.with((tools) => sweepArchive(tools, -2000))).toBe(1)
    expect(await stored()).toEqual(known())
  })
})
