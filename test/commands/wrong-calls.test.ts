import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Config } from '@oclif/core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { COMMANDS } from '../../src/commands/index.js'

let config: Config
const folder = mkdtempSync(path.join(tmpdir(), 'matchbook-wrong-'))
beforeAll(async () => {
  config = await Config.load({ root: path.join(import.meta.dirname, '..', '..') })
})
afterAll(() => {
  rmSync(folder, { recursive: true })
  process.exitCode = 0
})

/** What a command says of a wrong call on stderr, and its exit code. */
async function said(id: keyof typeof COMMANDS, ...argv: string[]): Promise<readonly [number, string]> {
  let text = ''
  const written = vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    text += String(chunk)
    return true
  })
  try {
    const command = COMMANDS[id] as unknown as { run(argv: string[], config: Config): Promise<unknown> }
    await command.run(argv, config)
  } finally {
    written.mockRestore()
  }
  return [Number(process.exitCode), text]
}

describe('a wrong call is told as one, never as a defect:', () => {
  it('a file that is not there, or is a folder', async () => {
    const file = path.join(folder, 'none.csv')
    expect(await said('xref:import', file)).toEqual([2, expect.stringContaining(`Error USAGE: ${file} is not there`)])
    expect(await said('xref:import', folder)).toEqual([
      2,
      expect.stringContaining(`Error USAGE: ${folder} is a folder`),
    ])
  })

  it('a flag that there is not, with the one that was meant', async () => {
    expect(await said('run', '--asof', '2026-11-20')).toEqual([
      2,
      'Error USAGE: there is no flag --asof; was --as-of meant?\n  See: matchbook run --help\n',
    ])
    const [exit, text] = await said('exceptions:list', '--frobnicate')
    expect([exit, text]).toEqual([2, expect.stringContaining('there is no flag --frobnicate\n')])
  })

  it('an argument or flag that is missing, or has another value than it can have', async () => {
    expect(await said('diff', 'a.csv', 'b.csv')).toEqual([
      2,
      expect.stringContaining('Error USAGE: missing flag --key\n  See: matchbook diff --help\n'),
    ])
    expect(await said('runs:show')).toEqual([2, expect.stringContaining('Error USAGE: missing: run  id of the run')])
    expect(await said('status', '--every', 'x')).toEqual([
      2,
      expect.stringContaining('Error USAGE: --every: expected an integer but received: x\n'),
    ])
  })

  it('and the words of the call do not command the terminal', async () => {
    const [, text] = await said('explain', 'INV\u001b[2J')
    expect(text).toContain('"INV·[2J" is no code of Matchbook')
  })

  it('a code, with the nearest first', async () => {
    expect(await said('explain', 'INV-PRISE')).toEqual([2, expect.stringContaining('Near: INV-PRICE, ')])
  })
})
