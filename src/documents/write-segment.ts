import { type DecimalText, decimal, multiply, scaleOf } from '../canonical/index.js'
import { MatchbookError } from '../errors/index.js'
import type { ElementType } from './element-place.js'
import type { SegmentLayout } from './segment-layout.js'

/** [id, element 01, element 02, ...] without trailing empty elements. */
export type WrittenSegment = readonly string[]

/** A segment of what its layout has a place for; `more` are elements by position, for what the layout leaves out. */
export function writeSegment<Fields extends object>(
  layout: SegmentLayout<Fields>,
  fields: Fields,
  more: Readonly<Record<number, string | undefined>> = {},
): WrittenSegment {
  const elements: string[] = []
  for (const { key, position, type } of layout.fields) {
    const value = fields[key]
    if (value !== undefined) elements[position - 1] = elementOf(type, value as string | number, layout.id, position)
  }
  for (const [position, value] of Object.entries(more)) if (value !== undefined) elements[Number(position) - 1] = value
  return segment(layout.id, ...elements)
}

/** The segment without trailing empty elements; undefined is empty. */
export function segment(id: string, ...elements: readonly (string | undefined)[]): WrittenSegment {
  const filled = Array.from(elements, (element) => element ?? '')
  return [id, ...filled.slice(0, filled.findLastIndex((element) => element !== '') + 1)]
}

const HUNDRED = decimal(100)

/** Type N2: the amount in cents. @throws MatchbookError X12-WRITE when it has more than two decimal places */
export function centsOf(amount: DecimalText, id: string, position: number): string {
  if (scaleOf(amount) > 2) {
    const place = `${id}${String(position).padStart(2, '0')}`
    throw new MatchbookError('X12-WRITE', `${place} has two decimal places, and ${amount} has more`)
  }
  return multiply(amount, HUNDRED)
}

/** Type DT. */
export const dateText = (iso: string): string => iso.replaceAll('-', '')

function elementOf(type: ElementType, value: string | number, id: string, position: number): string {
  if (type === 'cents') return centsOf(value as DecimalText, id, position)
  return type === 'date' ? dateText(String(value)) : String(value)
}
