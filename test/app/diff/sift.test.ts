import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chooseColumns } from '../../../src/app/diff/choose-columns.js'
import { compareRead } from '../../../src/app/diff/compare-inputs.js'
import { inputLayout } from '../../../src/app/diff/input-layout.js'
import { both, type ReadInputs, readWhole } from '../../../src/app/diff/read-input.js'
import { siftByHashes } from '../../../src/app/diff/sift-by-hashes.js'
import { siftByQuery } from '../../../src/app/diff/sift-by-query.js'
import type { SetEngine } from '../../../src/canonical/index.js'
import { openDuckDb } from '../../../src/match/engine/duckdb.js'
import fc from '../../properties.js'

let engine: SetEngine
let folder: string
beforeAll(async () => {
  engine = await openDuckDb({ threads: 1 })
  folder = mkdtempSync(path.join(os.tmpdir(), 'matchbook-test-sift-'))
})
afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Asked {
  readonly keys: readonly string[]
  readonly compare?: readonly string[]
  readonly tolerances?: readonly string[]
}

/** What each way of reading comes to; undefined where hashes alone cannot tell. */
async function eachWay(leftBytes: Buffer, rightBytes: Buffer, { keys, compare, tolerances = [] }: Asked) {
  const bytes = { left: leftBytes, right: rightBytes }
  const places = await both(async (side) => {
    mkdirSync(path.join(folder, side), { recursive: true })
    return { engine, side, folder: path.join(folder, side) }
  })
  const sides = await both(async (side) => {
    const file = { name: side, path: path.join(folder, `${side}.csv`) }
    writeFileSync(file.path, bytes[side])
    const layout = await inputLayout(engine, file, { delimiter: undefined, encoding: undefined, header: true })
    return { file, name: side, layout, grouped: false }
  })
  const unused = { ignore: [], sum: [], window: undefined, inForce: undefined, contracts: [], limit: 10 }
  const request = { ...unused, left: '', right: '', delimiter: undefined, encoding: undefined, header: true }
  const asked = { keys, compare, tolerances, output: undefined, workspace: undefined }
  const what = chooseColumns({ ...request, ...asked }, sides.left, sides.right)
  const found = async (read: ReadInputs) => {
    const comparison = await compareRead(engine, what, sides, read)
    const differences = []
    for await (const difference of comparison.differences()) differences.push(difference)
    return { found: { counts: comparison.counts, differences }, looked: comparison.counts.left.rows - read.alike }
  }
  const whole = await found(await readWhole(places, sides))
  const byQuery = await found(await siftByQuery(places, what, sides))
  const hashed = await siftByHashes(places, what, sides)
  return { whole, byQuery, byHashes: hashed && (await found(hashed)) }
}

interface Style {
  /** Of the columns A, B and C. */
  readonly order: readonly number[]
  readonly delimiter: string
  readonly lineEnd: string
  readonly start: string
  readonly end: string
  readonly encoding: 'utf-8' | 'windows-1252'
}

const csv = (
  rows: readonly (readonly string[])[],
  { order, delimiter, lineEnd, start, end, encoding }: Style,
): Buffer => {
  const lines = [['A', 'B', 'C'], ...rows].map((row) => order.map((n) => row[n]).join(delimiter))
  return iconv.encode((encoding === 'utf-8' ? start : '') + lines.join(lineEnd) + end, encoding)
}
const plain: Style = { order: [0, 1, 2], delimiter: ',', lineEnd: '\n', start: '', end: '\n', encoding: 'utf-8' }

describe('rows that are the same on both sides are sifted out by hashes, and nothing is found otherwise than by looking at all', () => {
  it('whatever two files hold, and however they are written', async () => {
    const value = fc.oneof(
      {
        weight: 60,
        arbitrary: fc.constantFrom('', '""', '1', '"1"', '1 ', ' 1', '01', '1.0', '2', '"2"', '3', '5" x'),
      },
      { weight: 10, arbitrary: fc.constantFrom('"a,b"', '"q""q"', 'é', 'Ã©', '"two\nlines"', '"|"') },
      { weight: 1, arbitrary: fc.constantFrom('  "1" ', '"1" ', 'x,y', '"open') },
    )
    const row = fc.tuple(value, value, value)
    const rows = fc
      .array(row, { maxLength: 8 })
      .chain((left) => fc.tuple(fc.constant(left), fc.shuffledSubarray(left), fc.array(row, { maxLength: 2 })))
    const style: fc.Arbitrary<Style> = fc.record({
      order: fc.constantFrom([0, 1, 2], [0, 1, 2], [2, 0, 1]),
      delimiter: fc.constantFrom(',', ',', '|'),
      lineEnd: fc.constantFrom('\n', '\n', '\r\n'),
      start: fc.constantFrom('', '', '\ufeff'),
      end: fc.constantFrom('', '\n', '\n\n'),
      encoding: fc.constantFrom('utf-8', 'utf-8', 'windows-1252'),
    })
    const asked = fc.constantFrom<Asked>(
      { keys: ['A'] },
      { keys: ['A', 'B'] },
      { keys: ['B'], compare: ['C'], tolerances: ['C=number'] },
    )
    let hashed = 0
    await fc.assert(
      fc.asyncProperty(rows, style, style, asked, async ([left, kept, added], one, other, how) => {
        const { whole, byQuery, byHashes } = await eachWay(csv(left, one), csv([...kept, ...added], other), how)
        expect(byQuery.found).toEqual(whole.found)
        if (byHashes === undefined) return
        hashed++
        expect(byHashes.found).toEqual(whole.found)
      }),
      { numRuns: 20 },
    )
    expect(hashed).toBeGreaterThan(0)
  })

  const same = [...'abcdefgh'].map((key) => [key, '1', 'x'])
  const quoted = same.map((row) => row.map((text) => `"${text}"`))
  const western: Style = { ...plain, encoding: 'windows-1252' }
  const turned: Style = {
    order: [2, 1, 0],
    delimiter: '|',
    lineEnd: '\r\n',
    start: '\ufeff',
    end: '',
    encoding: 'utf-8',
  }
  it.each<[string, number | undefined, Buffer, Buffer]>([
    ['none, in another order of rows', 0, csv(same, plain), csv(same.toReversed(), plain)],
    ['none, in another order of columns, with quotes and CRLF', 0, csv(same, plain), csv(quoted, turned)],
    ['none, in windows-1252', 0, csv([...same, ['é', '€', 'x']], western), csv([['é', '€', 'x'], ...same], western)],
    [
      'all, where the same bytes are another text',
      undefined,
      csv([...same, ['i', 'é', 'x'], ['j', 'ü', 'x']], plain),
      csv([...same, ['i', 'Ã©', 'x'], ['j', 'ü', 'x']], western),
    ],
    ['one that is changed', 1, csv([...same, ['i', '1', 'x']], plain), csv([...same, ['i', '2', 'x']], plain)],
    [
      'those of a key that stands twice, though they are alike',
      2,
      csv([...same, ['a', '1', 'x']], plain),
      csv(same, plain),
    ],
    [
      'those that are as often on the other side too',
      2,
      csv([...same, ['a', '1', 'x']], plain),
      csv([...same, ['a', '1', 'x']], plain),
    ],
    [
      'all, where a record has too few values',
      undefined,
      Buffer.concat([csv(same, plain), Buffer.from('i,1\n')]),
      csv(same, plain),
    ],
    ['all, where a quote may mean two things', undefined, csv([...same, [' "i"', '1', 'x']], plain), csv(same, plain)],
  ])('looked at: %s', async (_, rows, left, right) => {
    const { whole, byHashes } = await eachWay(left, right, { keys: ['A'] })
    expect(byHashes?.looked).toBe(rows)
    if (byHashes !== undefined) expect(byHashes.found).toEqual(whole.found)
  })
})
