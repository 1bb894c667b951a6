/** Product codes with their check characters, as scanners and master files expect them. */

/** GTIN-14 with its modulo-10 check digit (GS1 General Specifications 7.9); `digits` are the first thirteen. */
export function gtin14(digits: string): string {
  let sum = 0
  for (const [place, digit] of [...digits].entries()) sum += (digit.charCodeAt(0) - 48) * (place % 2 === 0 ? 3 : 1)
  return `${digits}${(10 - (sum % 10)) % 10}`
}

const HIBC_CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%'

/** HIBC primary code: + labeler, product, unit of measure digit, modulo-43 check character (ANSI/HIBC 2.6). */
export function hibc(labeler: string, product: string): string {
  const body = `+${labeler}${product}0`
  const sum = [...body].reduce((total, character) => total + HIBC_CHARACTERS.indexOf(character), 0)
  return `${body}${HIBC_CHARACTERS[sum % 43]}`
}
