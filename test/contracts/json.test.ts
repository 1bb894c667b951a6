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
    `SELECT company, po_number, line_number, quantity::VARCHAR AS quantity, received_on::VARCHAR AS day FROM receipt_line
     WHERE source_file = ${check.file.index} ORDER BY source_record`,
  )
const said = (check: ExtractCheck) => check.findings.map(({ code, message }) => `${code} ${message}`)

/** Receipts with their lines in the order they belong to; the day stands once in the file. */
const nested = (format: object = {}) =>
  receipts({
    format: { kind: 'json', records: 'orders/lines', ...format },
    columns: [
      { name: '../co', kind: 'text', required: true },
      { name: '../po', kind: 'text', required: true },
      { name: 'line', kind: 'text', required: true },
      { name: 'receipt/number', kind: 'text', required: true },
      { name: 'qty', kind: 'decimal', scale: 4, required: true },
      { name: 'uom', kind: 'text', required: true, 'null-values': ['?'] },
      { name: '../../day', kind: 'date', formats: ['%Y-%m-%d'], required: true },
    ],
    map: {
      company: '../co',
      po_number: '../po',
      line_number: 'line',
      receipt_number: 'receipt/number',
      quantity: 'qty',
      uom: 'uom',
      received_on: '../../day',
    },
  })

const flat = (format: object = {}, more: object[] = []) =>
  receipts({
    format: { kind: 'json', ...format },
    columns: [
      { name: 'co', kind: 'text', required: true },
      { name: 'po', kind: 'text', required: true },
      { name: 'line', kind: 'text', required: true },
      { name: 'rec', kind: 'text', required: true },
      { name: 'qty', kind: 'decimal', scale: 4, required: true },
      { name: 'uom', kind: 'text', required: true },
      { name: 'day', kind: 'date', formats: ['%Y-%m-%d'], required: true },
      ...more,
    ],
    map: {
      company: 'co',
      po_number: 'po',
      line_number: 'line',
      receipt_number: 'rec',
      quantity: 'qty',
      uom: 'uom',
      received_on: 'day',
    },
  })

const one = (change: object = {}) =>
  JSON.stringify({ co: '10', po: 'P1', line: 1, rec: 'R1', qty: 2, uom: 'EA', day: '2026-11-28', ...change })

describe('an extract in JSON', () => {
  test('orders with their lines: each line has the values of its order and of the file, wherever they stand', async () => {
    const check = await bench.check(
      nested(),
      `{ "orders": [
  { "po": "P1", "lines": [
      { "line": 1, "receipt": { "number": "R1" }, "qty": 2, "uom": "EA" },
      { "line": 2, "receipt": { "number": "R1" }, "qty": 3, "uom": "BX" } ],
    "co": "0010" },
  { "co": "0020", "po": "P2", "lines": [] },
  { "co": "0020", "po": "P3", "lines": [ { "line": 1, "receipt": { "number": "R2" }, "qty": 4, "uom": "EA" } ] } ],
  "day": "2026-11-28" }`,
    )
    expect(said(check)).toEqual([])
    expect(await rows(check)).toEqual([
      { company: '0010', po_number: 'P1', line_number: '1', quantity: '2.0000', day: '2026-11-28' },
      { company: '0010', po_number: 'P1', line_number: '2', quantity: '3.0000', day: '2026-11-28' },
      { company: '0020', po_number: 'P3', line_number: '1', quantity: '4.0000', day: '2026-11-28' },
    ])
  })

  test.each([
    ['0.10', '0.1000'],
    ['1e3', '1000.0000'],
    ['12345678.1234', '12345678.1234'],
    ['1.25E-2', '0.0125'],
    ['-0.00', '0.0000'],
    ['125e-1', '12.5000'],
  ])('a number is what is written: %s', async (written, quantity) => {
    const check = await bench.check(flat(), `[${one().replace('"qty":2', `"qty":${written}`)}]`)
    expect(await rows(check)).toMatchObject([{ quantity }])
  })

  test('a number that is too fine, or of an exponent that no quantity has, is rejected and never rounded', async () => {
    const bad = ['1.00001', '1e400', '1e-7'].map((qty, n) => one({ line: n }).replace('"qty":2', `"qty":${qty}`))
    const check = await bench.check(flat(), `[${[one({ line: 9 }), ...bad].join(',\n')}]`)
    expect(check).toMatchObject({ usable: true, accepted: 1, rejected: 3 })
    expect(check.findings.map(({ values, evidence }) => [values.qty, evidence[0]?.line])).toEqual([
      ['1.00001', 2],
      ['1e400', 3],
      ['0.0000001', 4],
    ])
  })

  test('null, an empty text, an empty list and a key that is left out are all empty', async () => {
    const more = [{ name: 'lot', kind: 'text' }]
    const check = await bench.check(
      flat({}, more),
      `[${[one({ lot: 'L1' }), one({ line: 2, lot: null }), one({ line: 3, lot: '' }), one({ line: 4, lot: [] }), one({ line: 5 }), one({ line: 6, uom: null })].join(',\n')}]`,
    )
    expect(said(check)).toEqual(['DATA-REQUIRED extract.txt: line 6 (record 6): uom is empty'])
    expect(check.accepted).toBe(5)
  })

  test('what cannot be one value rejects its record alone: a key twice, several values, a value for a record', async () => {
    const check = await bench.check(
      flat(),
      `[${one()},
${one({ line: 2 }).replace('"qty":2', '"qty":2,"qty":3')},
${one({ line: 3, uom: ['EA', 'BX'] })},
${one({ line: 4, uom: { code: 'EA' } })},
null,
${one({ line: 6, uom: ['EA'] })}]`,
    )
    expect(said(check)).toEqual([
      'DATA-COLUMN-NEW extract.txt: column uom/code is new: the contract receipts does not know it; it is not read',
      'DATA-TYPE extract.txt: line 2 (record 2) has the key "qty" twice in an object',
      'DATA-TYPE extract.txt: line 3 (record 3) has uom more than once',
      'DATA-REQUIRED extract.txt: line 4 (record 4): uom is empty',
      ...['co', 'day', 'line', 'po', 'qty', 'rec', 'uom'].map(
        (name) => `DATA-REQUIRED extract.txt: line 5 (record 5): ${name} is empty`,
      ),
    ])
    expect(check).toMatchObject({ usable: true, records: 6, accepted: 2, rejected: 4 })
  })

  test.each([
    ['', 'FILE-EMPTY extract.txt: there is nothing in the file'],
    ['  \n ', 'FILE-TRUNCATED extract.txt: there is nothing in it; nothing of the file is used'],
    [`[${one()},`, 'FILE-TRUNCATED extract.txt: it ends with 1 bracket still open; nothing of the file is used'],
    [
      `[${one()}, {"co": "1`,
      'FILE-TRUNCATED extract.txt: it ends in the middle of a value; nothing of the file is used',
    ],
    [
      `[\n${one()}\n${one()}]`,
      'FILE-UNREADABLE extract.txt: line 3 has "{" where "," or a closing bracket is to stand; nothing of the file is used',
    ],
    [
      `[${one()},]`,
      'FILE-UNREADABLE extract.txt: line 1 has "]" where a value is to stand; nothing of the file is used',
    ],
    [
      `[\n${one()},\n{'co': 1}]`,
      'FILE-UNREADABLE extract.txt: line 3 has characters that are no JSON; nothing of the file is used',
    ],
    [
      `${one()}\n${one()}`,
      'FILE-UNREADABLE extract.txt: line 2 has "{" where the file is to end: an object a line is kind: ndjson; nothing of the file is used',
    ],
    [
      '[1, 2]',
      'FILE-UNREADABLE extract.txt: line 1 has a value where objects are to stand; nothing of the file is used',
    ],
    [
      `[${one({ po: 'x' }).replace('"x"', '"\\ud800"')}]`,
      'FILE-UNREADABLE extract.txt: line 1 has half a character: one of \\ud800 to \\udfff alone; nothing of the file is used',
    ],
    [
      `${'['.repeat(200)}`,
      'FILE-UNREADABLE extract.txt: line 1 has more than 100 brackets open; nothing of the file is used',
    ],
    [
      `[{"co": "${'x'.repeat(1_100_000)}"}]`,
      'FILE-UNREADABLE extract.txt: line 1 has a value of more than 1048576 characters; nothing of the file is used',
    ],
  ])('that is none, or not whole, is not used: %#', async (bytes, message) => {
    const check = await bench.check(flat(), bytes)
    expect([check.usable, ...said(check)]).toEqual([false, message])
  })

  test('without any record it is an extract of nothing; without the place of the records it is another file', async () => {
    expect(said(await bench.check(flat(), '[]'))).toEqual(['FILE-EMPTY extract.txt: the file holds no record'])
    expect(said(await bench.check(nested(), '{"orders": []}'))).toMatchObject([expect.stringContaining('no record')])
    expect(said(await bench.check(nested(), '{"error": "not authorised"}'))).toEqual([
      'FILE-UNREADABLE extract.txt: there is nothing at orders/lines; nothing of the file is used',
    ])
  })

  test('a column that no record has, and one that is new, are drift as in any extract', async () => {
    const renamed = await bench.check(flat(), `[${one({ uom: undefined, uoms: 'EA' })}]`)
    expect(said(renamed)).toEqual([
      'DATA-COLUMN-MISSING extract.txt: there is no column uom; was uoms meant?; nothing of the file is used',
    ])
    const more = await bench.check(
      flat(),
      `[${one()}, ${one({ line: 2, lots: [{ lot: 'L', exp: '2027' }, { lot: 'M' }] })}]`,
    )
    expect(more.accepted).toBe(2)
    expect(more.findings.map(({ keys }) => keys.field)).toEqual(['lots/lot', 'lots/exp'])
    const how = (newColumns: 'ignore' | 'refuse') => ({ ...flat(), 'new-columns': newColumns })
    expect(said(await bench.check(how('ignore'), `[${one({ lots: 1 })}]`))).toEqual([])
    const late = `[${one()}, ${one({ line: 2, lots: 1 })}]`
    expect(await bench.check(how('refuse'), late)).toMatchObject({ usable: false })
  })

  test('UTF-8 and UTF-16 with a byte order mark, and Latin-1 where it is agreed', async () => {
    const text = `[${one({ po: 'Ω-😀' })}]`
    for (const bytes of [
      Buffer.from(`\ufeff${text}`),
      Buffer.from(`\ufeff${text}`, 'utf16le'),
      Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
    ])
      expect(await rows(await bench.check(flat(), bytes))).toMatchObject([{ po_number: 'Ω-😀' }])
    const latin = Buffer.from(`[${one({ po: 'é' })}]`, 'latin1')
    expect(await rows(await bench.check(flat({ encoding: 'iso-8859-1' }), latin))).toMatchObject([{ po_number: 'é' }])
    expect(said(await bench.check(flat(), latin))).toEqual([
      'FILE-UNREADABLE extract.txt: the byte at offset 18 is not text in utf-8; nothing of the file is used',
    ])
  })

  test('values with line ends, quotes, NUL and the characters that delimit a copy stay as they are', async () => {
    const po = 'a"b,c\r\nd\ne\u0000\u0001|'
    const check = await bench.check(flat(), `[${one({ po })},\n${one({ line: 2 })}]`)
    expect(said(check)).toEqual([])
    expect(await rows(check)).toMatchObject([{ po_number: po }, { po_number: 'P1' }])
  })

  test('values that stand behind more records than can wait for them are not guessed: the file is not used', async () => {
    const line = `{ "line": 1, "receipt": { "number": "${'R'.repeat(1000)}" }, "qty": 2, "uom": "EA" }`
    const many = `{ "orders": [ { "co": "1", "po": "P", "lines": [${Array.from({ length: 17_000 }, () => line).join(',\n')}] } ], "day": "2026-11-28" }`
    expect(said(await bench.check(nested(), many))).toEqual([
      'FILE-UNREADABLE extract.txt: ../../day of the object of line 1 stands behind more records than can be held until it comes; nothing of the file is used',
    ])
    const before = many.replace(', "day": "2026-11-28" }', '}').replace('{', '{ "day": "2026-11-28", ')
    expect(await bench.check({ ...nested(), projections: [] }, before)).toMatchObject({ usable: true, records: 17_000 })
  })
})

describe('an extract with a JSON object a line', () => {
  const lines = flat({ kind: 'ndjson' })

  test('a line that cannot be read is rejected, and the others are used', async () => {
    const check = await bench.check(
      lines,
      `${one()}\n\n{ "co": "10", oops }\r\n${one({ line: 2 })} x\n[${one({ line: 3 })}]\n{"co": "10"\n"text"\n${one({ line: 4 })}\n`,
    )
    expect(said(check)).toEqual([
      'DATA-TYPE extract.txt: line 3 (record 2) has characters that are no JSON',
      'DATA-TYPE extract.txt: line 4 (record 3) has characters that are no JSON',
      'DATA-TYPE extract.txt: line 5 (record 4) has a list where an object is to stand',
      'DATA-TYPE extract.txt: line 6 (record 5) has an end with 1 bracket still open',
      'DATA-TYPE extract.txt: line 7 (record 6) has a value where objects are to stand',
    ])
    expect((await rows(check)).length).toBe(2)
    expect(check).toMatchObject({ records: 7, accepted: 2, rejected: 5 })
  })

  test('one that ends in the middle of its last line is not used; without a last line end it may be whole', async () => {
    expect(said(await bench.check(lines, `${one()}\n{"co": "10", "po"`))).toEqual([
      'FILE-TRUNCATED extract.txt: it ends in the middle of line 2; nothing of the file is used',
    ])
    expect(await bench.check(lines, `${one()}\n${one({ line: 2 })}`)).toMatchObject({ usable: true, accepted: 2 })
    expect(said(await bench.check(lines, ''))).toEqual(['FILE-EMPTY extract.txt: the file holds no record'])
  })

  test('an order a line, with its lines', async () => {
    const orders = nested({ kind: 'ndjson', records: 'x/lines' })
    const line = (n: number) => `{"line":${n},"receipt":{"number":"R"},"qty":1,"uom":"EA"}`
    const check = await bench.check(
      orders,
      `{"x":{"lines":[${line(1)},${line(2)}],"co":"1","po":"P"},"day":"2026-11-28"}\n{"x":{"lines":[${line(3)},oops]}}\n`,
    )
    expect(said(check)).toEqual(['DATA-TYPE extract.txt: line 2 (record 3) has characters that are no JSON'])
    expect(check).toMatchObject({ records: 3, accepted: 2 })
  })
})
