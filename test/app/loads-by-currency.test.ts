import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openReading } from '../../src/app/compose.js'
import { listLoads } from '../../src/app/loads/list-loads.js'
import { loadsTable } from '../../src/commands/render/loads.js'
import { summaryText } from '../../src/commands/render/summary.js'
import { InvoiceNight } from './invoice-night.js'

const night = new InvoiceNight()
beforeAll(() => night.lay(), 60_000)
afterAll(() => night.remove())

it('a load of invoices in two currencies says what is in each, and adds neither to the other', async () => {
  const [head = '', ...lines] = readFileSync(night.path('erp/lawson/extracts/POLINE_1.txt'), 'utf8').trim().split('\n')
  const ours = lines.slice(0, -1)
  const canadian = ours.map((line) => line.replace('|4500001|', '|4500002|').replace('|USD', '|CAD'))
  night.put('erp/lawson/extracts/POLINE_2.txt', [head, ...ours, ...canadian, 'TRL|4|32'])
  const screws = { line: '2', quantity: '2', price: '15', ids: ['VN', 'OT-3520'] }
  night.invoice('INV-1', [screws])
  night.invoice('INV-2', [{ ...screws, quantity: '4' }], '4500002', 'CAD')
  const summary = await night.run(night.today)
  expect(summary.invoices).toMatchObject({ clean: { count: 2 } })
  expect(summary.loads).toMatchObject([{ invoices: 2, amount: '30', otherCurrencies: { CAD: '60' } }])
  expect(summaryText(summary)).toContain('2 invoices, 2 lines, USD 30.00 and CAD 60.00, pushed to erp and confirmed')
  const reading = await openReading(night.folder)
  try {
    const { loads, timezone } = await listLoads(reading, {})
    expect(loads).toMatchObject([{ amount: '30', currency: 'USD', otherCurrencies: { CAD: '60' } }])
    expect(loadsTable(loads, timezone)).toContain('USD 30.00 and CAD 60.00')
  } finally {
    await reading.state.close()
  }
}, 90_000)
