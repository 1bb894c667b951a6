import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { catalogGraph } from '../../src/app/catalog/graph.js'
import { lintCatalog } from '../../src/app/catalog/lint.js'
import { listCatalog } from '../../src/app/catalog/list.js'
import { layeredSvg } from '../../src/outputs/graph/layered-svg.js'
import { edit, smallNight } from './small-night.js'
import type { X12Workspace } from './x12-workspace.js'

let workspace: X12Workspace
beforeAll(async () => {
  workspace = await smallNight()
})
afterAll(() => workspace?.remove())

const jobFile = 'jobs/receipt-to-invoice.yaml'
const catalog =
  'catalog: { owner: Integration, steward: "A/P", system: <ERP> & "co", why: files only, criticality: high, rto-hours: 8, rpo-hours: 24, sla: by five, runbook: run.md }'

it('has an interface for each drop of each input, and one for the load', async () => {
  const interfaces = await listCatalog(workspace.folder)
  expect(interfaces).toHaveLength(17)
  expect(new Set(interfaces.map(({ id }) => id)).size).toBe(17)
  expect(interfaces.find(({ id }) => id === 'receipt-to-invoice/invoices@medsupply')).toMatchObject({
    direction: 'in',
    partner: 'medsupply',
    contract: { name: 'X12 810' },
    owner: null,
  })
  expect(interfaces.at(-1)).toMatchObject({
    id: 'receipt-to-invoice/oracle-fusion-ap-invoices@erp',
    direction: 'out',
    folder: 'inbound',
  })
})

it('is full of gaps until people speak; what an input says goes before what its job says', async () => {
  expect(await lintCatalog(workspace.folder)).toMatchObject({ interfaces: 17, exit: 5 })
  edit(workspace, jobFile, (yaml) =>
    yaml
      .replace('matcher: three-way\n', (line) => `${line}${catalog}\n`)
      .replace('sets: ["810"]', (line) => `${line}\n    catalog: { owner: Purchasing }`),
  )
  const lost = await lintCatalog(workspace.folder)
  expect(lost.gaps).toHaveLength(17)
  expect(lost.gaps[0]).toEqual({
    interface: 'receipt-to-invoice/invoices@medsupply',
    field: 'runbook',
    file: jobFile,
    message: 'there is no file run.md',
  })
  writeFileSync(path.join(workspace.folder, 'run.md'), '')
  expect(await lintCatalog(workspace.folder)).toEqual({ interfaces: 17, gaps: [], ownership: [], exit: 0 })
  const owners = (await listCatalog(workspace.folder)).map(({ owner }) => owner)
  expect(new Set(owners)).toEqual(new Set(['Purchasing', 'Integration']))
})

it('tells by its version when a contract was changed, and by its class when a column is personal', async () => {
  const vendors = async () => (await listCatalog(workspace.folder)).find(({ name }) => name === 'lawson-vendors')
  const before = await vendors()
  edit(workspace, 'templates/extracts/lawson-vendors.yaml', (yaml) =>
    yaml.replace(/\ncolumns:\n/, '\ncolumns:\n  - { name: SSN, kind: text, optional: true, sensitivity: personal }\n'),
  )
  const after = await vendors()
  expect(after?.contract.version).not.toBe(before?.contract.version)
  expect([before?.sensitivity, after?.sensitivity]).toEqual([expect.stringMatching(/none|internal/), 'personal'])
})

it('is drawn as a well-formed picture, with a dashed line where one job waits for another', async () => {
  const job = readFileSync(path.join(workspace.folder, jobFile), 'utf8')
  writeFileSync(
    path.join(workspace.folder, 'jobs/second.yaml'),
    job
      .replace('job: receipt-to-invoice', 'job: second')
      .replace('matcher:', 'schedule: { cron: "0 3 * * *", after: [receipt-to-invoice] }\nmatcher:'),
  )
  edit(workspace, jobFile, (yaml) => yaml.replace('matcher:', 'schedule: { cron: "0 2 * * *" }\nmatcher:'))
  const out = path.join(workspace.folder, 'interfaces.svg')
  const { nodes, edges } = await catalogGraph(workspace.folder, out)
  expect(edges.filter(({ dashed }) => dashed)).toEqual([
    { from: 'job receipt-to-invoice', to: 'job second', dashed: true },
  ])
  const column = (id: string) => nodes.find((node) => node.id === id)?.column ?? Number.NaN
  expect(column('job second')).toBe(column('job receipt-to-invoice') + 1)
  execFileSync('python3', ['-c', 'import sys, xml.dom.minidom as m; m.parse(sys.argv[1])', out], { stdio: 'pipe' })
  expect(readFileSync(out, 'utf8')).toContain('&lt;ERP&gt; &amp; &quot;co&quot;')
  expect(layeredSvg('no bell \u0007, which XML cannot hold', [], [])).toContain('no bell ·, which')
})
