import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { transactionSetOf, writeDocument } from '../../src/documents/index.js'
import { readFile } from './read-file.js'
import { readSegments } from './read-set.js'

const folder = path.join(import.meta.dirname, '..', '..', 'edi-samples')
const samples = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => /^8\d\d\W.*\.edi$/.test(file))
  .sort()

const PLACES = ['span', 'envelope', 'unmapped']

/** What was said, without where it stood; segments that were not read are not written again. */
const saidIn = (document: unknown): unknown =>
  JSON.parse(JSON.stringify(document, (key, value) => (PLACES.includes(key) ? undefined : value)))

it.each(samples)('%s, read and written again, says the same', async (sample) => {
  const { documents } = await readFile(readFileSync(path.join(folder, sample)))
  for (const document of documents) {
    // The one that is read with a finding: its levels stand in an order that is never written.
    if (sample.endsWith('hl-parent-behind-its-child.edi')) {
      expect(() => writeDocument(document)).toThrow(expect.objectContaining({ code: 'X12-WRITE' }))
      continue
    }
    const again = await readSegments(transactionSetOf(document.kind).set, writeDocument(document, '004010'))
    expect(again.findings.filter(({ standardCode }) => standardCode !== 'AK403:2')).toEqual([])
    expect(again.documents.map(saidIn)).toEqual([saidIn(document)])
  }
})
