import {
  type Acknowledgment,
  type AcknowledgmentStatus,
  type ChangedLine,
  type DecimalText,
  type Invoice,
  type OrderChangeAcknowledgment,
  type OrderedLine,
  type PurchaseOrder,
  type PurchaseOrderChange,
  type StatedDate,
  sumOf,
  ZERO,
} from '../../../canonical/index.js'
import { dateFact, termsText } from '../sheets/details.js'
import { statusNote, statusTone } from '../sheets/lines.js'
import { idsText } from '../sheets/product.js'
import type { Words } from '../words.js'
import type { Comparison, Difference, LineComparison } from './difference.js'
import { lineDifferences, type TradedLine } from './line-fields.js'
import { type MatchableLine, matchLines, type Pair } from './match-lines.js'

type Order = PurchaseOrder | PurchaseOrderChange
type Answer = Acknowledgment | OrderChangeAcknowledgment
type Compared = Pick<Comparison, 'differences' | 'lines'>

/** What was ordered, or changed, against what the supplier acknowledged. */
export function compareAcknowledged(order: Order, answer: Answer, words: Words): Compared {
  const requested = order.dates ?? []
  const whole = answer.lines.length === 0 && order.lines.length > 0
  const refused = answer.type?.startsWith('R') ?? false
  const pairs = matchLines<OrderedLine, Answer['lines'][number]>(order.lines, answer.lines)
  const type = words.sayWithCode('587', answer.type ?? '')
  return {
    differences: [
      ...numbers(order, answer),
      ...(refused ? [{ field: 'Answer', left: undefined, right: type }] : []),
      ...termsDifference(order, answer, words),
    ],
    // Without lines the header speaks for all of them.
    lines: whole
      ? order.lines.map((line) => ({
          ...named(line, words),
          state: refused ? ('different' as const) : ('same' as const),
          statuses: [`${type}, for all lines`],
          differences: [],
        }))
      : pairs.map((pair) => acknowledgedLine(pair, requested, words)),
  }
}

function acknowledgedLine(
  { left, right }: Pair<OrderedLine, Answer['lines'][number]>,
  requested: readonly StatedDate[],
  words: Words,
): LineComparison {
  if (left === undefined || right === undefined) return oneSided(left, right, words)
  const statuses = right.statuses
  const { quantity: _stated, ...answered } = right
  const quantity = statuses.length === 0 ? right.quantity : acknowledgedQuantity(statuses, left.quantity)
  const differences = [
    ...lineDifferences(left, quantity === undefined ? answered : { ...answered, quantity }, words),
    ...dateDifference([...(left.dates ?? []), ...requested], statuses, words),
  ]
  const asOrdered = statuses.every(({ status }) => statusTone(status) === 'good')
  return {
    ...named(left, words),
    state: asOrdered && differences.length === 0 ? 'same' : 'different',
    statuses: statuses.map((status) => statusNote(status, words).text),
    differences,
  }
}

/** Element 668: backordered or on hold is not refused, but nothing that is to come as ordered. */
const NOT_TO_COME = /^(IB|ID|IF|IH|IW|IR|R\d)$/

/** What is to come by the statuses; one without a quantity is about the whole line. */
function acknowledgedQuantity(
  statuses: readonly AcknowledgmentStatus[],
  ordered: DecimalText | undefined,
): DecimalText | undefined {
  const coming = statuses.filter(({ status }) => !NOT_TO_COME.test(status))
  if (coming.length === 0) return ZERO
  const quantities = coming.map(({ quantity }) => quantity)
  const known = quantities.filter((quantity) => quantity !== undefined)
  return known.length < quantities.length ? ordered : sumOf(known)
}

/** Dates a buyer asks for, as element 374 names them. */
const REQUESTED = new Set(['002', '010', '071', '074', '081', '106'])

/** A promised date behind the requested one; without a request only a date that the supplier calls rescheduled. */
function dateDifference(
  dates: readonly StatedDate[],
  statuses: readonly AcknowledgmentStatus[],
  words: Words,
): Difference[] {
  const asked = dates.find(({ qualifier, date }) => REQUESTED.has(qualifier) && date !== undefined)
  return statuses.flatMap(({ status, date, dateQualifier, dates: further = [] }) => {
    const promised = date ?? further.find((one) => one.date !== undefined)?.date
    if (promised === undefined) return []
    const late = asked?.date === undefined ? status === 'DR' : promised > asked.date
    if (!late) return []
    const { label } = dateFact({ qualifier: dateQualifier ?? further[0]?.qualifier ?? '' }, words)
    return [
      {
        field: 'Date',
        left: asked === undefined ? undefined : `${asked.date} (${dateFact(asked, words).label.toLowerCase()})`,
        right: label === '' ? promised : `${promised} (${label.toLowerCase()})`,
      },
    ]
  })
}

/** What was ordered against what is billed. */
export function compareBilled(order: PurchaseOrder, invoice: Invoice, words: Words): Compared {
  return {
    differences: [...numbers(order, invoice), ...termsDifference(order, invoice, words)],
    lines: matchLines(order.lines, invoice.lines).map((pair) => tradedLine(pair, words)),
  }
}

/** What was ordered against how it is changed: only lines that the change speaks of. */
export function compareChanged(order: PurchaseOrder, change: PurchaseOrderChange, words: Words): Compared {
  const pairs = matchLines<OrderedLine, ChangedLine>(order.lines, change.lines).filter(
    ({ right }) => right !== undefined,
  )
  return {
    differences: [...numbers(order, change), ...termsDifference(order, change, words)],
    lines: pairs.map((pair) => {
      const compared = tradedLine(pair, words)
      const code = pair.right?.change ?? ''
      const unchanged = compared.state === 'same' && code === 'NC'
      const state = compared.state === 'same' && !unchanged ? 'different' : compared.state
      return { ...compared, state, statuses: [words.sayWithCode('670', code)] }
    }),
  }
}

type NamedLine = TradedLine & MatchableLine & { readonly sequence: number; readonly description?: string }

function tradedLine({ left, right }: Pair<NamedLine, NamedLine>, words: Words): LineComparison {
  if (left === undefined || right === undefined) return oneSided(left, right, words)
  const differences = lineDifferences(left, right, words)
  return { ...named(left, words), state: differences.length === 0 ? 'same' : 'different', statuses: [], differences }
}

function oneSided(left: NamedLine | undefined, right: NamedLine | undefined, words: Words): LineComparison {
  const line = left ?? right
  return {
    ...(line === undefined ? { line: '', item: '' } : named(line, words)),
    state: left === undefined ? 'right-only' : 'left-only',
    statuses: [],
    differences: [],
  }
}

const named = ({ assignedId, sequence, description, ids }: NamedLine, words: Words) => ({
  line: assignedId ?? String(sequence),
  item: [description, idsText(ids, words)].filter(Boolean).join(', '),
})

/** Both must be about one order. */
function numbers(
  order: Order,
  other: { readonly poNumber?: string; readonly release?: string; readonly currency?: string },
): Difference[] {
  const differences: Difference[] = []
  const compare = (field: string, left: string | undefined, right: string | undefined): void => {
    if (right !== undefined && left !== right) differences.push({ field, left, right })
  }
  compare('Purchase order', order.poNumber, other.poNumber)
  compare('Release', order.release, other.release)
  if (order.currency !== undefined) compare('Currency', order.currency, other.currency)
  return differences
}

function termsDifference(
  { terms: left }: Pick<Order, 'terms'>,
  { terms: right }: Pick<Order, 'terms'>,
  words: Words,
): Difference[] {
  if (left === undefined || right === undefined) return []
  const [before, after] = [termsText(left, words), termsText(right, words)]
  return before === after ? [] : [{ field: 'Terms', left: before, right: after }]
}
