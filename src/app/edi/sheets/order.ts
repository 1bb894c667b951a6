import {
  type Acknowledgment,
  add,
  counted,
  type OrderChangeAcknowledgment,
  type OrderHeader,
  type PurchaseOrder,
  type PurchaseOrderChange,
} from '../../../canonical/index.js'
import type { Fact, Sheet } from '../sheet.js'
import type { Words } from '../words.js'
import { chargeFacts, chargesTotal } from './charges.js'
import { DETAILS, detailFacts } from './details.js'
import { amount } from './figures.js'
import { leftover } from './leftover.js'
import { linesTable, linesTotals, statusTone, sumOfLines } from './lines.js'
import { BUYER, partyName, partySheets, SELLER } from './parties.js'
import { lowered } from './product.js'
import { BASE, sourceFacts, testMark, unmappedSegments } from './source.js'

type OrderDocument = PurchaseOrder | Acknowledgment | PurchaseOrderChange | OrderChangeAcknowledgment

const known: Readonly<Record<OrderDocument['kind'], { set: string; title: string; supplierSends: boolean }>> = {
  'purchase-order': { set: '850', title: 'Purchase order', supplierSends: false },
  acknowledgment: { set: '855', title: 'Acknowledgment of purchase order', supplierSends: true },
  'purchase-order-change': { set: '860', title: 'Change of purchase order', supplierSends: false },
  'order-change-acknowledgment': {
    set: '865',
    title: 'Acknowledgment of the change of purchase order',
    supplierSends: true,
  },
}

/** An order, its change, and what the supplier says to either. */
export function orderSheet(document: OrderDocument, words: Words): Sheet {
  const { set, title, supplierSends } = known[document.kind]
  const { poNumber, release, lines, currency } = document
  const [from, to] = supplierSends ? [SELLER, BUYER] : [BUYER, SELLER]
  const charges = document.charges ?? []
  return {
    title: `${title} ${poNumber}${release === undefined ? '' : `, release ${release}`}`,
    summary: [
      ...standing(document, words),
      counted(lines.length, 'line'),
      `from ${partyName(document, words, 'sender', from)} to ${partyName(document, words, 'receiver', to)}`,
    ].join(', '),
    marks: [...testMark(document.envelope), ...cancelled(document), ...refused(document)],
    parties: partySheets(document.parties, words),
    facts: [...dates(document), ...detailFacts(withoutShown(document), words), ...codes(document, words)],
    blocks: lines.length === 0 ? [] : [linesTable(lines, words, currency)],
    totals: [...linesTotals(lines, currency), ...chargeFacts(charges, words, currency), ...total(document)],
    problems: [],
    unmapped: unmappedSegments(document, words),
    source: sourceFacts(document, set, words),
  }
}

/** With charges the lines are not all that is to be paid. */
function total({ lines, charges = [], currency }: OrderDocument): Fact[] {
  const all = [...charges, ...lines.flatMap((line) => line.charges ?? [])]
  const sum = sumOfLines(lines)
  return sum === undefined || all.length === 0
    ? []
    : [{ label: 'Total', value: amount(add(sum, chargesTotal(all)), currency) }]
}

/** Parties and charges have places of their own. */
const withoutShown = ({ parties: _parties, charges: _charges, ...rest }: OrderHeader): object => rest

/** What the document is: new order, acknowledged with detail and change, cancellation. */
function standing(document: OrderDocument, words: Words): string[] {
  const { purpose, type } = document
  const acknowledges = document.kind === 'acknowledgment' || document.kind === 'order-change-acknowledgment'
  const said = lowered(words.say(acknowledges ? '587' : '92', type))
  return purpose === '00' ? [said] : [`${lowered(words.say('353', purpose))}`, said]
}

const cancelled = ({ purpose }: OrderDocument): Sheet['marks'] =>
  purpose === '01' || purpose === '03' ? [{ text: 'CANCELLATION', tone: 'bad' }] : []

function refused(document: OrderDocument): Sheet['marks'] {
  if (document.kind === 'purchase-order' || document.kind === 'purchase-order-change') return []
  if (document.type?.startsWith('R')) return [{ text: 'REJECTED', tone: 'bad' }]
  const statuses = document.lines.flatMap((line) => line.statuses.map(({ status }) => statusTone(status)))
  const refusals = statuses.filter((tone) => tone === 'bad').length
  return refusals === 0 ? [] : [{ text: `${counted(refusals, 'LINE')} REFUSED`.toUpperCase(), tone: 'bad' }]
}

function dates(document: OrderDocument): Fact[] {
  const facts: Fact[] = []
  const push = (label: string, value: string | undefined) => value !== undefined && facts.push({ label, value })
  push('Order date', document.poDate)
  if ('changeNumber' in document) push('Change number', document.changeNumber)
  if ('changedOn' in document) push('Changed on', document.changedOn)
  if ('acknowledgedOn' in document) push('Acknowledged on', document.acknowledgedOn)
  return facts
}

const SHOWN = [
  ...BASE,
  ...DETAILS,
  ...['poNumber', 'release', 'poDate', 'purpose', 'type', 'changeNumber', 'changedOn', 'acknowledgedOn'],
  ...['acknowledgmentType', 'transactionType', 'orderType'],
]

/** Codes of the first segment that are set now and then, and all that has no better place. */
function codes(document: OrderDocument, words: Words): Fact[] {
  const asked = 'acknowledgmentType' in document ? words.say('587', document.acknowledgmentType) : ''
  const transaction = 'transactionType' in document ? words.say('640', document.transactionType) : ''
  const order = 'orderType' in document ? words.say('92', document.orderType) : ''
  return [
    { label: 'Acknowledgment wanted', value: asked },
    { label: 'Kind', value: transaction },
    { label: 'Order type', value: order },
    ...leftover(document, SHOWN, words),
    { label: 'Currency', value: document.currency ?? '' },
  ].filter(({ value }) => value !== '')
}
