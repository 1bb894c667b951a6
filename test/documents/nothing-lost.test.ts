import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readSegments } from './read-set.js'

/** Elements that must be a number, a date or a code for the set to be read. */
const typed: Readonly<Record<string, Readonly<Record<number, string>>>> = {
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
/** Elements that say what the next one is: the same kind comes again and again. */
const qualifiers: Readonly<Record<string, readonly number[]>> = {
  REF: [1],
  IT1: [6, 8, 10],
  PO1: [6, 8, 10],
  ACK: [7, 9, 11],
}
/** Elements without which a set is not read. */
const required: Readonly<Record<string, readonly number[]>> = {
  BIG: [2],
  BAK: [1, 2, 3],
  BEG: [1, 2, 3],
  ACK: [1],
  N1: [1],
  TXI: [1],
}
const any = 'N1 N2 REF PER ITD DTM PID SAC TXI CUR SLN SCH AMT MSG CTT QQ9'.split(' ')
const sets = [
  { set: '810', first: 'BIG', more: [...any, 'REF', 'IT1', 'IT1', 'TDS', 'BIG'], last: 'TDS' },
  { set: '855', first: 'BAK', more: [...any, 'REF', 'PO1', 'PO1', 'ACK', 'BAK'], last: 'CTT' },
  { set: '850', first: 'BEG', more: [...any, 'REF', 'PO1', 'PO1', 'BEG'], last: 'CTT' },
]

interface Sparse {
  readonly id: string
  /** Element positions that hold a word; few, so that often all of them are read. Beyond 30 no segment of the standard goes. */
  readonly words: readonly number[]
  readonly qualifiers: readonly string[]
}
const position = fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 1, max: 16 }) }, fc.integer({ min: 17, max: 40 }))
const sparse = (id: string): fc.Arbitrary<Sparse> =>
  fc.record({
    id: fc.constant(id),
    words: fc.uniqueArray(position, { maxLength: 3 }),
    qualifiers: fc.array(fc.constantFrom('PO', 'LT', 'SE', 'VP', 'VN', 'UP', 'ZZ', ''), { minLength: 3, maxLength: 3 }),
  })
const transaction = fc.constantFrom(...sets).chain(({ set, first, more, last }) =>
  fc.record({
    set: fc.constant(set),
    segments: fc
      .tuple(sparse(first), fc.array(fc.constantFrom(...more).chain(sparse), { maxLength: 25 }), sparse(last))
      .map(([head, body, tail]) => [head, ...body, tail]),
  }),
)

function elementsOf({ id, words, qualifiers: said }: Sparse, word: () => string): string[] {
  const elements: string[] = Array(40).fill('')
  for (const at of [...words, ...(required[id] ?? [])]) elements[at - 1] = word()
  for (const [n, at] of (qualifiers[id] ?? []).entries()) elements[at - 1] = said[n] ?? ''
  for (const [at, value] of Object.entries(typed[id] ?? {})) elements[Number(at) - 1] = value
  return [id, ...elements]
}

it('every word of a transaction set is in the document or on the list of what was not read', async () => {
  await fc.assert(
    fc.asyncProperty(transaction, async ({ set, segments }) => {
      const sent: string[] = []
      const word = () => `W${sent.push('')}W`
      const elements = segments.map((segment) => elementsOf(segment, word))
      const words = elements.flat().filter((value) => /^W\d+W$/.test(value))
      const { documents, findings } = await readSegments(set, elements)
      expect(findings).toEqual([])
      const text = JSON.stringify(documents)
      expect(words.filter((each) => !text.includes(each))).toEqual([])
    }),
    { numRuns: 500 },
  )
})
