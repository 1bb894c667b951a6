import { decimal } from '../src/canonical/index.js'
import { type ExceptionRow, writeWorkbook } from '../src/outputs/report/index.js'
import { rowOf } from './xlsx.rows.js'

// The workbook as a night writes it: queue sheets by money with seals and drop-downs, live summary, charts, and with `evidence` a row for
// each value an exception was raised on.
const [file = '', count = '', evidence] = process.argv.slice(2)
const started = performance.now()
function* rows(): Generator<ExceptionRow> {
  for (let n = 0; n < Number(count); n += 1) {
    const row = rowOf(n)
    yield evidence === 'evidence' ? row : { ...row, evidence: [] }
  }
}
const queues = ['contracts', 'receiving', 'finance', 'item-master'].map((name) => ({ name, owner: name }))
await writeWorkbook(file, {
  organisation: 'Lakeside Health',
  jobTitle: 'Receipt to invoice',
  runId: 'bench',
  asOf: '2026-11-20',
  generatedAt: '2026-11-20T08:00:00Z',
  timezone: 'America/Chicago',
  currency: 'USD',
  queues,
  exceptions: rows(),
  clusters: [],
  outcomes: [],
  nights: [{ day: '2026-11-19', open: 90_000, fresh: 10, healed: 5, atRisk: decimal('200000000') }],
  healed: 0,
  invoices: undefined,
  tables: [],
  controlTotals: [],
  inputs: [],
  loads: [],
})
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
console.log(
  JSON.stringify({
    seconds: (performance.now() - started) / 1000,
    cpu: (userCPUTime + systemCPUTime) / 1e6,
    rss: maxRSS / 1024,
  }),
)
