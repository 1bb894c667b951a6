import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ApproveOutcome } from '../../src/app/xref/approve-suggestions.js'
import type { SuggestOutcome } from '../../src/app/xref/suggest-references.js'
import { InvoiceNight } from '../app/invoice-night.js'
import { edit } from '../app/small-night.js'
import { matchbookJson } from './matchbook.js'

const night = new InvoiceNight()
const call = <T>(...args: string[]) => matchbookJson<T>(args, { cwd: night.folder })
interface Summary {
  readonly runs: readonly { readonly invoices: { readonly clean: { readonly count: number } } }[]
}
const run = () => call<Summary>('run', 'receipt-to-invoice', '--as-of', night.today, '--fail-on', 'none')

beforeAll(() => night.lay(), 60_000)
afterAll(() => night.remove())

it('an unknown item on an invoice: suggested with reasons, approved by two, healed the next night', async () => {
  const plate = { line: '', quantity: '4', price: '80', description: 'Locking plate 3.5mm, 6 hole' }
  night.invoice('INV-1', [{ ...plate, ids: ['VN', 'NEW-356X'] }])
  night.invoice('INV-2', [
    {
      line: '2',
      quantity: '12',
      price: '19',
      ids: ['VN', 'NEW-SCR', 'MG', 'CTX-9999'],
      description: 'Screw cortex 3.5mm 20mm',
    },
  ])
  expect((await run()).json.runs[0]?.invoices.clean.count).toBe(0)

  const { json: suggested } = await call<SuggestOutcome>('xref', 'suggest', '--least', '1')
  const of = (identifier: string) => suggested.suggestions.find(({ meaning }) => meaning.identifier === identifier)
  const [right, doubtful] = [of('NEW-356X'), of('NEW-SCR')]
  expect(right).toMatchObject({
    meaning: { kind: 'item', partner: 'orthotech', target: '1001' },
    exceptions: ['EX-000001'],
  })
  expect(right?.confidence).toBeGreaterThan(70)
  expect(right?.speaksFor.join()).toContain('the price is that of the order: 80.00 per EA')
  expect(right?.speaksAgainst).toEqual(["the supplier's number of item 1001 is OT-356 so far (PO 4500001 line 1)"])
  expect(doubtful?.confidence).toBeLessThan(right?.confidence ?? 0)
  expect(doubtful?.speaksAgainst).toEqual(
    expect.arrayContaining([
      'the price is 19.00 per EA, that of the order 15.00 per EA',
      'its manufacturer part is CTX-9999, that of item 1002 CTX-3520',
    ]),
  )

  // A second look changes nothing, and what was turned down is not suggested again.
  await call('xref', 'approve', doubtful?.id ?? '', '--refuse', '--note', 'another screw', '--as', 'R. Ortiz')
  const { json: again } = await call<SuggestOutcome>('xref', 'suggest')
  expect(again.suggestions.map(({ id }) => id)).toEqual([right?.id])

  edit(
    night as never,
    'matchbook.yaml',
    (yaml) => `${yaml}\ndeciders:\n  - { who: [R. Ortiz, M. Chen], up-to: "100" }\n`,
  )
  const approve = async (as: string, ...days: string[]) => {
    const { exit, json } = await call<ApproveOutcome>(
      'xref',
      'approve',
      right?.id ?? '',
      '--note',
      'asked the buyer',
      '--as',
      as,
      ...days,
    )
    return [exit, json.outcomes[0]?.outcome, json.outcomes[0]?.exceptions]
  }
  expect(await approve('Somebody')).toEqual([8, 'refused', []])
  const days = ['--from', '2020-01-01', '--to', '2099-12-31']
  const backwards = ['--note', 'x', '--to', '2020-01-01', '--as', 'R. Ortiz']
  expect(await call('xref', 'approve', right?.id ?? '', ...backwards)).toMatchObject({
    exit: 2,
    json: { error: { code: 'USAGE' } },
  })
  expect(await approve('R. Ortiz', ...days)).toEqual([0, 'proposed', []])
  // What is agreed to are the days that were proposed, looked for again meanwhile or not.
  const { json: proposed } = await call<SuggestOutcome>('xref', 'suggest')
  expect(proposed.suggestions[0]?.said).toContain('from 2020-01-01 to 2099-12-31')
  expect(await approve('r. ortiz')).toEqual([0, 'unchanged', []])
  expect(await approve('M. Chen')).toEqual([0, 'approved', ['EX-000001']])
  expect((await call('xref', 'list')).json).toMatchObject({
    references: [{ effectiveFrom: '2020-01-01', effectiveTo: '2099-12-31', madeBy: 'R. Ortiz', agreedBy: 'M. Chen' }],
  })

  expect((await run()).json.runs[0]?.invoices.clean.count).toBe(1)
  expect((await night.exceptions()).map(({ id }) => id)).toEqual(['EX-000002'])
}, 90_000)

it('an unknown unit on an invoice: its size is suggested by price and quantity, and holds when it is approved', async () => {
  night.invoice('INV-3', [{ line: '2', quantity: '1', uom: 'CT', price: '180', ids: ['VN', 'OT-3520'] }])
  await run()
  const unit = async () => (await night.exceptions()).filter(({ code }) => code === 'INV-UOM')
  const [before] = await unit()
  expect(before?.values).toMatchObject({ 'billed unit': 'CT', 'PO unit': 'EA' })
  const { json } = await call<SuggestOutcome>('xref', 'suggest', '--least', '50')
  const [size] = json.suggestions.filter(({ meaning }) => meaning.kind === 'unit')
  expect(size).toMatchObject({
    said: 'unit CT of item 1002 is 12 EA',
    meaning: { identifier: 'CT', item: '1002', target: 'EA', factor: '12' },
    exceptions: [before?.id],
    speaksFor: [
      'the document has 180.00 per CT, which is that of 12 EA at 15.00 per EA (PO 4500001 line 2)',
      '1 CT would be all of the 12 EA ordered',
    ],
    speaksAgainst: ['item 1002 has no pack of this size in the ERP'],
  })
  await run()
  expect(await unit()).toHaveLength(1)
  const approve = (as: string) =>
    call<ApproveOutcome>('xref', 'approve', size?.id ?? '', '--note', 'read on the carton', '--as', as)
  expect((await approve('R. Ortiz')).json.outcomes).toMatchObject([{ outcome: 'proposed' }])
  expect((await approve('M. Chen')).json.outcomes).toMatchObject([
    { outcome: 'approved', exceptions: [before?.id], said: expect.stringContaining('unit CT of item 1002 is 12 EA') },
  ])
  await run()
  expect(await unit()).toEqual([])
}, 90_000)
