import { describe, expect, test } from 'vitest'
import { exceptionCodes, type RelationName } from '../../../src/canonical/index.js'
import { openDuckDb } from '../../../src/match/engine/duckdb.js'
import { matchThreeWay } from '../../../src/match/three-way/index.js'
import fc from '../../properties.js'
import { insert, type Matched, matched, Night } from './night.js'

/** A night in which much goes wrong at once: what one case leaves must not leak into another. */
function busyNight(): Night {
  const night = new Night()
    .add('partner_vendor', { partner: 'medsupply', company: '20', supplier: 'M-20' })
    .tolerance('price', { over_percent: '1' })
    .add('contract_price', {
      contract: 'C-1',
      supplier: '10432',
      item: '1001',
      uom: 'BX',
      unit_price: '11.00',
      effective_from: '2026-03-01',
      effective_to: '2026-03-01',
    })
  for (let n = 1; n <= 12; n++) {
    const po = { po_number: `P${n}`, po_date: n === 5 ? '2026-03-01' : '2026-02-20' }
    night.po(po).po({ ...po, line_number: '2', item: '1002', vendor_item: 'V-1002', uom: 'EA' })
    if (n !== 4) night.received('10', { po_number: `P${n}` })
    night.received('10', {
      po_number: `P${n}`,
      line_number: '2',
      uom: 'EA',
      received_on: n === 9 ? '2026-01-05' : '2026-03-05',
    })
    if (n === 7) night.vouchered('B7', '6', '72.00', { po_number: 'P7' })
    night.invoice(`A${n}`, { po_number: `P${n}`, invoice_date: `2026-03-${String(20 - n).padStart(2, '0')}` })
    night.line({ unit_price: n === 3 ? '12.50' : '12.00', uom: n === 6 ? 'KT' : 'BX' })
    if (n === 8) night.line({ assigned_id: '3', vendor_item: 'NONE', quantity: '2' })
    if (n === 2) night.charge('C', 'D240', '9.00')
  }
  night.po({ po_number: 'P1', company: '20', supplier: 'M-20', ship_to: 'SOUTH' })
  night.invoice('00A1', { po_number: 'P1', invoice_date: '2026-03-20' }).line()
  night.invoice('A13', { po_number: 'nowhere' }).line()
  night.invoice('A14', { po_number: 'P10', credit: true }).line({ quantity: '11' })
  return night
}

const text = ({ findings, results, outcomes }: Matched): string => JSON.stringify({ findings, results, outcomes })

describe('a whole night', () => {
  test('every trouble is found once, and only where it is', async () => {
    const night = await busyNight().match()
    const found = night.findings.map(({ code, keys }) => `${code} ${keys.invoice ?? keys.po}`).sort()
    expect(found).toEqual(
      [
        'GRNI-AGED P9',
        'INV-CREDIT A14',
        'INV-DUPLICATE-SUSPECT 00A1',
        'INV-FREIGHT A2',
        'INV-NO-RECEIPT A4',
        'INV-NOT-ON-PO A8',
        'INV-PRICE A3',
        'INV-QTY-ORDERED A7',
        'INV-UNKNOWN-PO A13',
        'INV-UOM A6',
        'PRICE-CONTRACT A5',
      ].sort(),
    )
    expect(night.results).toHaveLength(16)
    for (const { code } of night.findings) expect(exceptionCodes).toContain(code)
  })

  test('all that is billed is accounted for: every line has one outcome, every invoice has one', async () => {
    const night = await busyNight().match()
    const held = new Set(
      night.findings.filter(({ level }) => level === 'line').map((f) => `${f.invoiceId} ${f.sequence}`),
    )
    for (const result of night.results) {
      const key = `${result.invoice_id} ${result.sequence}`
      if (held.has(key)) expect(result.outcome).toBe('exception')
      if (result.outcome === 'matched') expect(held.has(key)).toBe(false)
    }
    expect(new Set(night.results.map(({ invoice_id }) => invoice_id)).size).toBe(night.outcomes.length)
  })

  test('the order in which rows come in changes nothing', async () => {
    const rows = busyNight().told
    const first = text(await busyNight().match(rows))
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...rows.keys()], { minLength: rows.length }), async (order) => {
        const shuffled = order.flatMap((n) => (rows[n] === undefined ? [] : [rows[n]]))
        expect(text(await busyNight().match(shuffled))).toBe(first)
      }),
      { numRuns: 4 },
    )
  })

  test('doing it again in the same engine, on several threads, gives the very same', async () => {
    const engine = await openDuckDb({ threads: 4 })
    try {
      await insert(engine, busyNight().told)
      await matchThreeWay(engine, busyNight().parameters)
      const first = text(await matched(engine))
      await matchThreeWay(engine, busyNight().parameters)
      expect(text(await matched(engine))).toBe(first)
      expect(text(await busyNight().match())).toBe(first)
    } finally {
      await engine.close()
    }
  })

  test('an empty night finds nothing', async () => {
    const night = await new Night().match([])
    expect(text(night)).toBe('{"findings":[],"results":[],"outcomes":[]}')
  })

  test('a missing relation counts as empty', async () => {
    const only: readonly RelationName[] = ['invoice', 'invoice_line', 'partner_vendor']
    const night = await busyNight().match(busyNight().told.filter(([name]) => only.includes(name)))
    // Without its charges the one invoice with freight no longer adds up.
    expect(new Set(night.codes)).toEqual(new Set(['INV-DUPLICATE-SUSPECT', 'INV-TOTAL', 'INV-UNKNOWN-PO']))
  })

  test('a number of days that is none is refused', async () => {
    await expect(new Night().with({ receiptGraceDays: -1 }).match()).rejects.toThrow(/not a number of days/)
  })
})
