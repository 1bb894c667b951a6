import { describe, expect, it } from 'vitest'
import { compare, decimal } from '../../../src/canonical/index.js'
import { calendarDay, wallClock } from '../../../src/outputs/report/excel-date.js'
import { excelNumber } from '../../../src/outputs/report/excel-number.js'
import { columnLetter, quotedSheet, SheetNames, titleOf } from '../../../src/outputs/report/sheet-name.js'
import { safeText } from '../../../src/outputs/safe-text.js'
import fc from '../../properties.js'

describe('a decimal in a cell', () => {
  it('is the same decimal when it is read back, or it is not made a number', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
        fc.integer({ min: 0, max: 8 }),
        (units, places) => {
          const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0')
          const whole = digits.slice(0, digits.length - places)
          const value = decimal(`${units < 0n ? '-' : ''}${whole}${places > 0 ? `.${digits.slice(-places)}` : ''}`)
          const number = excelNumber(value)
          if (number === undefined) return
          expect(compare(decimal(plain(number)), value)).toBe(0)
        },
      ),
      { numRuns: 2000 },
    )
  })

  it.each([
    ['0', 0],
    ['-12.5', -12.5],
    ['9999999999999.99', 9999999999999.99],
    ['99999999999999.99', undefined],
    ['1000000000000000000', 1e18],
    ['0.000000000000001', 1e-15],
  ])('%s becomes %s', (text, number) => {
    expect(excelNumber(decimal(text))).toBe(number)
  })
})

/** The shortest decimal of a double, without exponent. */
const plain = (number: number): string => {
  const text = String(number)
  return /e/.test(text) ? number.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 20 }) : text
}

describe('text in a cell', () => {
  it('never begins as a formula and never holds what XML cannot', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const safe = safeText(text)
        expect(safe).not.toMatch(/^[\s]*[=+\-@]/)
        for (const char of safe) {
          const code = char.codePointAt(0) ?? 0
          expect(
            code === 9 ||
              code === 10 ||
              (code >= 0x20 && code < 0xd800) ||
              (code > 0xdfff && code !== 0xfffe && code !== 0xffff),
          ).toBe(true)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it.each(['Glove, nitrile', '12.5', 'A-1', 'café', 'a = b', 'two\nlines', '00123'])('stays as it is: %j', (text) => {
    expect(safeText(text)).toBe(text)
  })

  it('is cut at what a cell holds, never inside a character', () => {
    const cut = safeText('\u{1F600}'.repeat(20_000))
    expect(cut.length).toBeLessThanOrEqual(32_767)
    expect(cut.endsWith(' … [cut]')).toBe(true)
    expect(Buffer.from(cut).toString()).toBe(cut)
  })
})

describe('dates in a cell', () => {
  it('are the wall clock of the zone, over the change to summer time', () => {
    expect(wallClock('2026-03-08T07:59:00Z', 'America/Chicago')).toEqual(new Date('2026-03-08T01:59:00Z'))
    expect(wallClock('2026-03-08T08:01:00Z', 'America/Chicago')).toEqual(new Date('2026-03-08T03:01:00Z'))
  })

  it('stay text where a spreadsheet has no such day', () => {
    expect(calendarDay('0020-05-01')).toBeUndefined()
    expect(calendarDay('2026-02-30')).toBeUndefined()
    expect(calendarDay('2026-02-28')).toEqual(new Date('2026-02-28T00:00:00Z'))
  })
})

describe('tabs', () => {
  it('get names that Excel takes, each once, whatever its case', () => {
    const names = new SheetNames(['Summary'])
    expect(names.take('summary')).toBe('summary (2)')
    expect(names.take('a/b:c[d]*?')).toBe('a b c d')
    expect(names.take("'quoted'")).toBe('quoted')
    expect(names.take('History')).toBe('History (2)')
    expect(names.take('x'.repeat(40))).toBe('x'.repeat(31))
    expect(names.take('x'.repeat(40))).toBe(`${'x'.repeat(27)} (2)`)
  })

  it('are quoted in formulas', () => {
    expect(quotedSheet("O'Hare")).toBe("'O''Hare'")
    expect([columnLetter(1), columnLetter(26), columnLetter(27), columnLetter(703)]).toEqual(['A', 'Z', 'AA', 'AAA'])
    expect(titleOf('item-master')).toBe('Item master')
  })
})
