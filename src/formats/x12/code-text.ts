const DIGIT_0 = 0x30
const LETTER_A = 0x41
const LONGEST = 3
/** Letters and digits, and none. */
const SIGNS = 26 + 10 + 1

/** By their signs as the digits of a number. */
const known: (string | undefined)[] = new Array(SIGNS ** LONGEST).fill(undefined)

/**
 * A piece of a text. Ids of segments and short codes and numbers, of which a file has millions, are handed out as one and the same
 * string each time: that takes no memory, and is compared and looked up faster than a new one.
 */
export function codeText(text: string, from: number, to: number): string {
  if (to - from > LONGEST || to <= from) return text.substring(from, to)
  let key = 0
  for (let at = from; at < to; at++) {
    const character = text.charCodeAt(at)
    if (isLetter(character)) key = key * SIGNS + character - LETTER_A + 11
    else if (isDigit(character)) key = key * SIGNS + character - DIGIT_0 + 1
    else return text.substring(from, to)
  }
  return known[key] ?? keep(key, text.substring(from, to))
}

/** A key of an object is the engine's own copy of the string. */
function keep(key: number, text: string): string {
  const [code = text] = Object.keys({ [text]: true })
  known[key] = code
  return code
}

/** A letter, then one or two letters or digits. */
export function isSegmentId(id: string): boolean {
  if (id.length !== 2 && id.length !== 3) return false
  if (!isLetter(id.charCodeAt(0))) return false
  for (let i = 1; i < id.length; i++) if (!isLetter(id.charCodeAt(i)) && !isDigit(id.charCodeAt(i))) return false
  return true
}

const isLetter = (character: number): boolean => character >= LETTER_A && character <= 0x5a
const isDigit = (character: number): boolean => character >= DIGIT_0 && character <= 0x39
