import type { ItemDetails, OrderedLine, OrderHeader } from '../canonical/index.js'
import { MatchbookError } from '../errors/index.js'
import { currencySegments } from './currency.js'
import { type DetailWriters, inOrder } from './detail-writers.js'
import { LDT } from './layouts.js'
import { detailWriters } from './order-details.js'
import { segment, type WrittenSegment, writeSegment } from './write-segment.js'

export const is005010 = (version: string): boolean => version >= '005010'

/** The places of a header: from 005010 on lead times stand further behind, in front of the amounts and the notes. */
export function inVersion(places: readonly string[], version: string): readonly string[] {
  if (!is005010(version)) return places
  const others = places.filter((id) => id !== 'LDT')
  return others.toSpliced(
    others.findIndex((id) => id === 'AMT' || id === 'N9'),
    0,
    'LDT',
  )
}

/** The lead times of a line, where its set has them within LS and LE. */
export const WITHIN_LS: DetailWriters<ItemDetails> = {
  LDT: ({ leadTimes = [] }) =>
    leadTimes.length === 0
      ? []
      : [segment('LS', 'LDT'), ...leadTimes.map((each) => writeSegment(LDT, each)), segment('LE', 'LDT')],
}

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
