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

/** CUR02 and CUR03 of the first CUR. That it is the seller's or the buyer's (CUR01) goes without saying. */
export function readCurrency(reader: SegmentReader, into: Draft<InCurrency>, cur: DecodedSegment): void {
  if (into.currency !== undefined) return
  reader.expect(cur, 1, 'SE', 'BY')
  Object.assign(into, reader.fields(cur, CUR))
}

/** `whose`: CUR01. */
export function currencySegments({ currency, exchangeRate }: InCurrency, whose: 'BY' | 'SE'): WrittenSegment[] {
  return currency === undefined && exchangeRate === undefined ? [] : [segment('CUR', whose, currency, exchangeRate)]
}
