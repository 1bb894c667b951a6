/** Up to three characters fit into a key. */
const LONGEST = 3

const known = new Map<number, string>()

/**
 * A piece of a text. Ids of segments and short codes and numbers, of which a file has millions, are handed out as one and the same
 * string each time: that takes no memory, and is compared and looked up faster than a new one.
 */
export function codeText(text: string, from: number, to: number): string {
  if (to - from > LONGEST || to <= from) return text.substring(from, to)
  let key = 0
  for (let at = from; at < to; at++) {
    const character = text.charCodeAt(at)
    if (!isLetter(character) && !isDigit(character)) return text.substring(from, to)
    key = (key << 8) | character
  }
  return known.get(key) ?? keep(key, text.substring(from, to))
}

/** A key of an object is the engine's own copy of the string. */
function keep(key: number, text: string): string {
  const [code = text] = Object.keys({ [text]: true })
  known.set(key, code)
  return code
}

/** A letter, then one or two letters or digits. */
export function isSegmentId(id: string): boolean {
  if (id.length !== 2 && id.length !== 3) return false
  if (!isLetter(id.charCodeAt(0))) return false
  for (let i = 1; i < id.length; i++) if (!isLetter(id.charCodeAt(i)) && !isDigit(id.charCodeAt(i))) return false
  return true
}

const isLetter = (character: number): boolean => character >= 0x41 && character <= 0x5a
const isDigit = (character: number): boolean => character >= 0x30 && character <= 0x39
