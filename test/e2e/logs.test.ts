import { afterAll, beforeAll, expect, it } from 'vitest'
import { smallNight } from '../app/small-night.js'
import { invoices, type X12Workspace } from '../app/x12-workspace.js'
import { matchbook } from './matchbook.js'

let workspace: X12Workspace
beforeAll(async () => {
  workspace = await smallNight('{ acknowledge: "997", send-to: { endpoint: medsupply, folder: inbound } }')
  workspace.put('one.810', invoices(101))
})
afterAll(() => workspace?.remove())

it('each line of a run says which run, job and step it is of, and the file where it is about one', async () => {
  const args = ['run', 'receipt-to-invoice', '--log-level', 'debug', '--log-format', 'ndjson']
  const { exit, stderr } = await matchbook(args, { cwd: workspace.folder })
  expect(exit, stderr).toBe(0)
  const lines = stderr.trim().split('\n')
  const parsed = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(parsed.length).toBeGreaterThan(15)
  expect(parsed.filter(({ run, job, step }) => !run || job !== 'receipt-to-invoice' || !step)).toEqual([])
  expect(new Set(parsed.map(({ run }) => run)).size).toBe(1)
  expect(parsed.find(({ msg }) => msg === 'acknowledgment queued')).toMatchObject({ step: 'read', file: 'one.810' })
  // Two of one name in a line would be read as the last by some and as the first by others.
  expect(lines.filter((line) => (line.match(/"run":/g) ?? []).length > 1)).toEqual([])
})
