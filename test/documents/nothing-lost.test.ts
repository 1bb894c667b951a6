import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readSegments } from './read-set.js'

// Elements that must be a number, a date or a code for the set to be read; every other element gets a word of its own.
const fixedElements: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  BIG: { 1: '20261118', 3: '20261102' },
  BAK: { 4: '20261102', 9: '20261103' },
  BEG: { 5: '20261102' },
  ITD: { 3: '2', 5: '10', 7: '30' },
  IT1: { 2: '10', 4: '24.50' },
  PO1: { 2: '10', 4: '24.50' },
  ACK: { 2: '10', 5: '20261105' },
  SAC: { 1: 'C', 5: '1150' },
  TXI: { 2: '3.10' },
  TDS: { 1: '24500' },
}
const any = [
  'N1',
  'N2',
  'REF',
  'PER',
  'ITD',
  'DTM',
  'PID',
  'SAC',
  'TXI',
  'CUR',
  'SLN',
  'SCH',
  'AMT',
  'MSG',
  'CTT',
  'QQ9',
]
const sets = [
  { set: '810', first: 'BIG', more: [...any, 'IT1', 'TDS'], last: 'TDS' },
  { set: '855', first: 'BAK', more: [...any, 'PO1', 'ACK'], last: 'CTT' },
  { set: '850', first: 'BEG', more: [...any, 'PO1'], last: 'CTT' },
]
/** Elements of the longest segment read (ACK has 29). */
const LONGEST = 29

const transaction = fc
  .constantFrom(...sets)
  .chain(({ set, first, more, last }) =>
    fc.array(fc.constantFrom(...more), { maxLength: 25 }).map((ids) => ({ set, ids: [first, ...ids, last] })),
  )

it('every word of a transaction set is in the document or on the list of what was not read', async () => {
  await fc.assert(
    fc.asyncProperty(transaction, async ({ set, ids }) => {
      let words = 0
      const segments = ids.map((id) => [
        id,
        ...Array.from({ length: LONGEST }, (_, index) => fixedElements[id]?.[index + 1] ?? `W${words++}W`),
      ])
      const { documents, findings } = await readSegments(set, segments)
      expect(findings).toEqual([])
      const text = JSON.stringify(documents)
      const lost = Array.from({ length: words }, (_, n) => `W${n}W`).filter((word) => !text.includes(word))
      expect(lost).toEqual([])
    }),
  )
})
