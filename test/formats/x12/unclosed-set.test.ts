import { expect, it } from 'vitest'
import { decodeSegment } from '../../../src/formats/x12/decode-segment.js'
import { EnvelopeReader } from '../../../src/formats/x12/envelope-reader.js'
import type { EnvelopeItem } from '../../../src/formats/x12/index.js'
import { SegmentScanner } from '../../../src/formats/x12/index.js'
import { latin1 } from './scanned.js'
import { fileText } from './two-invoices.js'

const LONGEST_SET = 1024 * 1024

/** The second invoice of two, the first with so many lines that it is longer than a set may be. */
const withLongSet = (se: string): string =>
  fileText().replace('TDS*12500~\nCTT*1~\nSE*7*0001~\n', `${'IT1*1*10*EA*12.5**VN*A-100~\n'.repeat(40_000)}${se}`)

function read(text: string): readonly EnvelopeItem[] {
  const items: EnvelopeItem[] = []
  const reader = new EnvelopeReader((item) => items.push(item), LONGEST_SET)
  const scanner = new SegmentScanner((problem) => reader.problem(problem))
  scanner.push(latin1(text))
  scanner.end()
  for (let segment = scanner.next(); segment !== undefined; segment = scanner.next()) {
    reader.take(decodeSegment(segment), segment, scanner.delimiters)
    reader.takeInner(scanner)
  }
  reader.end()
  return items
}

const told = (text: string) =>
  read(text).flatMap((item) => {
    if (item.kind === 'transaction') return `810 ${item.transaction.envelope.transactionControl}`
    if (item.kind === 'refused') return 'refused'
    return item.kind === 'finding' ? `${item.finding.standardCode} ${item.finding.message}` : []
  })

it('gives up a set whose SE does not come, and goes on with the next', () => {
  expect(told(withLongSet(''))).toEqual([
    'AK502:2 transaction set 810 0001 has no SE before the next ST: it is not used',
    '810 0002',
  ])
})

it('says so at the SE where that comes after all', () => {
  expect(told(withLongSet('SE*40005*0001~\n'))).toEqual([
    'AK502:2 transaction set 810 0001 has no SE within 1 MB: it is not used',
    '810 0002',
  ])
})
