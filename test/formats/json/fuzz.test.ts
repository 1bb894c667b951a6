import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parse as parseCsv } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { jsonReader, ndjsonReader } from '../../../src/formats/json/index.js'
import { numberText } from '../../../src/formats/json/number-text.js'
import { copyRecords, findShape, NoRecords } from '../../../src/formats/nested/index.js'
import fc from '../../properties.js'
import { changedBytes } from '../changed-bytes.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'matchbook-json-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const columns = ['item', 'price', 'maker/name', '../po']

async function recordsOf(bytes: string | Buffer, kind: 'json' | 'ndjson', records = 'orders/lines') {
  const file = path.join(folder, 'file')
  const copy = path.join(folder, 'copy.csv')
  writeFileSync(file, bytes)
  rmSync(copy, { force: true })
  const read = kind === 'json' ? jsonReader(file, 'utf-8') : ndjsonReader(file, 'utf-8')
  const arranged = await copyRecords(file, read, copy, {
    path: records,
    wanted: columns,
    only: true,
    byLine: kind === 'ndjson',
  })
  const [names = [], ...rows] = parseCsv(readFileSync(copy), { relax_column_count: true }) as string[][]
  return { rows: rows.map((row) => columns.map((name) => row[names.indexOf(name)] ?? '')), arranged, read }
}

const text = fc.string({ unit: 'grapheme', maxLength: 12 })
/** Digits as people write them: what a floating point would lose is among them. */
const number = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 24n }), fc.option(fc.stringMatching(/^\d{1,12}$/)))
  .map(([minus, whole, fraction]) => `${minus ? '-' : ''}${whole}${fraction === null ? '' : `.${fraction}`}`)
const line = fc.record({
  item: text,
  price: number,
  maker: fc.option(fc.record({ name: text })),
  other: fc.jsonValue({ maxDepth: 2 }),
})
const order = fc.record({ po: text, lines: fc.array(line, { maxLength: 4 }), last: fc.boolean() })

type Order = typeof order extends fc.Arbitrary<infer T> ? T : never

function written({ po, lines, last }: Order, indent?: number): string {
  const items = lines.map(({ price, ...rest }) =>
    JSON.stringify({ ...rest, price: '@' }, null, indent).replace('"@"', price),
  )
  const list = `"lines": [${items.join(', ')}]`
  return `{ ${last ? `${list}, "po": ${JSON.stringify(po)}` : `"po": ${JSON.stringify(po)}, ${list}`} }`
}

const expected = (orders: readonly Order[]) =>
  orders.flatMap(({ po, lines }) => lines.map(({ item, price, maker }) => [item, price, maker?.name ?? '', po]))

describe('records that are written as JSON are read the same', () => {
  test('orders in one value', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(order, { minLength: 1, maxLength: 4 }),
        fc.option(fc.constant(2), { nil: undefined }),
        async (orders, indent) => {
          const { rows, arranged } = await recordsOf(
            `{"orders": [${orders.map((one) => written(one, indent)).join(',\n')}]}`,
            'json',
          )
          expect(rows).toEqual(expected(orders))
          expect(arranged.unfit.size).toBe(0)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('an order a line', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(order, { minLength: 1, maxLength: 4 }), async (orders) => {
        const lines = orders.map((one) => `{"orders": ${written(one)}}\n`)
        const { rows, arranged } = await recordsOf(lines.join(''), 'ndjson')
        expect(rows).toEqual(expected(orders))
        expect(arranged.lines).toEqual(orders.flatMap(({ lines: some }, n) => some.map(() => n + 1)))
      }),
      { numRuns: 40 },
    )
  })
})

test('a number with an exponent has all its digits in plain notation', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 10n ** 20n }),
      fc.integer({ min: 1, max: 18 }),
      fc.integer({ min: -20, max: 20 }),
      (digits, scale, exponent) => {
        const whole = digits.toString().padStart(scale + 1, '0')
        const mantissa = `${whole.slice(0, -scale).replace(/^0+(?=\d)/, '')}.${whole.slice(-scale)}`
        const [before = '', behind = ''] = numberText(`${mantissa}e${exponent}`).split('.')
        // Both as whole numbers of the finest unit.
        const finest = Math.max(scale - exponent, behind.length, 0)
        expect(BigInt(before + behind.padEnd(finest, '0'))).toBe(digits * 10n ** BigInt(finest - (scale - exponent)))
      },
    ),
  )
})

describe('bytes that are changed crash nothing and hang nothing', () => {
  const seed = Buffer.from(
    `\ufeff{"orders": [ {"po": "P\\u00e9-\\ud83d\\ude00", "lines": [ {"item": "A\\n\\"1", "price": 12.50, "maker": {"name": null}}, {"item": 7, "price": -1e3, "tags": ["x", {"y": [true, false]}]} ]} ], "n": 2}\n`,
  )

  test.each(['json', 'ndjson'] as const)('%s', async (kind) => {
    await fc.assert(
      fc.asyncProperty(changedBytes(seed), async (bytes) => {
        try {
          const { arranged, read } = await recordsOf(bytes, kind)
          expect(arranged.lines.every((at) => at >= 1)).toBe(true)
          await findShape(read)
        } catch (error) {
          if (!(error instanceof NoRecords)) throw error
          expect(error.message).not.toBe('')
        }
      }),
      { numRuns: 300 },
    )
  })
})
