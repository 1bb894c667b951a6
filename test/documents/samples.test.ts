import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readFile } from './read-file.js'

const root = path.join(import.meta.dirname, '..', '..')
const samples = globSync('edi-samples/*/*.edi', { cwd: root }).sort()

/** REGENERATE=1 writes what the readers make of each sample; look at the difference before it is kept. */
describe('each sample comes to the documents and findings beside it', () => {
  it('has samples of each set that is read', () => {
    expect([...new Set(samples.map((file) => file.split(path.sep)[1]))]).toEqual(['810', '850', '855'])
  })

  it.each(samples)('%s', async (sample) => {
    const file = path.join(root, sample)
    const expected = file.replace(/\.edi$/, '.expected.json')
    const read = await readFile(readFileSync(file))
    if (process.env.REGENERATE === '1') writeFileSync(expected, `${JSON.stringify(read, undefined, 2)}\n`)
    expect(existsSync(expected), `${expected} is missing: run with REGENERATE=1`).toBe(true)
    expect(read).toEqual(JSON.parse(readFileSync(expected, 'utf8')))
  })
})
