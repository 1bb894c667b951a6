import { expect, it } from 'vitest'
import fc from '../properties.js'
import { readSegments } from './read-set.js'

const DAY = '20261102'

/** Elements that must be a number, a date or a code for the set to be read. */
const typed: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  BIG: { 1: DAY, 3: DAY },
  BAK: { 4: DAY, 9: DAY },
  BEG: { 5: DAY },
  BCH: { 6: DAY, 10: DAY, 11: DAY },
  BCA: { 6: DAY, 10: DAY, 11: DAY },
  ITD: { 3: '2', 4: DAY, 5: '10', 6: DAY, 7: '30', 8: '150', 9: DAY, 10: '150', 11: '50', 13: '15', 15: '2' },
  IT1: { 2: '10', 4: '24.50' },
  PO1: { 2: '10', 4: '24.50' },
  POC: { 3: '10', 4: '6', 6: '24.50' },
  ACK: { 2: '10', 5: DAY },
  SAC: { 1: 'C', 5: '1150', 7: '5', 8: '0.1', 10: '2', 11: '3' },
  TXI: { 2: '3.10', 3: '6.5', 8: '47.69' },
  TDS: { 1: '24500', 2: '24500', 3: '24010', 4: '490' },
  ISS: { 1: '10', 3: '4.5', 5: '2', 7: '10', 8: '5' },
  IT3: { 1: '10', 4: '2' },
  PAM: { 2: '10', 5: '245' },
  BSN: { 3: DAY },
  PRF: { 4: DAY },
  SN1: { 2: '10', 4: '10', 5: '20' },
  TD1: { 2: '3', 7: '41.5', 9: '6.2' },
  TD3: { 5: '812' },
  DTM: { 2: DAY },
  CUR: { 3: '1.37' },
  CSH: { 3: '5000', 5: DAY, 9: '10' },
  CTP: { 3: '24.50', 4: '10', 7: '0.9', 8: '245', 11: '1' },
  SCH: { 1: '10', 6: DAY, 9: DAY },
  PO4: { 1: '4', 2: '50', 6: '1.2', 8: '0.3', 10: '10', 11: '20', 12: '30', 14: '10' },
  SLN: { 4: '10', 6: '24.50' },
  AMT: { 2: '245' },
  QTY: { 2: '10' },
  MEA: { 3: '4.5', 5: '4', 6: '5' },
  LDT: { 2: '7', 4: DAY },
  CTB: { 4: '10', 6: '245' },
  TD5: { 11: '2' },
  N9: { 4: DAY },
  SDQ: Object.fromEntries([4, 6, 8, 10, 12, 14, 16, 18, 20, 22].map((position) => [position, '5'])),
}
/** Elements that say what the next one is: the same kind comes again and again. */
const qualifiers: Readonly<Record<string, readonly number[]>> = {
  REF: [1],
  LIN: [2, 4, 6],
  IT1: [6, 8, 10],
  PO1: [6, 8, 10],
  POC: [8, 10, 12],
  ACK: [7, 9, 11],
  SLN: [9, 11, 13],
}
/** Elements without which a set is not read. */
const required: Readonly<Record<string, readonly number[]>> = {
  BIG: [2],
  BSN: [1, 2],
  PRF: [1],
  SN1: [3],
  MAN: [1, 2, 4, 5],
  BCT: [1],
  G53: [1],
  BAK: [1, 2, 3],
  BEG: [1, 2, 3],
  BCH: [1, 2, 3],
  BCA: [1, 3],
  POC: [2],
  ACK: [1],
  N1: [1],
  TXI: [1],
  DTM: [1],
  FOB: [1],
  PER: [1],
  PID: [1],
  N9: [1],
  AMT: [1],
  QTY: [1],
  SDQ: [1],
  LDT: [1, 3],
  CTB: [1],
  SLN: [1, 3],
}
const any = 'N1 N2 N3 N4 REF PER ITD DTM PID SAC TXI CUR SLN SCH AMT MSG CTT QQ9'.split(' ')
const ofOrders = [
  ...any,
  ...'N9 NTE MTX FOB CSH PKG MEA LDT CTB LM LQ LS LE TD5 PO4 CTP QTY SDQ ACK MSG REF'.split(' '),
]
const sets = [
  {
    set: '810',
    first: 'BIG',
    more: [...ofOrders, ...'IT1 IT1 IT1 TDS BIG CAD IT3 PAM ISS REF FA1 FA2'.split(' ')],
    last: 'TDS',
  },
  {
    set: '856',
    first: 'BSN',
    more: [...ofOrders, ...'HL HL HL HL LIN SN1 PRF TD1 TD3 MAN MAN REF REF DTM'.split(' ')],
    last: 'HL',
  },
  {
    set: '832',
    first: 'BCT',
    more: [...ofOrders, ...'LIN LIN LIN CTP CTP CUR PO4 DTM G53'.split(' ')],
    last: 'CTT',
  },
  { set: '855', first: 'BAK', more: [...ofOrders, 'PO1', 'PO1', 'ACK', 'BAK'], last: 'CTT' },
  { set: '850', first: 'BEG', more: [...ofOrders, 'PO1', 'PO1', 'BEG'], last: 'CTT' },
  { set: '860', first: 'BCH', more: [...ofOrders, 'POC', 'POC', 'BCH'], last: 'CTT' },
  { set: '865', first: 'BCA', more: [...ofOrders, 'POC', 'POC', 'ACK', 'BCA'], last: 'CTT' },
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

/** A shipment with items. */
const levelOf = (hl: number): string[] => (hl === 1 ? ['HL', '1', '', 'S'] : ['HL', String(hl), '1', 'I'])

it('every word of a transaction set is in the document or on the list of what was not read', async () => {
  await fc.assert(
    fc.asyncProperty(transaction, async ({ set, segments }) => {
      const sent: string[] = []
      const word = () => `W${sent.push('')}W`
      let levels = 0
      const elements = segments.map((segment) => (segment.id === 'HL' ? levelOf(++levels) : elementsOf(segment, word)))
      const words = elements.flat().filter((value) => /^W\d+W$/.test(value))
      const { documents, findings } = await readSegments(set, elements)
      expect(findings).toEqual([])
      const text = JSON.stringify(documents)
      expect(words.filter((each) => !text.includes(each))).toEqual([])
    }),
    { numRuns: 800 },
  )
})
