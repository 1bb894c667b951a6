import { describe, expect, it } from 'vitest'
import { exceptionCodes } from '../../src/canonical/index.js'
import { catalogue } from '../../src/exceptions/catalogue.js'
import { runbook } from '../../src/exceptions/runbook.js'
import { exceptionCodesPage, expectPage, readPage } from './pages.js'
import { unknownCommands } from './shipped-commands.js'

describe('docs/exception-codes.md', () => {
  it('is what the catalogue and the runbook say', () => {
    expectPage('exception-codes.md', exceptionCodesPage())
  })

  it.each(exceptionCodes)('has %s once, with its row and all its decisions', (code) => {
    const page = readPage('exception-codes.md')
    const parts = page.split(`\n### ${code}\n`)
    expect(parts).toHaveLength(2)
    expect(page).toContain(`\n| [${code}](#${code.toLowerCase()}) | ${catalogue[code].raisedWhen} |`)
    const entry = parts[1]?.split(/\n#{2,3} /)[0] ?? ''
    const shown = [...entry.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, decision]) => decision)
    expect(shown).toEqual([...catalogue[code].decisions])
  })

  it('holds no code that the catalogue does not know', () => {
    const headings = [...readPage('exception-codes.md').matchAll(/^### (\S+)$/gm)].map(([, code]) => code)
    expect(headings).toHaveLength(exceptionCodes.length)
    expect(headings.filter((code) => !(exceptionCodes as readonly (string | undefined)[]).includes(code))).toEqual([])
  })
})

describe('the runbook', () => {
  it.each(exceptionCodes)('says what %s means, what to check and what each decision says', (code) => {
    const { means, check, decisions } = runbook[code]
    expect(check.length).toBeGreaterThan(0)
    expect(Object.keys(decisions)).toEqual([...catalogue[code].decisions])
    for (const text of [means, ...check, ...Object.values(decisions)]) {
      expect(text, 'a sentence').toMatch(/^\S.{15,}[.?]$/)
      expect(text, 'would break the table it stands in').not.toMatch(/[|\n]/)
    }
    expect(means.split(/[.?] /).length, `sentences of: ${means}`).toBeLessThanOrEqual(2)
  })

  it('sends nobody to a command that this release does not have', () => {
    const texts = Object.values(runbook).flatMap(({ means, check, decisions }) => [
      means,
      ...check,
      ...Object.values(decisions),
    ])
    expect(texts.filter((text) => text.includes('matchbook ')).length).toBeGreaterThan(0)
    expect(unknownCommands(texts)).toEqual([])
  })
})
