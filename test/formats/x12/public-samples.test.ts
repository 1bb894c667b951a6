import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readDocument } from '../../../src/documents/index.js'
import { findingsOf, readAll, transactionsOf } from './two-invoices.js'

/** X12 files of public projects, kept beside the checkout and not part of it, with a table of what is in them. */
const folder = path.resolve(import.meta.dirname, '../../../../shared/samples')
const index = path.join(folder, 'INDEX.tsv')
const samples = existsSync(index)
  ? readFileSync(index, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => row.split('\t'))
      .map(([file = '', , , sets = '']) => [file, sets] as const)
  : []

/** "810x2,850" is two 810 and one 850. */
const setsIn = (sets: string): number =>
  sets.split(',').reduce((sum, part) => sum + (/^\d{3}/.test(part) ? Number(part.split('x')[1] ?? 1) : 0), 0)

if (samples.length === 0) console.warn(`public samples are not tested: there is no ${index}`)

describe.skipIf(samples.length === 0)('X12 files of public projects', () => {
  it.each(samples)('%s: every set (%s) comes out or is refused with a reason', async (file, sets) => {
    const bytes = readFileSync(path.join(folder, file))
    const items = await readAll(bytes)
    const refused = findingsOf(items).filter(({ scope }) => scope === 'transaction')
    // The table's maker could not read every file.
    if (sets !== '(none)') expect(transactionsOf(items).length + refused.length).toBe(setsIn(sets))
    for (const { byteOffset, byteLength } of findingsOf(items)) {
      expect(byteOffset + byteLength).toBeLessThanOrEqual(bytes.length)
    }
  })

  const known = samples.filter(([, sets]) => /\b8(10|50|55)/.test(sets))
  it.each(known)('%s: each 810, 850 and 855 becomes a document or says why not', async (file) => {
    const read = transactionsOf(await readAll(readFileSync(path.join(folder, file))))
      .filter(({ set }) => ['810', '850', '855'].includes(set))
      .map(readDocument)
    for (const { document, findings } of read) {
      expect(document === undefined ? findings.length : 1).toBeGreaterThan(0)
      for (const { message, segment } of findings) expect(`${segment} ${message}`).toMatch(/^[A-Z][A-Z0-9]{1,2} .+/)
    }
  })

  it('gives mostly documents: the samples are by and large right', async () => {
    let documents = 0
    let sets = 0
    for (const [file] of known) {
      for (const transaction of transactionsOf(await readAll(readFileSync(path.join(folder, file))))) {
        if (!['810', '850', '855'].includes(transaction.set)) continue
        sets++
        if (readDocument(transaction).document !== undefined) documents++
      }
    }
    expect(sets).toBeGreaterThan(40)
    expect(documents / sets).toBeGreaterThan(0.7)
  })
})
