import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dashboard } from '../../src/app/dashboard/dashboard.js'
import { withReading } from '../../src/app/open-workspace.js'
import { supplierScorecard } from '../../src/app/suppliers/supplier-scorecard.js'
import type { DashboardContent } from '../../src/outputs/dashboard/index.js'
import { chromium, domOf, type Looked, whyWithout } from '../outputs/chromium.js'
import { smallNight, sql } from './small-night.js'
import { invoices, type X12Workspace } from './x12-workspace.js'

const folder = mkdtempSync(path.join(tmpdir(), 'matchbook-dashboard-'))
const file = path.join(folder, 'dashboard.html')
const hostile = '<img src=x onerror=alert(1)>"\'&'
const patient = 'case-of-mrs-doe'
let workspace: X12Workspace
let content: DashboardContent
let page: string

const write = async () => {
  const written = await withReading(workspace.folder, (reading) => dashboard(reading, file))
  content = written.content
  page = readFileSync(file, 'utf8')
}

beforeAll(async () => {
  workspace = await smallNight()
  workspace.put('two.810', invoices(101))
  await workspace.run()
  const people = { case: patient, employee: patient, charge: patient, lot: patient }
  const keys = JSON.stringify({ supplier: '10432', company: '10', po: hostile, contract: 'SC-709', ...people })
  sql(
    workspace,
    `INSERT INTO exceptions (fingerprint, job, code, queue, severity, status, keys, message, amount_at_risk, currency, compared, evidence, first_seen, last_seen, due_at, version)
     SELECT 'many ' || value, 'receipt-to-invoice', 'INV-PRICE', 'contracts', CASE WHEN value % 10 = 0 THEN 'critical' ELSE 'error' END, 'open',
       '${keys.replaceAll("'", "''")}', '${patient}', '1000000.01', 'USD', '{}', '[]', '2026-01-01T00:00:00.000Z', '2098-01-01T00:00:00.000Z',
       CASE WHEN value % 2 = 0 THEN '2026-01-02T00:00:00.000Z' ELSE '2098-01-02T00:00:00.000Z' END, 1
     FROM generate_series(1, 50000)`.replace(
      'FROM generate_series(1, 50000)',
      'FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 50000) SELECT value FROM n)',
    ),
  )
  await write()
}, 120_000)
afterAll(() => {
  workspace?.remove()
  rmSync(folder, { recursive: true, force: true })
})

describe('the dashboard over 50,000 exceptions', () => {
  it('stays a small page that says what it leaves out, with totals that are exact', () => {
    expect(statSync(file).size).toBeLessThan(200_000)
    const contracts = content.queues.find(({ queue }) => queue === 'contracts')
    expect(contracts).toMatchObject({ open: 50_000, critical: 5000, overdue: 25_000, amountAtRisk: '50000000500' })
    expect(content.dearest.rows).toHaveLength(25)
    expect(page).toContain('USD 50,000,000,500.00')
    expect(page).toMatch(/The dearest open exceptions: the first 25 of 50,\d{3}/)
  })

  it('holds no text as markup, nothing of a person, and asks for nothing elsewhere', () => {
    expect(page).not.toContain('<img')
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;')
    expect(page).toContain('&amp;, contract SC-709<')
    expect(page).not.toContain(patient)
    expect(page).not.toMatch(/<script|<link|src=["']|url\(|https?:/)
    expect(page).toContain("default-src 'none'")
  })

  it('shows how the last night ended, and the way there', () => {
    expect(content.jobs[0]).toMatchObject({ job: 'receipt-to-invoice', lastRun: { status: expect.any(String) } })
    expect(content.trends.map(({ unit }) => unit)).toEqual(['exceptions', 'money'])
    expect(content.suppliers.rows[0]).toMatchObject({ name: 'MedSupply Distribution', priceErrors: 50_000, judged: 2 })
  })
})

describe.skipIf(chromium === undefined)(`in Chromium (${chromium ?? whyWithout})`, () => {
  /** What a browser makes of the page: asked by a script in a copy of it that may run one. */
  const look = async (how: Looked) => {
    const copy = path.join(folder, 'probe.html')
    const probe = readFileSync(path.join(import.meta.dirname, 'dashboard-probe.js'), 'utf8')
    const free = page.replace(/<meta http-equiv[^>]*>/, '').replace('</body>', `<script>${probe}</script></body>`)
    writeFileSync(copy, free)
    const dom = await domOf(copy, how)
    return JSON.parse(/<pre id="probe">(.*?)<\/pre>/s.exec(dom)?.[1]?.replaceAll('&quot;', '"') ?? '{}')
  }

  it.each([{ dark: false }, { dark: true }])(
    'every text can be read (AA), by keyboard and by ear, dark: $dark',
    async (how) => {
      expect(await look(how)).toEqual({
        dark: how.dark,
        poor: [],
        landmarks: ['header', 'nav', 'main', 'footer'],
        headings: ['H1', ...Array(8).fill('H2')],
        withoutCaption: 0,
        withoutName: 0,
        firstFocus: 'To the content',
        images: 0,
      })
    },
    90_000,
  )
})

describe('a scorecard', () => {
  beforeAll(() =>
    sql(
      workspace,
      "DELETE FROM exceptions WHERE fingerprint LIKE 'many %' AND fingerprint NOT IN ('many 1', 'many 2')",
    ),
  )
  const card = (wanted: string) => withReading(workspace.folder, (reading) => supplierScorecard(reading, wanted, 90))

  it('counts what is the supplier’s, by the partner’s name or by a number of the ERP', async () => {
    const found = await card('medsupply')
    expect(found).toMatchObject({
      name: 'MedSupply Distribution',
      invoices: { judged: 2, firstPass: 0 },
      priceErrors: { count: 2, open: 2, amountAtRisk: '2000000.02' },
    })
    expect(found.ageing.reduce((sum, { open }) => sum + open, 0)).toBe(found.open)
    for (const wanted of ['10432', 'medsupply distribution'])
      expect((await card(wanted)).priceErrors).toEqual(found.priceErrors)
    await expect(card('medsuply')).rejects.toMatchObject({ code: 'SUPPLIER-UNKNOWN', hint: 'There are: medsupply' })
  })

  it('an answer in time, late, or missing is told apart', async () => {
    sql(
      workspace,
      `INSERT INTO x12_sent (id, job, ours, partner, partner_name, interchange_control, idempotency_key, queued_at, answer_hours, ta1_state)
     VALUES (9001, 'j', '01:1', '01:2', 'medsupply', '7', 'k850', '2026-11-01T00:00:00.000Z', 24, 'waiting')`,
    )
    const sent = new Date(Date.now() - 10 * 86_400_000).toISOString()
    const inHours = (hours: number) => new Date(Date.parse(sent) + hours * 3_600_000).toISOString()
    sql(
      workspace,
      `INSERT INTO outbox (idempotency_key, endpoint, folder, name, local_file, sha256, size, status, attempts, queued_at, sent_at)
     VALUES ('k850', 'medsupply', 'inbound', 'po.850', 'x', 'bb', 9, 'sent', 1, '${sent}', '${sent}')`,
    )
    for (const [control, answered] of [
      ['1', inHours(2)],
      ['2', inHours(30)],
      ['3', null],
    ] as const) {
      sql(
        workspace,
        `INSERT INTO x12_sent_groups (sent_id, functional_id, group_control, state, answered_at)
       VALUES (9001, 'PO', '${control}', '${answered === null ? 'waiting' : 'accepted'}', ${answered === null ? 'NULL' : `'${answered}'`})`,
      )
    }
    expect((await card('medsupply')).answers).toEqual({ due: 3, inTime: 1, late: 1, missing: 1 })
  })
})
