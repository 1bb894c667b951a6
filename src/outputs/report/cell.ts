import { type DecimalText, parseDecimal } from '../../canonical/index.js'
import { safeText } from '../safe-text.js'
import { calendarDay, wallClock } from './excel-date.js'
import { excelNumber } from './excel-number.js'
import { type CellStyle, money, price, style } from './style.js'

/** A formula and the value it has now, so that a viewer that does not calculate shows the right thing too. */
export interface Formula {
  readonly formula: string
  readonly result: string | number
}

export interface Cell {
  readonly value: string | number | Date | Formula | null
  readonly style: CellStyle
}

/** Text from anywhere, made harmless. */
export const text = (value: string | null | undefined, look: CellStyle = style.text): Cell => ({
  value: value === null || value === undefined || value === '' ? null : safeText(value),
  style: look,
})
export const count = (value: number, look: CellStyle = style.count): Cell => ({ value, style: look })
export const formula = (expression: string, result: string | number, look: CellStyle): Cell => ({
  value: { formula: expression, result },
  style: look,
})
export const blank = (look: CellStyle = style.text): Cell => ({ value: null, style: look })

const exact = (value: DecimalText | null, look: CellStyle): Cell => ({
  // A plain decimal cannot run as a formula, whatever its sign.
  value: value === null ? null : (excelNumber(value) ?? value),
  style: look,
})
export const amount = (value: DecimalText | null, currency: string): Cell => exact(value, money(currency))
export const unitPrice = (value: DecimalText | null, currency: string): Cell => exact(value, price(currency))
export const quantity = (value: DecimalText | null): Cell => exact(value, style.quantity)

export const day = (value: string | null): Cell =>
  value === null ? blank(style.day) : { value: calendarDay(value) ?? safeText(value), style: style.day }
export const instant = (value: string | null, timezone: string): Cell =>
  value === null ? blank(style.instant) : { value: wallClock(value, timezone) ?? safeText(value), style: style.instant }

/** As it stands in a file: 00123 stays so, and a number needs no guard against running as a formula. */
export const asWritten = (value: string | null): Cell =>
  value !== null && parseDecimal(value) !== undefined ? { value, style: style.text } : text(value)
