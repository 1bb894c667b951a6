import type { StatedDate } from '../canonical/index.js'
import { dateText, segment, type WrittenSegment } from './write-segment.js'

/** Element 374: effective, start. */
const FROM = ['007', '196']
/** Expiration, end. */
const TO = ['036', '197']

interface Effective {
  effectiveFrom?: string
  effectiveTo?: string
  dates?: readonly StatedDate[]
}

/** Reads a date: the first day from which, and the first to which something counts have fields of their own. */
export function readEffective(into: Effective, stated: StatedDate): void {
  const { qualifier, date } = stated
  const isDay = date !== undefined && Object.keys(stated).length === 2
  if (isDay && into.effectiveFrom === undefined && FROM.includes(qualifier)) into.effectiveFrom = date
  else if (isDay && into.effectiveTo === undefined && TO.includes(qualifier)) into.effectiveTo = date
  else into.dates = [...(into.dates ?? []), stated]
}

export const effectiveSegments = ({ effectiveFrom, effectiveTo }: Effective): WrittenSegment[] => [
  ...(effectiveFrom === undefined ? [] : [segment('DTM', '007', dateText(effectiveFrom))]),
  ...(effectiveTo === undefined ? [] : [segment('DTM', '036', dateText(effectiveTo))]),
]
