import { expect, test } from 'vitest'
import {
  type ColumnTest,
  columnTester,
  type TestedColumn,
  type TestedKey,
} from '../../../src/formats/delimited/column-tester.js'
import type { Dialect } from '../../../src/formats/delimited/dialect.js'
import { recordFields } from '../../../src/formats/delimited/record-fields.js'
import { RecordScanner } from '../../../src/formats/delimited/record-scanner.js'
import fc from '../../properties.js'

const dialect: Dialect = { delimiter: '|', quote: '"', encoding: 'utf-8', header: false }

/** Through the tester as a file goes: the records of a piece, then what is told of all. */
function tested(pieces: readonly string[], tests: readonly ColumnTest[], key?: TestedKey) {
  const tester = columnTester(dialect, tests, key)
  if (tester === undefined) throw new Error('nothing can be tested')
  const scanner = new RecordScanner(dialect, (span) => {
    if (span.end > span.start) tester.see(span)
  })
  for (const piece of pieces) {
    scanner.scan(Buffer.from(piece), 0, true)
    tester.lookNow()
  }
  return tester.finish()
}

/** The same, value by value. */
function byValue(values: readonly string[], test: ColumnTest): TestedColumn {
  const filled = values.filter((value) => value !== '')
  const patterns = {
    any: /^/,
    digits: /^\d{1,16}$/,
    capitals: /^[^a-z\x80-\uffff]+$/,
    number: test.kind === 'number' && test.decimals > 0 ? /^(?=.{1,16}$)-?\d+(\.\d{1,2})?$/ : /^(?=.{1,16}$)-?\d+$/,
    shape: /^\d\d\/\d\d\/\d{4}$/,
  }
  return {
    test,
    fits: filled.every((value) => patterns[test.kind].test(value)),
    unspaced: filled.every((value) => !value.startsWith(' ') && !value.endsWith(' ')),
    empty: filled.length === 0,
    noZeroFirst: filled.every((value) => !value.startsWith('0')),
  }
}

const tests: readonly ColumnTest[] = [
  { kind: 'any' },
  { kind: 'digits' },
  { kind: 'number', decimals: 2 },
  { kind: 'number', decimals: 0 },
  { kind: 'shape', shape: '00/00/0000' },
  { kind: 'capitals' },
]

const plain = [
  fc.constantFrom('', 'a', 'GOWN 4X4', 'é', 'a value of more than sixteen bytes'),
  fc.constantFrom('', '1', '0012', '15700005012931', '1234567890123456'),
  fc.constantFrom('', '1', '-1', '12.5', '-0.25', '100000000000.25'),
  fc.constantFrom('', '1', '-1', '42'),
  fc.constantFrom('', '01/31/2026', '99/99/9999'),
  fc.constantFrom('', 'BX', 'M2', 'PACK OF TEN @{[', 'A TEXT OF MORE THAN SIXTEEN'),
]
const odd = fc.constantFrom(
  ' ',
  ' 1',
  '1 ',
  '-',
  '.',
  '1.',
  '.5',
  '1.234',
  '1.2.3',
  '1-',
  '+1',
  '12345678901234567',
  '1/1/2026',
  'bx',
  'É',
  'A TEXT OF MORE THAN SIXTeEN',
  '01-31-2026',
  'x',
  '1e3',
)
const quoted = fc.constantFrom('""', '"1"', '" 1"', '"a|b"', '"a\nb"', '"12.5"', '"01/31/2026"', '5" x')
const value = (n: number) =>
  fc.oneof({ weight: 30, arbitrary: plain[n] ?? odd }, { weight: 1, arbitrary: odd }, { weight: 1, arbitrary: quoted })
const record = fc.tuple(value(0), value(1), value(2), value(3), value(4), value(5)).map((values) => values.join('|'))

test('what is told of a column holds of each of its values, whatever stands beside it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(record, { maxLength: 8 }), { maxLength: 3 }),
      fc.constantFrom('\n', '\r\n'),
      (pieces, lineEnd) => {
        const values = pieces.flat().map((text) => recordFields(text, dialect) ?? [])
        const told = tested(
          pieces.map((records) => records.map((text) => text + lineEnd).join('')),
          tests,
        )
        expect(told?.ragged).toBe(0)
        expect(told?.columns).toEqual(
          tests.map((one, n) =>
            byValue(
              values.map((fields) => fields[n] ?? ''),
              one,
            ),
          ),
        )
      },
    ),
    { numRuns: 300 },
  )
})

test('a record of too many or too few values says nothing of a column; an empty one at the end is none too many', () => {
  const told = tested(
    ['1|2\n', '1|2|3|\n1|2|3\n', ' | |x| x\n', '"1"|" "\n', 'TRL|4'],
    [{ kind: 'any' }, { kind: 'digits' }, { kind: 'any' }],
  )
  expect(told?.ragged).toBe(4)
  expect(told?.columns.map(({ fits, unspaced }) => fits && unspaced)).toEqual([true, true, true])
})

test('a last record without a line end counts', () => {
  expect(tested(['1|2\n1| '], [{ kind: 'any' }, { kind: 'any' }])?.columns[1]).toMatchObject({ unspaced: false })
})

test('a doubled quote is no part of a number, and a quote after spaces may mean anything', () => {
  expect(tested(['"1""2"|1\n'], [{ kind: 'digits' }, { kind: 'any' }])?.columns[0]).toMatchObject({ fits: false })
  expect(tested([' "1|2"|1\n'], [{ kind: 'any' }, { kind: 'any' }])).toBeUndefined()
})

test('values between more than one byte are not told apart', () => {
  expect(columnTester({ ...dialect, delimiter: '||' }, tests)).toBeUndefined()
  expect(columnTester({ ...dialect, delimiter: '¦' }, tests)).toBeUndefined()
})

test('a key is told to stand once where it does, whatever is written around it', () => {
  const part = fc.constantFrom(
    '',
    '7',
    '07',
    ' 7',
    '7 ',
    '"7"',
    '70',
    'A',
    'NONE',
    ' NONE',
    '0000',
    '0',
    'a number of more than sixteen',
    'a number of more than sixteeN',
  )
  const meant = (value: string): string => {
    const text = value.replaceAll('"', '').replaceAll(/^ +| +$/g, '')
    return text === 'NONE' ? '' : text.replace(/^0+/, '')
  }
  const any: readonly ColumnTest[] = [{ kind: 'any' }, { kind: 'any' }, { kind: 'any' }]
  fc.assert(
    fc.property(fc.array(fc.tuple(part, part, part), { maxLength: 12 }), (records) => {
      const told = tested([records.map((values) => `${values.join('|')}\n`).join('')], any, {
        columns: [0, 2],
        nulls: ['NONE'],
        records: 12,
      })
      const keys = records.map(([one, , other]) => `${meant(one)}|${meant(other)}`)
      expect(told?.distinct).toBe(new Set(keys).size === keys.length)
    }),
    { numRuns: 500 },
  )
})

test('among many keys one that stands twice is seen, and more than were expected may', () => {
  const lines = Array.from({ length: 30_000 }, (_, n) => `P${n}|${n % 7}|x\n`)
  const any: readonly ColumnTest[] = [{ kind: 'any' }, { kind: 'any' }, { kind: 'any' }]
  const key = { columns: [0, 1], nulls: [], records: 30_000 }
  const told = (texts: readonly string[], records = 30_000) =>
    tested([texts.join('')], any, { ...key, records })?.distinct
  expect(told(lines)).toBe(true)
  expect(told([...lines, 'P29|1|y\n'])).toBe(false)
  expect(told([...lines, 'P29|1\n'])).toBe(true)
  expect(told(lines, 100)).toBe(false)
  expect(told(['"P""1"|1|x\n'])).toBe(false)
  expect(told(['\u{a0}P|1|x\n'])).toBe(true)
  expect(told([' \u{a0}P|1|x\n'])).toBe(false)
})
