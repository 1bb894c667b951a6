import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withReading } from '../../src/app/open-workspace.js'
import { backup } from '../../src/app/recovery/backup.js'
import { runJobs } from '../../src/app/run-jobs.js'
import { status } from '../../src/app/status.js'
import { edit, options, smallNight } from './small-night.js'
import { invoices, type X12Workspace } from './x12-workspace.js'

let workspace: X12Workspace
let base: string
const disk = () => path.join(base, 'disk')
const known = () => path.join(workspace.folder, '.known-stores')
const night = (dryRun = false) =>
  runJobs({
    ...options(workspace, dryRun),
    jobs: ['receipt-to-invoice'],
    all: false,
    asOf: '2026-11-20',
    failOn: undefined,
  })
const missing = { code: 'STATE-MISSING', message: expect.stringMatching(/ but .*\.known-stores knows one there$/) }

beforeAll(async () => {
  base = mkdtempSync(path.join(tmpdir(), 'matchbook-disk-'))
  workspace = await smallNight()
  edit(workspace, 'matchbook.yaml', (yaml) => yaml.replace('folder: state', `folder: ${disk()}`))
  workspace.put('first.810', invoices(101))
})
afterAll(() => {
  workspace?.remove()
  rmSync(base, { recursive: true, force: true })
})

describe('a state folder on a disk of its own', () => {
  it('is remembered by the workspace from the first night on, and not by a night that is only tried', async () => {
    await night(true)
    expect(readdirSync(workspace.folder)).not.toContain('.known-stores')
    await night()
    await night()
    expect(readFileSync(known(), 'utf8').match(/^[^#].*$/gm)).toEqual([disk()])
  })

  it('that is not mounted is no new workspace: nothing is taken, tried, shown or copied', async () => {
    workspace.put('second.810', invoices(102))
    renameSync(disk(), path.join(base, 'unmounted'))
    mkdirSync(disk())
    for (const refused of [
      () => night(),
      () => night(true),
      () => withReading(workspace.folder, status),
      () => backup({ ...options(workspace), to: path.join(base, 'backups') }),
    ])
      await expect(refused()).rejects.toMatchObject(missing)
    expect(readdirSync(workspace.drop)).toContain('second.810')
    rmSync(disk(), { recursive: true })
    renameSync(path.join(base, 'unmounted'), disk())
    await night()
    expect(
      await workspace.with(async ({ state }) => state.database.selectFrom('files').select('name').execute()),
    ).toEqual([{ name: 'first.810' }, { name: 'second.810' }])
  })

  it('is begun anew on purpose where its line was removed', async () => {
    renameSync(disk(), path.join(base, 'old'))
    writeFileSync(known(), readFileSync(known(), 'utf8').replace(`${disk()}\n`, ''))
    await night()
    expect(readFileSync(known(), 'utf8')).toContain(disk())
  })
})
