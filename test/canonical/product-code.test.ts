import { describe, expect, it } from 'vitest'
import { gtin14, gtinCheckDigit, hibcCheckCharacter, hibcPrimary, ndc11 } from '../../src/canonical/index.js'
import fc from '../properties.js'

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`))
const gtin = fc
  .constantFrom(7, 11, 12, 13)
  .chain(digits)
  .filter((body) => /[1-9]/.test(body))
  .map((body) => body + gtinCheckDigit(body))

describe('a GTIN', () => {
  it('of any length is one number of 14 digits, which is itself again', () =>
    fc.assert(
      fc.property(gtin, (id) => {
        const long = gtin14(id)
        expect(long).toBe(id.padStart(14, '0'))
        expect(gtin14(long ?? '')).toBe(long)
      }),
    ))

  it('with one digit mistyped is none', () =>
    fc.assert(
      fc.property(gtin, fc.nat(13), fc.integer({ min: 1, max: 9 }), (id, at, by) => {
        const place = at % id.length
        const wrong = `${id.slice(0, place)}${(Number(id[place]) + by) % 10}${id.slice(place + 1)}`
        expect(gtin14(wrong)).toBeUndefined()
      }),
    ))

  it.each(['00000000000000', '', '123', '0003123450001A'])('"%s" is none', (id) => expect(gtin14(id)).toBeUndefined())
})

describe('an NDC', () => {
  it('in any of its forms is the same eleven digits', () =>
    fc.assert(
      fc.property(digits(4), digits(3), digits(1), (labeler, product, pack) => {
        expect(ndc11(`${labeler}-0${product}-0${pack}`)).toBe(`0${labeler}0${product}0${pack}`)
        expect(ndc11(`0${labeler}-${product}-0${pack}`)).toBe(`0${labeler}0${product}0${pack}`)
        expect(ndc11(`0${labeler}-0${product}-${pack}`)).toBe(`0${labeler}0${product}0${pack}`)
        expect(ndc11(`0${labeler}-0${product}-0${pack}`)).toBe(`0${labeler}0${product}0${pack}`)
        expect(ndc11(`0${labeler}0${product}0${pack}`)).toBe(`0${labeler}0${product}0${pack}`)
      }),
    ))

  it.each(['0002143301', '1234-567-8', '123456-1234-1', ''])('"%s" may be several, or none', (id) =>
    expect(ndc11(id)).toBeUndefined(),
  )
})

describe('a HIBC', () => {
  const body = fc
    .tuple(fc.stringMatching(/^[A-Z][A-Z0-9]{3}[A-Z0-9]{1,18}$/), fc.integer({ min: 0, max: 9 }))
    .map(([front, unit]) => `${front}${unit}`)

  it('is the same with and without what the label adds', () =>
    fc.assert(
      fc.property(body, (primary) => {
        const scanned = `+${primary}${hibcCheckCharacter(`+${primary}`)}`
        expect(hibcPrimary(scanned)).toBe(primary)
        expect(hibcPrimary(`*${scanned.toLowerCase()}*`)).toBe(primary)
        expect(hibcPrimary(scanned.trim())).toBe(primary)
        expect(hibcPrimary(primary)).toBe(primary)
      }),
    ))

  it('with a wrong check character is none', () => {
    expect(hibcPrimary('+A123BJC5D6E71G')).toBe('A123BJC5D6E71')
    expect(hibcPrimary('+A123BJC5D6E71H')).toBeUndefined()
  })
})
