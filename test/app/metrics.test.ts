import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { metrics } from '../../src/app/metrics/write-metrics.js'
import { prometheusText } from '../../src/outputs/metrics/index.js'
import { edit, smallNight, sql } from './small-night.js'
import { invoices, type X12Workspace } from './x12-workspace.js'

let workspace: X12Workspace
beforeAll(async () => {
  workspace = await smallNight()
  edit(workspace, 'matchbook.yaml', (yaml) => `${yaml}metrics: { file: monitor/matchbook.prom }\n`)
  workspace.put('two.810', invoices(101))
  await workspace.run()
})
afterAll(() => workspace?.remove())

const file = () => path.join(workspace.folder, 'monitor', 'matchbook.prom')
/** Value of a measure whose labels hold these. */
async function value(name: string, ...labels: string[]): Promise<string | undefined> {
  const { text } = await metrics(workspace.folder, undefined)
  const line = text
    .split('\n')
    .find((one) => one.startsWith(`${name}{`) && labels.every((label) => one.includes(label)))
  return line?.split(' ').at(-1)
}

describe('after a run', () => {
  it('the file of the workspace is there as a whole, with a line for what there is to measure', () => {
    const text = readFileSync(file(), 'utf8')
    expect(text).toMatch(/^matchbook_job_last_success_timestamp_seconds\{job="receipt-to-invoice"\} \d{10}$/m)
    expect(text).toMatch(
      /^# TYPE matchbook_sync_lag_seconds gauge\nmatchbook_sync_lag_seconds\{job="[^"]+",input="invoices"\} \d+$/m,
    )
    expect(readdirSync(path.dirname(file()))).toEqual(['matchbook.prom'])
  })

  it('a file that cannot be written fails no run', async () => {
    edit(workspace, 'matchbook.yaml', (yaml) => yaml.replace('monitor/matchbook.prom', 'matchbook.yaml/x.prom'))
    expect((await workspace.run()).exit).toBe(0)
    edit(workspace, 'matchbook.yaml', (yaml) => yaml.replace('matchbook.yaml/x.prom', 'monitor/matchbook.prom'))
    expect(existsSync(file())).toBe(true)
  })
})

describe('the business measures', () => {
  it('count an invoice as first pass only when it is clean and was never questioned', async () => {
    const [{ judged } = { judged: 0 }] = sql(workspace, 'SELECT count(*) AS judged FROM invoice_results')
    expect(Number(judged)).toBeGreaterThan(0)
    expect(await value('matchbook_invoices_judged')).toBe(String(judged))
    // Without any extract each invoice is held, and says so.
    expect(await value('matchbook_first_pass_match_rate')).toBe('0.000000')
    expect(await value('matchbook_exception_rate')).toBe('1.000000')
    sql(workspace, "UPDATE invoice_results SET outcome = 'clean'")
    expect(await value('matchbook_first_pass_match_rate')).toBe('0.000000')
    sql(workspace, "UPDATE exceptions SET keys = '{}' WHERE keys LIKE '%invoice%'")
    expect(await value('matchbook_first_pass_match_rate')).toBe('1.000000')
    expect(await value('matchbook_exception_rate')).toBe('0.000000')
  })

  it('add up backlog and money by queue, exactly', async () => {
    sql(workspace, "UPDATE exceptions SET queue = 'finance', amount_at_risk = '0.10', status = 'open'")
    const [{ n } = { n: 0 }] = sql(workspace, 'SELECT count(*) AS n FROM exceptions')
    expect(await value('matchbook_exceptions_open', 'queue="finance"')).toBe(String(n))
    const risk = await value('matchbook_money_at_risk', 'queue="finance"', 'currency="USD"')
    expect(Number(risk).toFixed(2)).toBe((Number(n) / 10).toFixed(2))
    expect(risk).toMatch(/^\d+\.\d{1,2}$/)
  })

  it('tell what waits, what is down, and how long the last recovery took', async () => {
    sql(
      workspace,
      "INSERT INTO circuits VALUES ('erp', 3, 'r', '2026-01-01T00:00:00.000Z', NULL, 'CONNECT-FAILED', 'no')",
    )
    sql(
      workspace,
      `INSERT INTO audit (at, actor, action, subject, detail, previous, hash) VALUES ('2026-01-01T02:00:00.000Z', 'exchange', 'endpoint healed', 'medsupply', '{"since":"2026-01-01T00:30:00.000Z"}', '', '')`,
    )
    expect(Number(await value('matchbook_endpoint_down_seconds', 'erp'))).toBeGreaterThan(86_400)
    expect(await value('matchbook_interface_recovery_seconds', 'medsupply')).toBe('5400')
    expect(await value('matchbook_outbox_waiting')).toBeUndefined()
  })
})

it('a label may hold what quotes and newlines would break', () => {
  const text = prometheusText([{ metric: 'matchbook_exceptions_open', labels: { queue: 'a"b\\c\nd' }, value: '1' }])
  expect(text.split('\n').at(-2)).toBe('matchbook_exceptions_open{queue="a\\"b\\\\c\\nd"} 1')
})
