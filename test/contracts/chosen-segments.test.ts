import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ExtractCheck } from '../../src/contracts/index.js'
import { type Bench, openBench, receipts } from './extract-fixture.js'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const rows = (check: ExtractCheck): Promise<object[]> =>
  bench.engine.rows(
    `SELECT company, po_number, line_number, receipt_number AS item, quantity::VARCHAR AS quantity FROM receipt_line
     WHERE source_file = ${check.file.index} ORDER BY source_record`,
  )

const agreed = (
  format: object,
  [company, po, line, item, quantity]: readonly [string, string, string, string, string],
) =>
  receipts({
    format,
    columns: [
      ...[company, po, line, item].map((name) => ({ name, kind: 'text', required: true })),
      { name: quantity, kind: 'decimal', scale: 4, required: true },
    ],
    map: {
      company,
      po_number: po,
      line_number: line,
      receipt_number: item,
      quantity,
      uom: { constant: 'EA' },
      received_on: { constant: '2026-11-28' },
    },
  })

describe('of several segments the one that a value of its own chooses', () => {
  const idoc = agreed(
    {
      kind: 'xml',
      records: 'DESADV01/IDOC/E1EDP01',
      totals: { sums: [{ at: 'DESADV01/IDOC/E1EDS01[SUMID=002]/SUMME', column: 'MENGE' }] },
    },
    ['../E1EDKA1[PARVW=WE]/PARTN', '../E1EDK02[QUALF=001]/BELNR', 'POSEX', 'E1EDP19[QUALF=001]/IDTNR', 'MENGE'],
  )
  const partner = (role: string, number: string) =>
    `<E1EDKA1 SEGMENT="1"><PARTN>${number}</PARTN><PARVW>${role}</PARVW></E1EDKA1>`
  const file = (partners: string, sum = '12.5') => `<DESADV01><IDOC BEGIN="1">
    <E1EDK02><QUALF>009</QUALF><BELNR>V-77</BELNR></E1EDK02><E1EDK02><QUALF>001</QUALF><BELNR>4500012345</BELNR></E1EDK02>
    ${partners}
    <E1EDP01><POSEX>10</POSEX><MENGE>5.5</MENGE>
      <E1EDP19><QUALF>001</QUALF><IDTNR>0042</IDTNR></E1EDP19><E1EDP19><QUALF>002</QUALF><IDTNR>OT-35</IDTNR></E1EDP19></E1EDP01>
    <E1EDP01><POSEX>20</POSEX><MENGE>7</MENGE>
      <E1EDP19><QUALF>002</QUALF><IDTNR>OT-36</IDTNR></E1EDP19><E1EDP19><QUALF>001</QUALF><IDTNR>0043</IDTNR></E1EDP19></E1EDP01>
    <E1EDS01><SUMID>001</SUMID><SUMME>2</SUMME></E1EDS01><E1EDS01><SUMID>002</SUMID><SUMME>${sum}</SUMME></E1EDS01>
  </IDOC></DESADV01>`

  test('SAP: the ship-to of the partners, the order of the references, our number of the materials, and the sum of the totals', async () => {
    const check = await bench.check(idoc, file(partner('LF', '20718') + partner('WE', '1000')))
    expect(check).toMatchObject({ usable: true, rejected: 0, sums: [{ declared: '12.5', read: '12.5' }] })
    expect(await rows(check)).toEqual([
      { company: '1000', po_number: '4500012345', line_number: '10', item: '0042', quantity: '5.5000' },
      { company: '1000', po_number: '4500012345', line_number: '20', item: '0043', quantity: '7.0000' },
    ])
    // What other segments of the same names hold is no new column.
    expect(check.findings).toEqual([])
  })

  test('two ship-tos are not clear, and their lines are rejected', async () => {
    const check = await bench.check(idoc, file(partner('WE', '1000') + partner('WE', '1001')))
    expect(check).toMatchObject({ accepted: 0, rejected: 2 })
    expect(check.findings[0]?.message).toContain('../E1EDKA1[PARVW=WE]/PARTN more than once')
  })

  test('without one the column is missing; the sum of another is not ours', async () => {
    expect(await bench.check(idoc, file(partner('LF', '20718')))).toMatchObject({
      usable: false,
      findings: [{ code: 'DATA-COLUMN-MISSING', keys: { field: '../E1EDKA1[PARVW=WE]/PARTN' } }],
    })
    expect(await bench.check(idoc, file(partner('WE', '1000'), '12.6'))).toMatchObject({
      usable: false,
      findings: [{ code: 'FILE-TOTALS' }],
    })
  })

  test('of JSON an object of a list, one within another too', async () => {
    const contract = agreed({ kind: 'json', records: 'lines' }, [
      '../parties[role=ship-to]/ids[kind=ours]/id',
      '../po',
      'line',
      'ids[type=buyer]/value',
      'qty',
    ])
    const text = JSON.stringify({
      po: 'P1',
      parties: [
        { role: 'seller', ids: [{ kind: 'ours', id: '20718' }] },
        {
          ids: [
            { id: '10', kind: 'ours' },
            { id: 'DUNS', kind: 'duns' },
          ],
          role: 'ship-to',
        },
      ],
      lines: [
        {
          line: 1,
          qty: 2,
          ids: [
            { type: 'vendor', value: 'OT-35' },
            { type: 'buyer', value: '42' },
          ],
        },
      ],
    })
    expect(await rows(await bench.check(contract, text))).toEqual([
      { company: '10', po_number: 'P1', line_number: '1', item: '42', quantity: '2.0000' },
    ])
  })
})
