import { add, counted, type Invoice, subtract } from '../../../canonical/index.js'
import type { Fact, Sheet } from '../sheet.js'
import type { Words } from '../words.js'
import { chargeFacts, chargesTotal } from './charges.js'
import { DETAILS, detailFacts } from './details.js'
import { amount } from './figures.js'
import { leftover } from './leftover.js'
import { linesTable, linesTotals, sumOfLines } from './lines.js'
import { BUYER, partyName, partySheets, SELLER } from './parties.js'
import { lowered } from './product.js'
import { BASE, sourceFacts, testMark, unmappedSegments } from './source.js'

export function invoiceSheet(invoice: Invoice, words: Words): Sheet {
  const { invoiceNumber, credit, type, lines, charges, total, currency, parties } = invoice
  const named = type === undefined ? '' : lowered(words.say('640', type))
  return {
    title: `${credit ? 'Credit' : 'Invoice'} ${invoiceNumber}`,
    summary: [
      ...(named === '' || named === 'invoice' ? [] : [named]),
      amount(total, currency),
      counted(lines.length, 'line'),
      `from ${partyName(invoice, words, 'sender', [...SELLER])} to ${partyName(invoice, words, 'receiver', [...BUYER])}`,
    ].join(', '),
    marks: [...testMark(invoice.envelope), ...(credit ? [{ text: 'CREDIT', tone: 'notice' as const }] : [])],
    parties: partySheets(parties, words),
    facts: facts(invoice, words),
    blocks: lines.length === 0 ? [] : [linesTable(lines, words, currency)],
    totals: [
      ...linesTotals(lines, currency),
      ...chargeFacts(charges, words, currency),
      { label: 'Total', value: amount(total, currency) },
    ],
    problems: imbalance(invoice),
    unmapped: unmappedSegments(invoice, words),
    source: sourceFacts(invoice, '810', words),
  }
}

const SHOWN = [
  ...BASE,
  ...DETAILS,
  ...['invoiceNumber', 'invoiceDate', 'poNumber', 'release', 'poDate', 'type', 'credit', 'total', 'purpose'],
  ...['chargesRepeated'],
]

function facts(invoice: Invoice, words: Words): Fact[] {
  const { invoiceDate, poNumber, release, poDate, purpose, chargesRepeated, currency } = invoice
  const { parties: _parties, charges: _charges, ...rest } = invoice
  return [
    { label: 'Invoice date', value: invoiceDate },
    { label: 'Purchase order', value: [poNumber, release && `release ${release}`].filter(Boolean).join(', ') },
    { label: 'Order date', value: poDate ?? '' },
    ...detailFacts(rest, words),
    {
      label: 'Charges',
      value: chargesRepeated ? 'said of the lines and once more of the invoice: they are counted once' : '',
    },
    { label: 'Purpose', value: purpose === undefined ? '' : words.say('353', purpose) },
    ...leftover(invoice, SHOWN, words),
    { label: 'Currency', value: currency ?? '' },
  ].filter(({ value }) => value !== '')
}

/** Lines, their charges and those of the invoice should come to its total. */
function imbalance({ lines, charges, total, currency }: Invoice): string[] {
  const ofLines = lines.length === 0 ? undefined : sumOfLines(lines)
  if (ofLines === undefined) return []
  const computed = add(ofLines, chargesTotal([...charges, ...lines.flatMap((line) => line.charges)]))
  const difference = subtract(total, computed)
  if (difference === '0') return []
  return [
    `The total is ${amount(total, currency)}, but lines and charges come to ${amount(computed, currency)}: ${amount(difference, currency)} are not explained`,
  ]
}
