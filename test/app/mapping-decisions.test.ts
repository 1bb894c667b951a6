import { afterAll, beforeAll, expect, it } from 'vitest'
import { openReading } from '../../src/app/compose.js'
import { decideExceptions } from '../../src/app/deciding/decide-exceptions.js'
import { reopenExceptions } from '../../src/app/deciding/reopen-exceptions.js'
import { silent } from '../../src/app/progress.js'
import { listReferences } from '../../src/app/xref/list-references.js'
import { withdrawByHand } from '../../src/app/xref/withdraw-reference.js'
import { InvoiceNight } from './invoice-night.js'

const night = new InvoiceNight()
const options = {
  workspace: night.folder,
  dryRun: false,
  progress: silent,
  logLevel: 'silent',
  logFormat: 'text',
} as const
const map = (id: string, note: string) =>
  decideExceptions({ ...options, subjects: [id], decision: 'map', note, as: 'R. Ortiz' }).then(
    ({ outcomes }) => outcomes[0],
  )
const open = async () => (await night.exceptions()).filter(({ code }) => code === 'INV-NOT-ON-PO').map(({ id }) => id)
async function references() {
  const reading = await openReading(night.folder)
  try {
    return (await listReferences(reading, {})).references
  } finally {
    await reading.state.close()
  }
}

beforeAll(async () => {
  await night.lay()
  night.invoice('INV-1', [{ line: '', quantity: '4', price: '80', ids: ['VN', 'NEW-356'] }])
  night.invoice('INV-2', [{ line: '2', quantity: '6', price: '15', ids: ['VN', 'NEW-3520'] }])
  night.invoice('INV-3', [{ line: '2', quantity: '2', price: '15', ids: ['VN', 'new 3520'] }])
  await night.run(night.today)
}, 60_000)
afterAll(() => night.remove())

it('a decision what an unknown invoice line is, by item or by PO line, heals the next night', async () => {
  const [one = '', two = '', three = ''] = await open()
  expect(await map(one, 'asked the buyer')).toMatchObject({
    outcome: 'refused',
    said: expect.stringContaining('the note has to begin with the item'),
  })
  expect(await map(one, '1001: new part number, asked the buyer')).toMatchObject({
    outcome: 'decided',
    said: `map by R. Ortiz; XR-000001: vendor-item NEW-356 of orthotech is item 1001 from ${night.today}`,
  })
  // The first thought was wrong: taken back, the cross-reference goes with it.
  await map(two, '1001')
  await reopenExceptions({ ...options, subjects: [two], note: 'it is the screw', as: 'R. Ortiz' })
  expect((await references()).map(({ id }) => id)).toEqual(['XR-000001'])
  await map(two, '1001')
  await withdrawByHand({ ...options, reference: 'XR-000003', note: 'it is the screw', as: 'R. Ortiz' })
  expect((await night.exceptions()).find(({ id }) => id === two)).toMatchObject({ status: 'reopened', decision: null })
  await map(two, '1002')
  expect(await map(three, '1002')).toMatchObject({
    outcome: 'decided',
    said: expect.stringContaining('XR-000004 says so already'),
  })
  expect(await references()).toMatchObject([
    { id: 'XR-000004', identifier: 'NEW-3520', target: '1002', source: two, madeBy: 'R. Ortiz', partner: 'orthotech' },
    {
      id: 'XR-000001',
      identifier: 'NEW-356',
      target: '1001',
      source: one,
      note: '1001: new part number, asked the buyer',
    },
  ])
  night.invoice('INV-4', [{ line: '', quantity: '1', price: '999', ids: ['VN', 'ODD'] }])
  // The department wrote its own number on the telephone order, and the supplier took it for ours.
  night.invoice('INV-5', [{ line: '2', quantity: '1', price: '15', ids: [] }], 'DEPT-77')
  await night.run(night.today)
  const unknownPo = async () => (await night.exceptions()).find(({ code }) => code === 'INV-UNKNOWN-PO')
  const dept = (await unknownPo())?.id ?? ''
  expect(await map(dept, 'asked the buyer')).toMatchObject({
    outcome: 'refused',
    said: expect.stringContaining('begin with the PO that it belongs to'),
  })
  expect(await map(dept, 'PO 4500001: asked the buyer')).toMatchObject({ outcome: 'decided' })
  const [odd = ''] = await open()
  expect(await map(odd, 'line 9')).toMatchObject({ outcome: 'decided', said: 'map by R. Ortiz' })
  // The PO has no such line: it is back, and says why.
  await night.run(night.today)
  expect((await night.exceptions()).find(({ id }) => id === odd)).toMatchObject({
    status: 'reopened',
    values: { 'decided line': '9' },
  })
  expect(await unknownPo()).toBeUndefined()
  await map(odd, 'PO line 001: ordered by telephone')
  const summary = await night.run(night.today)
  // The line is found, and its price is judged; what was clean before is loaded.
  expect(summary).toMatchObject({ invoices: { held: { count: 1 } } })
  expect(await open()).toEqual([])
  expect((await night.exceptions()).map(({ code, keys }) => [code, keys.line])).toContainEqual(['INV-PRICE', '1'])
  await night.run(night.today)
  expect(await open()).toEqual([])
}, 60_000)

it('a return that exceeds what was billed on its line is matched against the line that it is decided to credit', async () => {
  night.invoice('INV-6', [{ line: '1', quantity: '-5', price: '15', ids: ['VN', 'OT-356'] }])
  await night.run(night.today)
  const credits = async () => (await night.exceptions()).filter(({ code }) => code === 'INV-CREDIT')
  const [credit] = await credits()
  expect(credit).toMatchObject({ keys: { line: '1' }, values: { credited: '5', 'billed before': '4' } })
  expect(await map(credit?.id ?? '', 'asked the buyer')).toMatchObject({
    outcome: 'refused',
    said: expect.stringContaining('begin with the PO line or the PO'),
  })
  expect(await map(credit?.id ?? '', '4500001 release 2')).toMatchObject({ outcome: 'refused' })
  // The PO named has no such item: the credit is unknown there, and says so.
  expect(await map(credit?.id ?? '', '4509999: telephone')).toMatchObject({ outcome: 'decided' })
  await night.run(night.today)
  expect((await night.exceptions()).map(({ code, keys }) => [code, keys.po])).toContainEqual([
    'INV-UNKNOWN-PO',
    '4509999',
  ])
  await reopenExceptions({ ...options, subjects: [credit?.id ?? ''], note: 'wrong PO', as: 'R. Ortiz' })
  await night.run(night.today)
  expect(await map(credit?.id ?? '', 'line 2: the screws came back')).toMatchObject({ outcome: 'decided' })
  await night.run(night.today)
  expect(await credits()).toEqual([])
}, 60_000)
