import type { DecimalText } from '../canonical/index.js'
import { bitOf } from '../formats/x12/index.js'
import type { ElementPlace, ElementType } from './element-place.js'
import { type RecordField, RecordMaker } from './record-maker.js'

type Places<Fields> = { readonly [Key in keyof Fields]?: ElementPlace<Exclude<Fields[Key], undefined>> }

interface FieldPlace<Fields> extends RecordField {
  readonly key: keyof Fields & string
}

/** Which element of a segment stands for which field: read, written and checked from the one table. */
export interface SegmentLayout<Fields> {
  readonly id: string
  readonly fields: readonly FieldPlace<Fields>[]
  /** A bit an element. */
  readonly mask: number
  readonly records: RecordMaker
}

/** A layout with what stands beside the elements in what is made of them: `Given` are its keys, `Maybe` that of what may be given. */
export interface FramedLayout<Fields, Given extends keyof Fields, Maybe extends keyof Fields = never>
  extends SegmentLayout<Fields> {
  /** Only for the compiler. */
  readonly given?: Given | Maybe
}

export function layout<Fields>(id: string, places: Places<Fields>): SegmentLayout<Fields> {
  const fields = Object.entries(places).map(([name, place]) => {
    const { position, type, what, required } = place as ElementPlace<unknown>
    return { key: name as keyof Fields & string, position, bit: bitOf(position), type, what, required }
  })
  const mask = fields.reduce((mask, { bit }) => mask | bit, 0)
  return { id, fields, mask, records: new RecordMaker(fields, mask) }
}

/** `before` stands before the fields of the layout, `after` behind them, `maybe` last where it is given. */
export const framed = <Fields, Given extends keyof Fields & string, Maybe extends keyof Fields & string = never>(
  layout: SegmentLayout<Fields>,
  before: readonly Given[],
  after: readonly Given[],
  maybe?: Maybe,
): FramedLayout<Fields, Given, Maybe> => ({
  ...layout,
  records: new RecordMaker(layout.fields, layout.mask, before, after, maybe),
})

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
