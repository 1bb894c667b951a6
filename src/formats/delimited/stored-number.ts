/** How mainframes store a number that is no text: two digits a byte with the sign in the last half, or the number itself, high byte first. */
export type StoredAs = 'packed' | 'binary' | 'binary-unsigned'

const PLUS = 'acef'
const MINUS = 'bd'

/** Its digits, with a minus before where there is one; what is no number as x and its bytes, and a packed one that was never filled empty. */
export function storedNumber(bytes: Buffer, as: StoredAs, space: number): string {
  const hex = bytes.toString('hex')
  if (as !== 'packed') {
    const value = BigInt(`0x${hex}`)
    return String(as === 'binary' ? BigInt.asIntN(8 * bytes.length, value) : value)
  }
  // NUL and spaces have no sign: as packed digits they are nothing.
  if (bytes.every((byte) => byte === 0) || bytes.every((byte) => byte === space)) return ''
  const digits = hex.slice(0, -1)
  const sign = hex.slice(-1)
  if (!/^\d+$/.test(digits) || !(PLUS + MINUS).includes(sign)) return `x${hex.toUpperCase()}`
  return MINUS.includes(sign) ? `-${digits}` : digits
}

/** Characters that it needs at most. */
export const storedWidth = (bytes: number): number => Math.max(2 * bytes + 1, 20)
