import { gtinCheckDigit, hibcCheckCharacter } from '../canonical/index.js'

/** Product codes with their check characters, as scanners and master files expect them; `digits` are the first thirteen. */
export const gtin14 = (digits: string): string => digits + gtinCheckDigit(digits)

/** HIBC primary code: + labeler, product, unit of measure digit, check character. */
export function hibc(labeler: string, product: string): string {
  const body = `+${labeler}${product}0`
  return body + hibcCheckCharacter(body)
}
