import { describe, expect, it } from 'vitest'
import { decodeSegment } from '../../../src/formats/x12/decode-segment.js'
import type { DecodedSegment } from '../../../src/formats/x12/decoded-segment.js'
import { SegmentScanner } from '../../../src/formats/x12/index.js'
import fc from '../../properties.js'
import { cut, latin1 } from './scanned.js'

const HEADER =
  'ISA*00*          *00*          *ZZ*A              *ZZ*B              *261120*2130*^*00501*000000001*0*P*>~'

interface Decoded {
  readonly decoded: DecodedSegment
  /** As the scanner has it. */
  readonly id: string
  readonly elements: readonly string[]
}

/** The segments behind the ISA, decoded; what the scanner says of them is gone by the time they are looked at. */
function decode(bytes: Uint8Array, sizes: readonly number[] = [64 * 1024]): Decoded[] {
  const scanner = new SegmentScanner()
  const all: Decoded[] = []
  const take = () => {
    for (let segment = scanner.next(); segment !== undefined; segment = scanner.next()) {
      const decoded = decodeSegment(segment)
      all.push({ decoded, id: segment.id, elements: segment.elements() })
    }
  }
  for (const chunk of cut(bytes, sizes)) {
    scanner.push(chunk)
    take()
  }
  scanner.end()
  take()
  return all.slice(1)
}

const only = (text: string): DecodedSegment => decode(latin1(`${HEADER}${text}~`))[0]?.decoded as DecodedSegment

describe('a segment that stays', () => {
  it('says what the scanner said of it, however long ago and however it was cut', () => {
    const character = fc.constantFrom(...'ABZ019 .-*~>^\r\n\t\x7f\xe9\xc3\xa9')
    const text = fc.array(character, { maxLength: 400 }).map((characters) => characters.join(''))
    fc.assert(
      fc.property(text, fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 4 }), (body, sizes) => {
        for (const { decoded, id, elements } of decode(latin1(HEADER + body), sizes)) {
          expect([decoded.id, ...decoded.elements]).toEqual([id, ...elements])
          elements.forEach((element, index) => {
            const trimmed = element.trim()
            expect(decoded.value(index + 1)).toBe(trimmed === '' ? undefined : trimmed)
            if (index < 31) expect((decoded.present & (1 << index)) !== 0).toBe(trimmed !== '')
          })
          if (decoded.simple) expect(elements.join('')).toMatch(/^[ -~]*$/)
          if (decoded.simple) expect(elements.join('')).not.toMatch(/[>^]/)
        }
      }),
      { numRuns: 400 },
    )
  })

  it('is what it is where a file has more shapes than there is room for, and in the next file', () => {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
    const codes = letters.flatMap((a) => letters.flatMap((b) => letters.map((c) => a + b + c)))
    const bytes = latin1(HEADER + codes.map((code) => `REF*${code}*1*${code}~`).join(''))
    const due = codes.map((code) => `REF ${code} 1 ${code} 7`).join('\n')
    for (let file = 0; file < 2; file++) {
      const said = decode(bytes).map(({ decoded }) => [decoded.id, ...decoded.elements, decoded.present].join(' '))
      expect(said.join('\n')).toBe(due)
    }
    expect(new Set(decode(bytes).map(({ decoded }) => decoded.shape)).size).toBe(codes.length)
    expect(new Set(decode(latin1(`${HEADER}${'REF*DP*1~'.repeat(9)}`)).map(({ decoded }) => decoded.shape)).size).toBe(
      1,
    )
  })

  it('is simple only where it holds no component, no repetition and nothing but ASCII', () => {
    expect(only('N1*ST*MERCY GENERAL').simple).toBe(true)
    for (const odd of ['N1*ST*A>B', 'N1*ST*A^B', 'N1*ST*A\x7f', 'N1*ST*A\x01', 'N1*ST*CAF\xe9', 'N1*ST*A\nB']) {
      expect(only(odd).simple, odd).toBe(false)
    }
  })

  it('is simple again behind one that is not', () => {
    const all = decode(latin1(`${HEADER}N1*ST*A~N1*ST*A>B~N1*ST*C~N1*ST*D^E~N1*ST*CAF\xe9~N1*ST*F~`))
    expect(all.map(({ decoded }) => decoded.simple)).toEqual([true, false, true, false, false, true])
  })

  it('has no element in front of the first nor behind the last', () => {
    const segment = only('REF*DP*0417')
    expect([0, 1, 2, 3, 40].map((position) => segment.element(position))).toEqual(['', 'DP', '0417', '', ''])
    expect([1, 2, 3, 40].map((position) => segment.value(position))).toEqual(['DP', '0417', undefined, undefined])
  })

  it('says what stands behind its 31st element too', () => {
    const segment = only(`PO1${'*'.repeat(32)}LATE*~`)
    expect([segment.present, segment.value(31), segment.value(32), segment.value(33)]).toEqual([
      0,
      undefined,
      'LATE',
      undefined,
    ])
  })
})
