import { expect, test } from 'vitest'
import type { Dialect } from '../../../src/formats/delimited/index.js'
import { longestRecord, RecordScanner } from '../../../src/formats/delimited/record-scanner.js'
import fc from '../../properties.js'

const dialect: Dialect = { delimiter: ',', quote: '"', encoding: 'utf-8', header: false }

/** Records as [text, line, malformed], fed in pieces of the sizes given. */
function scan(bytes: Buffer, sizes: readonly number[]): [string, number, boolean][] {
  const records: [string, number, boolean][] = []
  const scanner = new RecordScanner(dialect, ({ buffer, start, end, line, malformed, byteOffset }) => {
    expect(bytes.toString('latin1', byteOffset, byteOffset + end - start)).toBe(buffer.toString('latin1', start, end))
    records.push([buffer.toString('latin1', start, end), line, malformed])
  })
  let at = 0
  let rest = Buffer.alloc(0)
  for (let n = 0; at < bytes.length || n === 0; n++) {
    const piece = bytes.subarray(at, at + (sizes[n % sizes.length] ?? 1))
    const offset = at - rest.length
    at += piece.length
    const buffer = Buffer.concat([rest, piece])
    rest = Buffer.from(buffer.subarray(scanner.scan(buffer, offset, at >= bytes.length)))
  }
  return records
}

test('records are the same in whatever pieces the file is read', () => {
  const parts = fc.array(fc.constantFrom('a', '"', '""', ',', '\n', '\r\n', ' ', '"b"'), { maxLength: 30 })
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(parts, sizes, (text, pieces) => {
      // What the line ends of a file are is told by its first piece.
      const bytes = Buffer.from(`x\n${text.join('')}`)
      expect(scan(bytes, [Math.max(2, pieces[0] ?? 2), ...pieces])).toEqual(scan(bytes, [bytes.length]))
    }),
    { numRuns: 2000 },
  )
})

test('a quote never closed in a large file costs its own line, not the memory for the rest', () => {
  const filler = `${'y'.repeat(99)}\n`.repeat(25_000)
  const records = scan(Buffer.from(`a,"open\n${filler}`), [1 << 16])
  expect(records[0]).toEqual(['a,"open', 1, true])
  expect(records).toHaveLength(25_001)
})

test('a file without any line end is cut into pieces that are all malformed', () => {
  const records = scan(Buffer.alloc(3 * longestRecord, 'z'), [1 << 20])
  expect(records.length).toBeGreaterThanOrEqual(2)
  expect(records.slice(0, -1).every(([, , malformed]) => malformed)).toBe(true)
})
