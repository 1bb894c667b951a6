import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { smallNight } from '../app/small-night.js'
import { invoices, type X12Workspace } from '../app/x12-workspace.js'
import { matchbook, matchbookJson } from './matchbook.js'

interface FileJson {
  readonly id: number
  readonly name: string
  readonly disposition: string
}

let workspace: X12Workspace
const call = (...args: string[]) => matchbook(args, { cwd: workspace.folder })
const json = <T>(...args: string[]) => matchbookJson<T>(args, { cwd: workspace.folder })

beforeAll(async () => {
  workspace = await smallNight()
  workspace.put('good.810', invoices(101))
  workspace.put('cut.810', invoices(102).slice(0, 200))
})
afterAll(() => workspace?.remove())

describe('the commands of quarantine and replay', () => {
  it('take in, show the bytes of what is bad, discard it and replay what is good, each with its exit code', async () => {
    expect(await json('pull', 'medsupply')).toMatchObject({ exit: 0, json: { jobs: [{ taken: 2 }] } })
    expect((await call('run', 'receipt-to-invoice')).exit).toBe(0)
    const { json: list } = await json<{ files: FileJson[] }>('quarantine', 'list')
    expect(list.files.map(({ name }) => name)).toEqual(['cut.810'])

    const shown = await call('quarantine', 'show', 'cut.810')
    expect(shown.exit).toBe(0)
    expect(shown.stdout).toMatch(/^ +\d+ {2}([0-9a-f]{2} ){15}[0-9a-f]{2} {2}.{16}$/m)
    expect(shown.stdout).toMatch(/\^\^/)
    expect(shown.stdout).toContain('matchbook quarantine release')

    expect((await call('quarantine', 'discard', 'cut.810')).exit).toBe(2)
    expect((await call('quarantine', 'discard', 'cut.810', '--reason', 'asked for anew')).stdout).toContain(
      'is discarded',
    )
    expect((await call('quarantine', 'discard', 'cut.810', '--reason', 'again')).stdout).toContain('asked for anew')
    expect((await json('quarantine', 'release', 'cut.810')).json).toMatchObject({
      error: { code: 'FILE-NOT-QUARANTINED' },
    })

    const replayed = await json<{ files: FileJson[]; run: { run: string } }>('replay', 'good.810')
    expect(replayed).toMatchObject({ exit: 0, json: { files: [{ before: 'read', after: 'read', readAnew: 2 }] } })
    expect((await call('retry', replayed.json.run.run)).exit).toBe(2)
    expect((await call('replay', 'cut.810')).stderr).toContain('discarded by')
  })

  it('judge past days, say what waits in the outbox and what is kept', async () => {
    const days = ['--from', '2026-11-12', '--to', '2026-11-13', '--dry-run']
    const { exit, json: filled } = await json<{ runs: { asOf: string }[] }>('backfill', 'receipt-to-invoice', ...days)
    expect([exit, filled.runs.map(({ asOf }) => asOf)]).toEqual([0, ['2026-11-12', '2026-11-13']])
    expect((await call('push', '--dry-run')).stdout).toBe('The outbox is empty.\n')
    expect((await call('purge')).stdout).toContain('everything is kept')
    rmSync(workspace.drop, { recursive: true })
    writeFileSync(path.join(workspace.folder, 'drops', 'suppliers', 'medsupply', 'outbound'), 'no folder')
    const { exit: failed, json: pulled } = await json<{ jobs: { failures: object[] }[] }>('pull', 'medsupply')
    expect([failed, pulled.jobs[0]?.failures.length]).toEqual([expect.any(Number), 1])
    expect([4, 7, 8]).toContain(failed)
  })
})
