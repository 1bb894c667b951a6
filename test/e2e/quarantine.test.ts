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

    const discarded = await call('quarantine', 'discard', 'cut.810', '--reason', 'asked for anew')
    expect(discarded.stdout).toContain('is discarded')
    const released = await json('quarantine', 'release', 'cut.810')
    expect(released).toMatchObject({ exit: 2, json: { error: { code: 'FILE-NOT-QUARANTINED' } } })

    expect(await json('replay', 'good.810')).toMatchObject({
      exit: 0,
      json: { files: [{ before: 'read', after: 'read', readAnew: 2 }] },
    })
  })

  it('judge past days, and say what waits in the outbox', async () => {
    const days = ['--from', '2026-11-13', '--to', '2026-11-15', '--dry-run']
    const { exit, json: filled } = await json<{ runs: { asOf: string }[] }>('backfill', 'receipt-to-invoice', ...days)
    expect([exit, filled.runs.map(({ asOf }) => asOf)]).toEqual([0, ['2026-11-13']])
    expect((await call('push', '--dry-run')).stdout).toBe('The outbox is empty.\n')
  })
})
