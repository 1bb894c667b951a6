import { expect, it } from 'vitest'
import { framed, layout, text } from '../../src/documents/segment-layout.js'
import { SegmentReader } from '../../src/documents/segment-reader.js'
import { type DecodedSegment, decodedSegment, type Transaction } from '../../src/formats/x12/index.js'

const POSITIONS = [1, 2, 3, 4, 5, 6, 7, 8, 9]
type Fields = Readonly<Record<`e${number}` | 'before' | 'behind', string>>

const nine = layout<Fields>('ZZ', Object.fromEntries(POSITIONS.map((position) => [`e${position}`, text(position)])))
const between = framed(nine, ['before'], ['behind'])

const span = { byteOffset: 0, byteLength: 0, line: 1 }
const reader = new SegmentReader({ segments: [], envelope: { version: '004010' } } as unknown as Transaction)
const segmentWith = (bits: number): DecodedSegment =>
  decodedSegment({ id: 'ZZ', elements: POSITIONS.map((n) => ((bits & (1 << (n - 1))) === 0 ? '' : `of ${n}`)), span })

it('has a field for each element that is there, and for no other, in whatever ways elements are missing', () => {
  for (let bits = 0; bits < 2 ** POSITIONS.length; bits++) {
    const there = POSITIONS.filter((n) => (bits & (1 << (n - 1))) !== 0).map((n) => [`e${n}`, `of ${n}`])
    expect(Object.entries(reader.fields(segmentWith(bits), nine))).toEqual(there)
  }
})

it('keeps what is given before and behind the elements', () => {
  const record = reader.framed(segmentWith(0b101), between, { before: 'first', behind: 'last' })
  expect(Object.entries(record)).toEqual([
    ['before', 'first'],
    ['e1', 'of 1'],
    ['e3', 'of 3'],
    ['behind', 'last'],
  ])
})
