import { isUtf8 } from 'node:buffer'

const LINE_ENDS = /[\r\n]/g
const BEYOND_ASCII = /[\x80-\xff]/
const WINDOWS_ONLY = /[\x80-\x9f]/g
/** 0x80 to 0x9F of windows-1252; the rest of it is latin-1. (Node 20's own decoder of that name gets these wrong.) */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

/**
 * The text of an element from its bytes as latin-1 characters. Line ends within it come from wrapping at a fixed column and are
 * no data (X12's character sets hold none). Bytes beyond ASCII are UTF-8 where they are valid UTF-8, else windows-1252:
 * decided element by element, since an interchange does not tell its encoding and networks mix partners' files.
 */
export function elementText(raw: string): string {
  const text = raw.replace(LINE_ENDS, '')
  if (!BEYOND_ASCII.test(text)) return text
  const bytes = Buffer.from(text, 'latin1')
  if (isUtf8(bytes)) return bytes.toString('utf8')
  return text.replace(WINDOWS_ONLY, (character) => WINDOWS_1252.charAt(character.charCodeAt(0) - 0x80))
}
