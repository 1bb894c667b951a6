import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { codeNumber } from '../../../src/formats/x12/code-text.js'
import type { Delimiters } from '../../../src/formats/x12/delimiters.js'
import { KINDS, NUMBER_SHIFT } from '../../../src/formats/x12/element-marks.js'
import { elementText } from '../../../src/formats/x12/element-text.js'
import { kindsIn, type Segment, SegmentScanner } from '../../../src/formats/x12/index.js'
import { PLACE } from '../../../src/formats/x12/placed-text.js'
import type { SegmentShape } from '../../../src/formats/x12/segment-shape.js'
import { mutated } from './fuzz-mutator.js'
import { cut, latin1, scan } from './scanned.js'
import { fileText, twoInvoices } from './two-invoices.js'

const SPACE = 8
const SEPARATOR = 32
const root = path.resolve(import.meta.dirname, '../../..')
const samples = readdirSync(path.join(root, 'edi-samples'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.edi'))
  .sort()
  .map((name) => readFileSync(path.join(root, 'edi-samples', name)))

/** Reads each segment once more, byte by byte, and holds what the scanner says of it against that. @returns how many there were */
function readAgain(bytes: Buffer, sizes: readonly number[]): number {
  const scanner = new SegmentScanner()
  let delimiters: Delimiters | undefined
  let count = 0
  const take = () => {
    for (let segment = scanner.next(); segment !== undefined; segment = scanner.next()) {
      // They are forgotten with the IEA, which is theirs too.
      delimiters = scanner.delimiters ?? delimiters
      count++
      // An ISA and data of a declared length are cut by other rules.
      if (segment.id !== 'ISA' && segment.binary === 0) checkSegment(bytes, segment, delimiters as Delimiters)
    }
  }
  for (const chunk of cut(bytes, sizes)) {
    scanner.push(chunk)
    take()
  }
  scanner.end()
  take()
  return count
}

function checkSegment(
  bytes: Buffer,
  segment: Segment,
  { element, segment: terminator, component, repetition }: Delimiters,
) {
  const { byteOffset, byteLength, terminated, placed, shape, first, plain } = segment
  const raw = bytes.subarray(byteOffset, byteOffset + byteLength)
  const pieces: Buffer[] = []
  let begun = 0
  raw.forEach((byte, at) => {
    if (byte === terminator) throw new Error(`a terminator stands within the segment at ${byteOffset}`)
    if (byte !== element) return
    pieces.push(raw.subarray(begun, at))
    begun = at + 1
  })
  pieces.push(raw.subarray(begun))
  let end = byteOffset + byteLength
  while (terminated && [component, 0x0a, 0x0d].includes(bytes[end] as number) && bytes[end] !== terminator) end++
  same(terminated ? bytes[end] : terminator, terminator)

  const elements = pieces.map((piece) => elementText(piece.toString('latin1')))
  const line = bytes.toString('latin1', 0, byteOffset).split(/\r\n|\r|\n/).length
  same(
    [segment.id, segment.elements(), segment.elementCount, segment.line],
    [elements[0], elements.slice(1), pieces.length - 1, line],
  )
  if (!plain) return
  const ends = pieces.map((_, index) => Buffer.concat(pieces.slice(0, index + 1)).length + index)
  const noted = pieces.map((piece) => {
    const text = piece.toString('latin1')
    const separates = piece.some((byte) => byte === component || byte === repetition)
    return kindsIn(text, 0, text.length) | (separates ? SEPARATOR : 0)
  })
  const signature = JSON.stringify([
    elements[0],
    noted.slice(1),
    elements.slice(1).map((element) => (element.length < 4 ? element.length : Math.clz32(element.length))),
    elements.slice(1).map((element) => element.endsWith(' ') || /^[.\d]*\.[.\d]*\.[.\d]*$/.test(element)),
    elements.slice(1).map((element) => (/^[A-Z\d]*[A-Z][A-Z\d]*$/.test(element) && element.length < 4 ? element : '')),
  ])
  if (signatures.get(shape) !== undefined) same(signature, signatures.get(shape))
  signatures.set(shape, signature)
  same([shape.id, shape.idNumber, shape.elementCount], [elements[0], segment.idNumber, pieces.length - 1])
  // Of what is blank only that is noted.
  const kindsDue = noted.map((kind, index) => (elements[index]?.trim() === '' ? 0 : kind & ~SPACE))
  const present = kindsDue.slice(1, 32).reduce((bits, kind, index) => (kind === 0 ? bits : bits | (1 << index)), 0)
  const { places } = placed
  const placesOf = pieces.map((_, n) => first + PLACE * n)
  same(
    [
      placesOf.map((at) => (places[at + PLACE] as number) - (places[first] as number) - 1),
      placesOf.map((at) => (places[at + 1] as number) & KINDS & ~SPACE),
      placesOf.slice(1).map((at) => (places[at + 1] as number) >>> NUMBER_SHIFT),
      segment.allKinds & ~SPACE,
      shape.present,
      segment.idNumber,
    ],
    [
      ends,
      kindsDue,
      pieces.slice(1).map((piece, index) => codeOf(piece, kindsDue[index + 1] as number)),
      noted.reduce((all, kind) => all | kind, 0) & ~SPACE,
      present,
      codeNumber(elements[0] as string, 0, (elements[0] as string).length),
    ],
  )
}

/** What the first segment of a shape said: so say all. */
const signatures = new Map<SegmentShape, string>()

/** One with a separator in it is none, though that may be a letter. */
const codeOf = (piece: Buffer, kinds: number): number =>
  (kinds & SEPARATOR) === 0 ? codeNumber(piece.toString('latin1'), 0, piece.length) : 0

/** Of many, so cheap where they are. */
function same(seen: unknown, due: unknown): void {
  if (JSON.stringify(seen) !== JSON.stringify(due)) expect(seen).toEqual(due)
}

describe('separators and kinds of characters', () => {
  it('are what a reading byte by byte says, also of files to which something happened, in chunks of any size', () => {
    for (let number = 0; number < 120; number++) readAgain(mutated(samples, 3, number), [1 + number, 64 * 1024])
  })

  it('are the same wherever a chunk and a block of sixteen bytes end', () => {
    const text = fileText(twoInvoices, '\r\n')
    const wrapped = fileText(twoInvoices, '').replace(/.{80}/g, '$&\r\n')
    for (const bytes of [text, wrapped].map(latin1)) {
      for (let size = 1; size <= 34; size++) expect(readAgain(bytes, [size, 400])).toBe(18)
    }
  })

  it('are found with any byte as each of the delimiters', () => {
    const text = fileText({ ...twoInvoices, version: '005010' }, '').replace('MERCY', 'ME>R^CY')
    for (let byte = 1; byte < 256; byte++) {
      const character = String.fromCharCode(byte)
      if (/[A-Za-z0-9 ]/.test(character) || text.includes(character)) continue
      for (const replaced of ['*', '~', '>', '^']) {
        if (/[\r\n]/.test(character) && replaced !== '~') continue
        expect(readAgain(latin1(text.replaceAll(replaced, character)), [97])).toBe(18)
      }
    }
  })

  it('are found with a letter as component separator', () => {
    expect(readAgain(latin1(fileText().replace('*P*>~', '*P*T~')), [1000])).toBe(18)
  })

  it('are found behind any byte, and any byte is of its kind', () => {
    const all = Buffer.concat(
      Array.from({ length: 256 }, (_, byte) => Buffer.from([...latin1('REF*'), byte, ...latin1('*DP*'), byte, 0x7e])),
    )
    const at = fileText().indexOf('N1*')
    const bytes = Buffer.concat([latin1(fileText().slice(0, at)), all, latin1(fileText().slice(at))])
    for (const size of [1, 15, 16, 17, 1000]) expect(readAgain(bytes, [size])).toBeGreaterThan(256)
  })

  it('of a segment with more elements than any has, and of elements longer than a block, are all found', () => {
    const at = fileText().indexOf('N1*')
    for (const long of [
      `N1${'*A'.repeat(40)}`,
      `N1*${'A B'.repeat(30)}`,
      `N1${'*'.repeat(500)}X`,
      `N1*${' '.repeat(40)}*X`,
    ]) {
      const bytes = latin1(`${fileText().slice(0, at)}${long}~${fileText().slice(at)}`)
      for (const size of [1, 16, 31, 5000]) expect(readAgain(bytes, [size])).toBe(19)
    }
  })
})

describe('scanners', () => {
  it('find more segments in one chunk than a run has, and of more places than bytes', () => {
    const at = fileText().indexOf('N1*')
    for (const [short, ...due] of [
      ['REF*DP*1~', 'DP', '1'],
      ['*~', ''],
    ] as const) {
      const { segments } = scan(latin1(`${fileText().slice(0, at)}${short.repeat(20_000)}${fileText().slice(at)}`))
      expect(segments).toHaveLength(20_018)
      expect(segments.slice(4, -14).every(({ elements }) => elements.join() === due.join())).toBe(true)
    }
  })

  it('of several files at once do not disturb one another', () => {
    const files = [fileText(), fileText({ ...twoInvoices, delimiters: { element: '|', component: ':', segment: '!' } })]
    const alone = files.map((text) => scan(latin1(text)).segments.map(({ elements }) => elements))
    const open = files.map((text) => ({
      scanner: new SegmentScanner(),
      chunks: cut(latin1(text), [50]),
      seen: [] as (readonly string[])[],
    }))
    for (let ended = 0; ended < open.length; ) {
      for (const { scanner, chunks, seen } of open) {
        const { value, done } = chunks.next()
        if (value !== undefined) scanner.push(value)
        else scanner.end()
        for (let segment = scanner.next(); segment !== undefined; segment = scanner.next())
          seen.push(segment.elements())
        if (done) ended++
      }
    }
    expect(open.map(({ seen }) => seen)).toEqual(alone)
  })

  it('find again what was not taken when more comes', () => {
    const bytes = latin1(fileText())
    const scanner = new SegmentScanner()
    const seen: string[] = []
    for (const chunk of cut(bytes, [500])) {
      scanner.push(chunk)
      seen.push(scanner.next()?.id ?? 'none')
    }
    scanner.end()
    for (let segment = scanner.next(); segment !== undefined; segment = scanner.next()) seen.push(segment.id)
    expect(seen.filter((id) => id !== 'none')).toEqual(scan(bytes).segments.map(({ id }) => id))
  })

  it('take no bytes behind the end of a file', () => {
    const scanner = new SegmentScanner()
    scanner.push(latin1(fileText()))
    scanner.end()
    while (scanner.next() !== undefined);
    expect(scanner.next()).toBeUndefined()
    expect(() => scanner.push(latin1('ISA'))).toThrow('no bytes follow')
  })
})
