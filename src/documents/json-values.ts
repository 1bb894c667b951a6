import { z } from 'zod'
import { type DecimalText, decimal, parseDecimal, scaleOf } from '../canonical/index.js'
import type { ElementType } from './element-place.js'
import { dateOf } from './element-values.js'
import { given } from './given.js'
import type { SegmentLayout } from './segment-layout.js'

/*
 * What a person may write in a document's JSON. The message of each schema is what it expects; where the value stands, what it was, and
 * the near miss are added when the problem is told.
 */

/** Known keys that reading puts into a document and that writing does not need. */
const ignored = z
  .unknown()
  .optional()
  .transform(() => undefined)

/** The keys in this message are those an unknown one may have been meant for. */
const object = <Shape extends z.ZodRawShape>(shape: Shape) => {
  const known = Object.keys(shape).filter((key) => shape[key] !== ignored)
  return z
    .strictObject(shape, { error: ({ code }) => (code === 'unrecognized_keys' ? known.join(' ') : 'an object') })
    .transform((fields) => given(fields))
}

const list = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item, { error: 'a list' })
    .transform((items) => (items.length > 0 ? items : undefined))
    .optional()

const CONTROLS = /\p{Cc}/u
const text = z
  .string({ error: 'a text' })
  .trim()
  .min(1, { error: 'a text that is not empty' })
  .refine((value) => !CONTROLS.test(value), { error: 'a text without line ends and control characters' })

/** Lines end with LF; each is a segment of its own. */
const lines = z
  .string({ error: 'a text' })
  .transform((value) =>
    value
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .join('\n'),
  )
  .refine((value) => value !== '', { error: 'a text that is not empty' })
  .refine((value) => !CONTROLS.test(value.replaceAll('\n', '')), { error: 'a text without control characters' })

const AS_TEXT = 'a decimal as text, as in "24.50"'

/** Numbers of JSON are floating point: only whole ones are taken. */
const decimalText = z.unknown().transform((value, context): DecimalText => {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return decimal(value)
  const parsed = typeof value === 'string' ? parseDecimal(value.trim()) : undefined
  if (parsed !== undefined) return parsed
  context.addIssue({ code: 'custom', message: AS_TEXT })
  return z.NEVER
})
const cents = decimalText.refine((value) => scaleOf(value) <= 2, { error: 'no more than two decimal places' })

const DAY = 'a day of the calendar, as in "2026-11-02"'
const date = z
  .string({ error: DAY })
  .refine((value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && dateOf(value.replaceAll('-', '')) !== undefined, {
    error: DAY,
  })

const COUNT = 'a whole number from 0 to 999999999'
const integer = z
  .number({ error: COUNT })
  .int({ error: COUNT })
  .min(0, { error: COUNT })
  .max(999_999_999, { error: COUNT })

const elements: Readonly<Record<ElementType, z.ZodType>> = { text, decimal: decimalText, cents, integer, date }

/** The fields of a segment, as its layout has them. */
const fieldsOf = <Fields>(layout: SegmentLayout<Fields>): Record<string, z.ZodType> =>
  Object.fromEntries(
    layout.fields.map(({ key, type, required }) => [key, required ? elements[type] : elements[type].optional()]),
  )

/** A part that is one segment. */
const part = <Fields>(layout: SegmentLayout<Fields>, more: z.ZodRawShape = {}) =>
  object({ ...fieldsOf(layout), ...more })

/** By qualifier. */
const byQualifier = z.record(z.string(), text, { error: 'an object of qualifiers and texts' })

/** Said or not: false is left out. */
const yes = z
  .boolean({ error: 'true' })
  .optional()
  .transform((value) => value || undefined)

export const json = {
  object,
  list,
  part,
  fieldsOf,
  ignored,
  text,
  lines,
  decimalText,
  cents,
  date,
  integer,
  byQualifier,
  yes,
}
