import type { DecimalText } from '../canonical/index.js'
import { bitOf } from '../formats/x12/index.js'

/** How an element is written: AN and ID as text, R as decimal, N2 as cents, N0 as integer, DT as date. */
export type ElementType = 'text' | 'decimal' | 'cents' | 'integer' | 'date'

export interface ElementPlace<Value> {
  /** 1-based. */
  readonly position: number
  readonly type: ElementType
  /** For findings; the segment and position say it where this is not given. */
  readonly what: string
  readonly required: boolean
  /** Only for the compiler: what is read from here. */
  readonly holds?: Value
}

type Places<Fields> = { readonly [Key in keyof Fields]?: ElementPlace<Exclude<Fields[Key], undefined>> }

interface FieldPlace<Fields> extends ElementPlace<unknown> {
  readonly key: keyof Fields & string
  /** The position as a bit. */
  readonly bit: number
}

/** Which element of a segment stands for which field: read, written and checked from the one table. */
export interface SegmentLayout<Fields> {
  readonly id: string
  readonly fields: readonly FieldPlace<Fields>[]
  /** A bit an element. */
  readonly mask: number
}

export function layout<Fields>(id: string, places: Places<Fields>): SegmentLayout<Fields> {
  const fields = Object.entries(places).map(([name, place]) => {
    const { position, type, what, required } = place as ElementPlace<unknown>
    return { key: name as keyof Fields & string, position, bit: bitOf(position), type, what, required }
  })
  return { id, fields, mask: fields.reduce((mask, { bit }) => mask | bit, 0) }
}

const place =
  <Value>(type: ElementType) =>
  (position: number, what = 'element'): ElementPlace<Value> => ({ position, type, what, required: false })

export const text = place<string>('text')
export const decimalAt = place<DecimalText>('decimal')
/** Type N2. */
export const cents = place<DecimalText>('cents')
export const integer = place<number>('integer')
export const date = place<string>('date')
/** A text without which the segment says nothing. */
export const required = (position: number, what: string): ElementPlace<string> => ({
  ...text(position, what),
  required: true,
})
export const requiredDecimal = (position: number, what: string): ElementPlace<DecimalText> => ({
  ...decimalAt(position, what),
  required: true,
})
