import { describe, expect, it } from 'vitest'
import { ExitCode, errorCatalogue } from '../../src/errors/index.js'
import { errorsPage, expectPage, readPage } from './pages.js'
import { unknownCommands } from './shipped-commands.js'

describe('docs/errors.md', () => {
  it('is what the error catalogue says', () => {
    expectPage('errors.md', errorsPage())
  })

  it.each(Object.entries(errorCatalogue))('has %s with its hint and exit code', (code, { hint, exit }) => {
    const rows = readPage('errors.md')
      .split('\n')
      .filter((line) => line.startsWith(`| \`${code}\` |`))
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatch(new RegExp(`\\| ${exit} \\|$`))
    expect(rows[0]).toContain(hint)
  })

  it('sends nobody to a command that this release does not have', () => {
    expect(unknownCommands(Object.values(errorCatalogue).map(({ hint }) => hint))).toEqual([])
  })
})

describe('docs/exit-codes.md', () => {
  const table = [...readPage('exit-codes.md').matchAll(/^\| (\d+) \| ([^|]+) \| ([^|]+) \|$/gm)]

  it('has each exit code once, in order, with what it means and what to do', () => {
    expect(table.map(([, code]) => Number(code))).toEqual(Object.values(ExitCode))
  })

  it('tells a scheduler about each exit code, and about none twice', () => {
    const advice = readPage('exit-codes.md').split('| for a scheduler |')[1] ?? ''
    const told = [...advice.matchAll(/\b\d+\b/g)].map(([code]) => Number(code))
    expect(told.sort((a, b) => a - b)).toEqual(Object.values(ExitCode))
  })

  it('sends nobody to a command that this release does not have', () => {
    expect(unknownCommands([readPage('exit-codes.md')])).toEqual([])
  })
})
