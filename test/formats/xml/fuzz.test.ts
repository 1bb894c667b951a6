import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parse as parseCsv } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { copyRecords, findShape, NoRecords } from '../../../src/formats/nested/index.js'
import { xmlReader } from '../../../src/formats/xml/index.js'
import fc from '../../properties.js'
import { changedBytes } from '../changed-bytes.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'matchbook-xml-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const columns = ['item', '@line', 'maker/name', '../po']

async function recordsOf(bytes: string | Buffer) {
  const file = path.join(folder, 'file')
  const copy = path.join(folder, 'copy.csv')
  writeFileSync(file, bytes)
  rmSync(copy, { force: true })
  const read = xmlReader(file)
  const arranged = await copyRecords(file, read, copy, { path: 'orders/order/line', wanted: columns, only: true })
  const [names = [], ...rows] = parseCsv(readFileSync(copy), { relax_column_count: true }) as string[][]
  return { rows: rows.map((row) => columns.map((name) => row[names.indexOf(name)] ?? '')), arranged, read }
}

/** XML has no place for control characters, and makes one line end of each. */
const text = fc
  .string({ unit: 'grapheme', maxLength: 12 })
  .map((value) => value.replaceAll(/[\p{Cc}\p{Cn}\ufffe\uffff]/gu, ''))
const line = fc.record({ item: text, line: text, name: fc.option(text) })
const order = fc.record({
  po: text,
  lines: fc.array(line, { maxLength: 4 }),
  last: fc.boolean(),
  prefix: fc.constantFrom('', 'n0:'),
})
type Order = typeof order extends fc.Arbitrary<infer T> ? T : never

const escaped = (value: string) =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&#34;').replaceAll('>', '&gt;')
const cdata = (value: string) => (value.includes(']]>') ? escaped(value) : `<![CDATA[${value}]]>`)

function written({ po, lines, last, prefix: p }: Order): string {
  const items = lines.map(
    ({ item, line: number, name }) =>
      `<${p}line line="${escaped(number)}">\n  <${p}item>${escaped(item)}</${p}item>${name === null ? '' : `<${p}maker><${p}name>${cdata(name)}</${p}name></${p}maker>`}</${p}line>`,
  )
  const head = `<${p}po>${escaped(po)}</${p}po>`
  return `<${p}order xmlns:n0="urn:x">${last ? items.join('\n') + head : head + items.join('\n')}</${p}order>`
}

test('records that are written as XML are read the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(order, { minLength: 1, maxLength: 4 }), async (orders) => {
      // Without any line it is another file.
      fc.pre(orders.some(({ lines }) => lines.length > 0))
      const { rows, arranged } = await recordsOf(`<orders>${orders.map(written).join('\n')}</orders>`)
      const blank = (value: string) => (value.trim() === '' ? '' : value)
      expect(rows.map((row) => row.map(blank))).toEqual(
        orders.flatMap(({ po, lines }) =>
          lines.map(({ item, line: number, name }) => [item, number, name ?? '', po].map(blank)),
        ),
      )
      expect(arranged.unfit.size).toBe(0)
    }),
    { numRuns: 60 },
  )
})

test('bytes that are changed crash nothing and hang nothing', async () => {
  const seed = Buffer.from(
    '<?xml version="1.0" encoding="UTF-8"?>\n<n:orders xmlns:n="urn:x"><order d="1"><po>P&#233;&amp;</po><line line="1">\n<item><![CDATA[<A>]]></item><!-- c --><maker><name>é</name></maker></line><line/><line line="2">x<item/><item>2</item></line></order></n:orders>\n',
  )
  await fc.assert(
    fc.asyncProperty(changedBytes(seed), async (bytes) => {
      try {
        const { arranged, read } = await recordsOf(bytes)
        expect(arranged.lines.every((at) => at >= 1)).toBe(true)
        await findShape(read)
      } catch (error) {
        if (!(error instanceof NoRecords)) throw error
        expect(error.message).not.toBe('')
      }
    }),
    { numRuns: 400 },
  )
})
