import type { OrderedLine, OrderHeader } from '../canonical/index.js'
import { MatchbookError } from '../errors/index.js'
import { currencySegments } from './currency.js'
import { inOrder } from './detail-writers.js'
import { detailWriters } from './order-details.js'
import { segment, type WrittenSegment } from './write-segment.js'

type Order = OrderHeader & { readonly lines: readonly OrderedLine[] }

/**
 * CUR and the details of the header in the order of the set; `whose` is the currency (CUR01).
 * @throws MatchbookError X12-WRITE
 */
export function headerSegments(order: Order, whose: 'BY' | 'SE', place: readonly string[]): WrittenSegment[] {
  for (const { role, dates, quantities, schedules } of order.parties) {
    if ((dates ?? quantities ?? schedules) !== undefined) {
      throw new MatchbookError('X12-WRITE', `dates, quantities and schedules of a party (${role}) stand on a line only`)
    }
  }
  return [
    ...currencySegments(order, whose),
    ...inOrder(detailWriters, { ...order, amounts: ofHeader(order, place) }, place),
  ]
}

/** CTT with the number of lines, and the last of the amounts. */
export function summarySegments(order: Order, place: readonly string[]): WrittenSegment[] {
  const amounts = (order.amounts ?? []).slice(ofHeader(order, place).length)
  return [segment('CTT', String(order.lines.length)), ...inOrder(detailWriters, { amounts }, ['AMT'])]
}

/** All but the last, where the header has a place for amounts. */
const ofHeader = ({ amounts = [] }: Order, place: readonly string[]) =>
  place.includes('AMT') ? amounts.slice(0, -1) : []
