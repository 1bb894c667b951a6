import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { lintFiles } from '../../../src/app/edi/lint-files.js'
import { textWriter } from '../../../src/commands/render/edi-lint-text.js'
import { sample, samples } from './viewed.js'

const odd = readdirSync(path.join(samples, 'odd-files')).filter((file) => file.endsWith('.edi'))

/** What `edi lint` says, with the file's name alone. */
async function linted(file: string): Promise<string> {
  const lines: string[] = []
  const writer = textWriter((text) => lines.push(text), 100)
  const results = await lintFiles([file], undefined, (finding) => writer.one(finding, path.basename(file)))
  writer.end(results)
  return `${lines.join('\n')}\n`
}

/** REGENERATE=1 writes what is said of each; look at the difference before it is kept. */
describe('what is said of odd files lies beside them', () => {
  it.each(odd)('%s', async (name) => {
    const file = sample(`odd-files/${name}`)
    const expected = file.replace(/\.edi$/, '.lint.txt')
    const said = await linted(file)
    if (process.env.REGENERATE === '1') writeFileSync(expected, said)
    expect(existsSync(expected), `${expected} is missing: run with REGENERATE=1`).toBe(true)
    expect(said).toBe(readFileSync(expected, 'utf8'))
  })
})
