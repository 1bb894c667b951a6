import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SetEngine } from '../../../src/canonical/index.js'
import { openDuckDb } from '../../../src/match/engine/duckdb.js'
import { compared, priceLists, type Row } from './two-tables.js'

let engine: SetEngine
beforeAll(async () => {
  engine = await openDuckDb({ threads: 2 })
})
afterAll(() => engine.close())

const verdicts = async (a: string | null, b: string | null, written: string, column: 'price' | 'text' | 'day') => {
  const row = (value: string | null): Row[] => [
    ['1', column === 'price' ? value : '1', column === 'text' ? value : 'x', column === 'day' ? value : '2026-01-01'],
  ]
  const { counts, differences } = await compared(engine, row(a), row(b), priceLists({ [column]: written }))
  const [found] = differences
  const verdict = counts.keys.same === 1 ? 'same' : counts.keys.within === 1 ? 'within' : 'differs'
  return found === undefined ? verdict : `${verdict} ${found.fields[0]?.distance ?? ''}`.trim()
}

describe('two price lists held against each other by item', () => {
  it('tells each row once: the same, changed with both values, and on one side only', async () => {
    const { counts, differences } = await compared(
      engine,
      [
        ['100', '5.00', 'glove', null],
        ['200', '7.10', 'gown', '2026-01-01'],
        ['300', '1', 'mask', null],
      ],
      [
        ['400', '2', 'cap', null],
        ['200', '7.25', 'gown', null],
        ['100', '5.00', 'glove', null],
      ],
    )
    expect(counts.left).toEqual({
      rows: 3,
      same: 1,
      within: 0,
      changed: 1,
      only: 1,
      doubled: 0,
      outside: 0,
      undated: 0,
    })
    expect(counts.right).toEqual(counts.left)
    expect(counts.fields).toEqual([
      { field: 'price', tolerance: 'exact', same: 1, within: 0, differs: 1 },
      { field: 'text', tolerance: 'exact', same: 2, within: 0, differs: 0 },
      { field: 'day', tolerance: 'exact', same: 1, within: 0, differs: 1 },
    ])
    expect(differences).toEqual([
      {
        kind: 'changed',
        keys: { item: '200' },
        fields: [
          { field: 'price', left: '7.10', right: '7.25', distance: null, tolerance: 'exact', verdict: 'differs' },
          { field: 'day', left: '2026-01-01', right: null, distance: null, tolerance: 'exact', verdict: 'differs' },
        ],
        left: { file: 0, records: [2], rows: 1 },
        right: { file: 1, records: [2], rows: 1 },
      },
      { kind: 'only-left', keys: { item: '300' }, fields: [], left: { file: 0, records: [3], rows: 1 }, right: null },
      { kind: 'only-right', keys: { item: '400' }, fields: [], left: null, right: { file: 1, records: [1], rows: 1 } },
    ])
  })

  it('a key that stands twice is told with its records and joined with nothing', async () => {
    const { counts, differences } = await compared(
      engine,
      [
        ['1', '5', null, null],
        ['2', '5', null, null],
        ['1', '6', null, null],
      ],
      [
        ['1', '5', null, null],
        ['2', '5', null, null],
        ['3', '1', null, null],
        ['3', '1', null, null],
      ],
    )
    expect(counts.keys).toEqual({ same: 1, within: 0, changed: 0, 'only-left': 0, 'only-right': 0, doubled: 2 })
    expect([counts.left.doubled, counts.right.doubled]).toEqual([2, 3])
    expect(differences).toMatchObject([
      { kind: 'doubled', keys: { item: '1' }, left: { records: [1, 3], rows: 2 }, right: { records: [1], rows: 1 } },
      { kind: 'doubled', keys: { item: '3' }, left: null, right: { records: [3, 4], rows: 2 } },
    ])
  })

  it('an empty key is a key, and an empty cell is not the same as a value', async () => {
    const { counts } = await compared(engine, [[null, '1', null, null]], [[null, '1', 'x', null]])
    expect(counts.keys).toMatchObject({ changed: 1, 'only-left': 0, 'only-right': 0 })
  })

  it('with nothing on either side there is no difference', async () => {
    const { counts, differences } = await compared(engine, [], [])
    expect([counts.left.rows, counts.right.rows, differences]).toEqual([0, 0, []])
  })
})

describe('how far apart two values may be', () => {
  it.each<[string | null, string | null, string, string]>([
    ['10.00', '10.05', '0.05', 'within'],
    ['10.00', '10.051', '0.05', 'differs 0.051'],
    ['12.50', '12.5', 'number', 'same'],
    ['12.5', '012.50000', 'number', 'same'],
    ['-1', '1', '2', 'within'],
    ['100', '101', '1%', 'within'],
    ['101', '100', '1%', 'within'],
    ['100', '101.02', '1%', 'differs 1.02'],
    ['0', '0.01', '50%', 'differs 0.01'],
    // Both limits must hold.
    ['1000', '1005', '1+1%', 'differs 5'],
    ['10', '10.50', '1+1%', 'differs 0.5'],
    ['1000', '1001', '1+1%', 'within'],
    // A double could not tell these apart.
    ['1234567890123456.12345678', '1234567890123456.12345679', '0.00000001', 'within'],
    ['1234567890123456.12345678', '1234567890123456.1234568', '0.00000001', 'differs 0.00000002'],
    // What is no number, or has more digits than are kept, is the same only as text.
    ['n/a', 'n/a', '0.05', 'same'],
    ['n/a', '5', '0.05', 'differs'],
    ['1e3', '1000', '0.05', 'differs'],
    ['0.000000001', '0', '0.05', 'differs'],
    [null, '0', '0.05', 'differs'],
  ])('price %s and %s, allowed %s: %s', async (a, b, written, verdict) => {
    expect(await verdicts(a, b, written, 'price')).toBe(verdict)
  })

  it.each<[string | null, string | null, string, string]>([
    ['Glove', 'glove', 'case', 'within'],
    ['ÉTUI', 'étui', 'case', 'within'],
    ['00123', '123', 'zeros', 'within'],
    ['000', '0', 'zeros', 'within'],
    ['00123', '1230', 'zeros', 'differs'],
    [' glove ', 'glove', 'spaces', 'within'],
    ['  ', null, 'spaces', 'within'],
    [' 00a', 'A ', 'case+zeros+spaces', 'within'],
    ['Glove ', 'glove', 'case', 'differs'],
  ])('text "%s" and "%s", not counting %s: %s', async (a, b, written, verdict) => {
    expect(await verdicts(a, b, written, 'text')).toBe(verdict)
  })

  it.each<[string | null, string | null, string, string]>([
    ['2026-02-28', '2026-03-02', '2d', 'within'],
    ['2026-03-02', '2026-02-28', '1 day', 'differs -2'],
    ['2026-02-30', '2026-03-02', '9d', 'differs'],
    ['2026-02-28', null, '9d', 'differs'],
  ])('day %s and %s, allowed %s: %s', async (a, b, written, verdict) => {
    expect(await verdicts(a, b, written, 'day')).toBe(verdict)
  })

  it('keys may be written differently too, and then are one', async () => {
    const { counts, differences } = await compared(
      engine,
      [['0012a', '1', null, null]],
      [['12A ', '1', null, null]],
      priceLists({ item: 'zeros,case,spaces' }),
    )
    expect([counts.keys.same, differences]).toEqual([1, []])
  })
})

describe('many rows against one', () => {
  it('sums a group exactly before it compares, and shows what cannot be summed', async () => {
    const { left, right, fields } = priceLists({ price: 'number' })
    const how = priceLists(
      {},
      {
        left: { ...left, grouped: true },
        right,
        fields: fields.map((field) => ({ ...field, sum: field.name === 'price' })),
      },
    )
    const { counts, differences } = await compared(
      engine,
      [
        ['1', '0.1', 'a', null],
        ['1', '0.2', 'a', null],
        ['2', '5', 'a', null],
        ['2', 'five', 'a', null],
        ['3', '1', 'a', null],
        ['3', '1', 'b', null],
      ],
      [
        ['1', '0.30', 'a', null],
        ['2', '10', 'a', null],
        ['3', '2', 'a', null],
      ],
      how,
    )
    expect(counts.left).toMatchObject({ rows: 6, same: 2, changed: 4 })
    expect(counts.right).toMatchObject({ rows: 3, same: 1, changed: 2 })
    expect(differences).toMatchObject([
      {
        keys: { item: '2' },
        fields: [{ field: 'price', left: 'five', right: '10', distance: null }],
        left: { records: [3, 4], rows: 2 },
      },
      { keys: { item: '3' }, fields: [{ field: 'text', left: '2 different values', right: 'a' }] },
    ])
  })
})

describe('windows of effective dates', () => {
  it('takes the row in force on the day, tells what cannot be dated, and counts the rest', async () => {
    const { left } = priceLists()
    const windowed = { ...left, window: { from: 'day', to: 'text', on: '2026-06-30' } }
    const { fields } = priceLists()
    const how = priceLists({}, { left: windowed, fields: fields.filter(({ name }) => name === 'price') })
    const { counts, differences } = await compared(
      engine,
      [
        ['1', '5', '2026-03-31', '2025-01-01'],
        ['1', '6', '2026-06-30', '2026-04-01'],
        ['1', '7', null, '2026-07-01'],
        ['2', '8', null, null],
        ['3', '9', null, 'soon'],
      ],
      [
        ['1', '6', null, null],
        ['2', '8', null, null],
      ],
      how,
    )
    expect(counts.left).toEqual({
      rows: 5,
      same: 2,
      within: 0,
      changed: 0,
      only: 0,
      doubled: 0,
      outside: 2,
      undated: 1,
    })
    expect(differences).toEqual([
      { kind: 'undated', keys: { item: '3' }, fields: [], left: { file: 0, records: [5], rows: 1 }, right: null },
    ])
  })
})
