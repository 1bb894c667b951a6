const known = new Map<number, string>()

/**
 * The id of a segment: a letter, then one or two letters or digits. Those the standard could have are handed out as one and the same
 * string each time, which costs no memory and is compared and looked up faster than a new one.
 */
export function segmentId(text: string, from: number, to: number): string {
  const length = to - from
  if (length !== 2 && length !== 3) return text.substring(from, to)
  const third = length === 3 ? text.charCodeAt(from + 2) : 0
  const key = text.charCodeAt(from) | (text.charCodeAt(from + 1) << 8) | (third << 16)
  return known.get(key) ?? keep(key, text.substring(from, to))
}

/** A key of an object is the engine's own copy of the string. */
function keep(key: number, text: string): string {
  const [id = text] = Object.keys({ [text]: true })
  if (isSegmentId(id)) known.set(key, id)
  return id
}

export function isSegmentId(id: string): boolean {
  if (id.length !== 2 && id.length !== 3) return false
  if (!isLetter(id.charCodeAt(0))) return false
  for (let i = 1; i < id.length; i++) if (!isLetter(id.charCodeAt(i)) && !isDigit(id.charCodeAt(i))) return false
  return true
}

const isLetter = (character: number): boolean => character >= 0x41 && character <= 0x5a
const isDigit = (character: number): boolean => character >= 0x30 && character <= 0x39
