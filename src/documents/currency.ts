import type { DecimalText } from '../canonical/index.js'
import type { DecodedSegment } from '../formats/x12/index.js'
import type { Draft } from './draft.js'
import { CUR } from './layouts.js'
import type { SegmentReader } from './segment-reader.js'
import { segment, type WrittenSegment } from './write-segment.js'

interface InCurrency {
  readonly currency?: string
  readonly exchangeRate?: DecimalText
}

/** Whose currency it is (CUR01) goes without saying where it is that of buyer, seller or payer, or as agreed. */
const USUAL = ['SE', 'VN', 'SU', 'BY', 'BT', 'PR', 'ZZ']

/** CUR02 and CUR03 of the first CUR. */
export function readCurrency(reader: SegmentReader, into: Draft<InCurrency>, cur: DecodedSegment): void {
  if (into.currency !== undefined) return
  reader.expect(cur, 1, USUAL)
  const { currency, exchangeRate } = reader.fields(cur, CUR)
  if (currency !== undefined) into.currency = currency
  if (exchangeRate !== undefined) into.exchangeRate = exchangeRate
}

/** `whose`: CUR01. */
export function currencySegments({ currency, exchangeRate }: InCurrency, whose: 'BY' | 'SE'): WrittenSegment[] {
  return currency === undefined && exchangeRate === undefined ? [] : [segment('CUR', whose, currency, exchangeRate)]
}
