import { type DecimalText, fixed } from '../../canonical/index.js'

/** 1234567.5 -> 1,234,567.50 */
export const groupedMoney = (value: DecimalText): string => fixed(value, 2).replace(/\B(?=(\d{3})+\.)/g, ',')

/** 1234567 -> 1,234,567 */
export const groupedCount = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',')
