import type { AcknowledgmentStatus, Charge, DecimalText, ItemDetails, ProductIds } from '../../../canonical/index.js'
import { sumOf, ZERO } from '../../../canonical/index.js'
import type { Block, Fact, Note, Row, Tone } from '../sheet.js'
import type { Words } from '../words.js'
import { chargesTotal } from './charges.js'
import { dateFact, ITEM_DETAILS, itemFacts } from './details.js'
import { amount, extended, figure } from './figures.js'
import { leftover } from './leftover.js'
import { idsText } from './product.js'

/** A line of an order, an acknowledgment, a change or an invoice. */
export interface PricedLine {
  readonly sequence: number
  readonly assignedId?: string
  readonly quantity?: DecimalText
  readonly uom?: string
  readonly unitPrice?: DecimalText
  readonly priceBasis?: string
  readonly ids: ProductIds
  readonly description?: string
  readonly charges?: readonly Charge[]
  readonly change?: string
  readonly statuses?: readonly AcknowledgmentStatus[]
}

const SHOWN = [
  ...ITEM_DETAILS,
  ...['sequence', 'assignedId', 'quantity', 'uom', 'unitPrice', 'priceBasis', 'ids', 'change', 'statuses'],
]

/** The lines as a table: what, how much, at which price; below each line everything else that is said of it. */
export function linesTable(lines: readonly (PricedLine & ItemDetails)[], words: Words, currency?: string): Block {
  const changes = lines.some(({ change }) => change !== undefined)
  return {
    kind: 'table',
    columns: [
      { title: 'Line', align: 'left' },
      ...(changes ? [{ title: 'Change', align: 'left' as const }] : []),
      { title: 'Quantity', align: 'right' },
      { title: 'Unit', align: 'left' },
      { title: 'Unit price', align: 'right' },
      { title: 'Extended', align: 'right' },
      { title: 'Item', align: 'left' },
    ],
    rows: lines.map((line) => row(line, changes, words, currency)),
  }
}

function row(line: PricedLine & ItemDetails, changes: boolean, words: Words, currency: string | undefined): Row {
  const { assignedId, sequence, quantity, uom, unitPrice, priceBasis, ids, description, change } = line
  const sum = extended(quantity, unitPrice, priceBasis)
  const basis = priceBasis === undefined || priceBasis === 'PE' ? '' : ` ${words.say('639', priceBasis)}`
  const named = idsText(ids, words)
  return {
    cells: [
      assignedId ?? String(sequence),
      ...(changes ? [words.say('670', change)] : []),
      quantity === undefined ? '' : figure(quantity),
      words.say('355', uom),
      unitPrice === undefined ? '' : `${figure(unitPrice, 2)}${basis}`,
      sum === undefined ? '' : figure(sum, 2),
      description ?? named,
    ],
    notes: [
      ...(description === undefined || named === '' ? [] : [{ text: named, tone: 'plain' as const }]),
      ...(line.statuses ?? []).map((status) => statusNote(status, words)),
      ...[...itemFacts(line, words, currency), ...leftover(line, SHOWN, words)].map(({ label, value }) => ({
        text: `${label}: ${value}`,
        tone: 'plain' as const,
      })),
    ],
  }
}

export function statusNote(status: AcknowledgmentStatus, words: Words): Note {
  const { quantity, uom, dateQualifier, date, ids, dates = [] } = status
  const facts = [
    quantity === undefined ? '' : `${figure(quantity)} ${words.say('355', uom)}`.trim(),
    [words.say('374', dateQualifier).toLowerCase(), date ?? (dateQualifier && 'not said')].filter(Boolean).join(' '),
    ...dates.map((one) => dateFact(one, words)).map(({ label, value }) => `${label.toLowerCase()} ${value}`),
    idsText(ids, words),
    ...leftover(status, STATUS, words).map(({ label, value }) => `${label.toLowerCase()} ${value}`),
  ].filter(Boolean)
  const said = words.sayWithCode('668', status.status)
  return { text: facts.length === 0 ? said : `${said}: ${facts.join(', ')}`, tone: statusTone(status.status) }
}
const STATUS = ['status', 'quantity', 'uom', 'dateQualifier', 'date', 'ids', 'dates']

/** Element 668: taken as ordered, taken with a difference or later, or not taken. */
export function statusTone(status: string): Tone {
  if (['IA', 'AC', 'AR'].includes(status)) return 'good'
  return /^(IR|ID|R\d)$/.test(status) ? 'bad' : 'notice'
}

/** What the lines come to, and what their own charges and allowances add or take. */
export function linesTotals(lines: readonly PricedLine[], currency: string | undefined): Fact[] {
  const sum = sumOfLines(lines)
  if (sum === undefined) return []
  const charges = chargesTotal(lines.flatMap(({ charges = [] }) => charges))
  return [
    { label: 'Lines', value: amount(sum, currency) },
    ...(charges === ZERO ? [] : [{ label: 'Charges and allowances of the lines', value: amount(charges, currency) }]),
  ]
}

/** The sum of the lines, where each has a quantity and a price. */
export function sumOfLines(lines: readonly PricedLine[]): DecimalText | undefined {
  const sums = lines.map(({ quantity, unitPrice, priceBasis }) => extended(quantity, unitPrice, priceBasis))
  const known = sums.filter((sum) => sum !== undefined)
  return known.length < sums.length || known.length === 0 ? undefined : sumOf(known)
}
