import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { matchbook } from '../e2e/matchbook.js'
import { edit, smallNight, sql } from './small-night.js'
import { exchange } from './x12-exchange.js'
import { invoices, type X12Workspace } from './x12-workspace.js'

// The clock of a machine is set, forwards or backwards, between nights and within one.

let workspace: X12Workspace
beforeEach(async () => {
  workspace = await smallNight('{ acknowledge: "997", send-to: { endpoint: medsupply, folder: inbound } }')
})
afterEach(() => workspace.remove())

const days = 24 * 3_600_000
/** An exchange by a clock that is so many milliseconds off. */
const exchangeAt = (off: number): Promise<void> =>
  workspace.with((tools) => exchange({ ...tools, now: () => new Date(Date.now() + off).toISOString() }))
const names = (): string[] => workspace.answers().map(([name]) => name)

describe('the clock is set between nights', () => {
  it('loses nothing, doubles nothing, and keeps the order of what goes out', async () => {
    for (const [n, off] of [400 * days, -30 * days, 3650 * days, 0].entries()) {
      workspace.put(`${n}.810`, invoices(101 + n))
      await exchangeAt(off)
    }
    expect(names()).toEqual([1, 2, 3, 4].map((n) => `054321987-081123450-997-00000000${n}.edi`))
    expect(sql(workspace, 'SELECT name, disposition FROM files ORDER BY id')).toEqual(
      [0, 1, 2, 3].map((n) => ({ name: `${n}.810`, disposition: 'read' })),
    )
    expect(sql(workspace, 'SELECT DISTINCT status FROM runs')).toEqual([{ status: 'done' }])
  })

  it('a file that waits to be whole waits as long as it should, and not for ever, when it was first seen by a clock far ahead', async () => {
    edit(workspace, 'jobs/receipt-to-invoice.yaml', (yaml) =>
      yaml.replaceAll('stable-seconds: 0, after', 'stable-seconds: 0, complete: x12, wait-hours: 24, after'),
    )
    workspace.put('a.810', invoices(101).slice(0, -20))
    const taken = () => sql(workspace, 'SELECT name FROM files').length
    await exchangeAt(3650 * days)
    await exchangeAt(0)
    await exchangeAt(days / 2)
    expect(taken()).toBe(0)
    await exchangeAt(days + 60_000)
    expect(taken()).toBe(1)
  })
})

/** Not by the program faketime, which stands between us and the process that is to be killed. */
const fakeTime = readdirSync('/usr/lib')
  .map((folder) => path.join('/usr/lib', folder, 'faketime', 'libfaketime.so.1'))
  .find((file) => existsSync(file))
const whyNot = fakeTime === undefined ? ' (not tested: apt-get install -y --no-install-recommends faketime)' : ''

describe.skipIf(fakeTime === undefined)(`the clock is set within a night${whyNot}`, () => {
  const nightly = [
    'run',
    'receipt-to-invoice',
    '--as-of',
    '2026-11-20',
    '--log-level',
    'info',
    '--log-format',
    'ndjson',
  ]
  const night = (off: string, killed = false) =>
    matchbook(nightly, {
      cwd: workspace.folder,
      env: { LD_PRELOAD: fakeTime ?? '', FAKETIME: off, DONT_FAKE_MONOTONIC: '1' },
      watch: (line, kill) => {
        if (killed && line.includes('"step":"read"')) kill('SIGKILL')
      },
    })

  it('goes on with the night that was cut off, whatever the clock said when it began', async () => {
    workspace.put('a.810', invoices(101))
    await night('+400d', true)
    await night('+0')
    workspace.put('b.810', invoices(102))
    await night('-30d', true)
    await night('+0')
    expect(sql(workspace, 'SELECT status FROM runs ORDER BY number')).toEqual([{ status: 'done' }, { status: 'done' }])
    expect(names()).toEqual([1, 2].map((n) => `054321987-081123450-997-00000000${n}.edi`))
    expect(sql(workspace, 'SELECT COUNT(*) AS files FROM files')).toEqual([{ files: 2 }])
    const { stdout } = await matchbook(['runs', 'list', '--json'], { cwd: path.resolve(workspace.folder) })
    const { runs } = JSON.parse(stdout) as { runs: readonly { startedAt: string }[] }
    // The newest is the one begun last, although its clock was behind.
    expect((runs[0]?.startedAt ?? '') < (runs[1]?.startedAt ?? '')).toBe(true)
  })
})
