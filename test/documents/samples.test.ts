import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readFile } from './read-file.js'

const folder = path.join(import.meta.dirname, '..', '..', 'edi-samples')
const samples = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => /^8(10|32|50|55|56|60|65)\W.*\.edi$/.test(file))
  .sort()

/** REGENERATE=1 writes what the readers make of each sample; look at the difference before it is kept. */
describe('each sample comes to the documents and findings beside it', () => {
  it.each(['810', '832', '850', '855', '856', '860', '865'])('has at least four of the %s', (set) => {
    expect(samples.filter((file) => path.dirname(file) === set).length).toBeGreaterThanOrEqual(4)
  })

  it.each(samples)('%s', async (sample) => {
    const file = path.join(folder, sample)
    const expected = file.replace(/\.edi$/, '.expected.json')
    const read = await readFile(readFileSync(file))
    if (process.env.REGENERATE === '1') writeFileSync(expected, `${JSON.stringify(read, undefined, 2)}\n`)
    expect(existsSync(expected), `${expected} is missing: run with REGENERATE=1`).toBe(true)
    expect(read).toEqual(JSON.parse(readFileSync(expected, 'utf8')))
  })
})
