import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { withRunResults } from '../../src/app/runs/run-results.js'
import { smallNight, sql } from './small-night.js'
import { invoices, type X12Workspace } from './x12-workspace.js'

let workspace: X12Workspace
beforeAll(async () => {
  workspace = await smallNight()
})
afterAll(() => workspace?.remove())

/** The suites as a build server would read them: name, counts, and each failure. */
async function results(work: () => Promise<unknown>): Promise<string[]> {
  const file = path.join(workspace.folder, 'results.xml')
  await withRunResults(workspace.folder, file, work).catch(() => {})
  execFileSync('python3', ['-c', 'import sys, xml.dom.minidom as m; m.parse(sys.argv[1])', file], { stdio: 'pipe' })
  const xml = readFileSync(file, 'utf8')
  return [...xml.matchAll(/<testsuite name="([^"]+)".* failures="(\d+)"|<failure message="([^"]+)"/g)].map(
    ([, job, failures, message]) => message ?? `${job}: ${failures} failures`,
  )
}

it('a good run is a suite of its steps; a file in quarantine is a failure, and only runs of this call are told', async () => {
  expect(await results(() => workspace.run())).toEqual(['receipt-to-invoice: 0 failures'])
  workspace.put('cut.810', invoices(101).slice(0, 300))
  expect(await results(() => workspace.run())).toEqual(['receipt-to-invoice: 1 failures', '1 files in quarantine'])
  expect(readFileSync(path.join(workspace.folder, 'results.xml'), 'utf8')).toMatch(
    /<testcase [^>]*name="settle" time="[\d.]+"\/>/,
  )
})

it('that results cannot be written does not hide why the work failed', async () => {
  const work = () => Promise.reject(new Error('the disk is full'))
  await expect(withRunResults(workspace.folder, '/dev/null', work)).rejects.toThrow('the disk is full')
})

it('a run that failed is told with its reason', async () => {
  sql(
    workspace,
    "CREATE TRIGGER no_report BEFORE INSERT ON steps WHEN NEW.name = 'report' BEGIN SELECT RAISE(ABORT, 'no <report> today'); END",
  )
  expect(await results(() => workspace.run())).toEqual(['receipt-to-invoice: 1 failures', 'no &lt;report&gt; today'])
})
