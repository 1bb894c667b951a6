import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'

const LINE_ENDS = /[\r\n]/g
const BEYOND_ASCII = /[\x80-\xff]/

/**
 * The text of an element from its bytes as latin-1 characters. Line ends within it come from wrapping at a fixed column and are
 * no data (X12's character sets hold none). Bytes beyond ASCII are UTF-8 where they are valid UTF-8, else windows-1252:
 * decided element by element, since an interchange does not tell its encoding and networks mix partners' files.
 */
export function elementText(raw: string): string {
  const text = raw.replace(LINE_ENDS, '')
  if (!BEYOND_ASCII.test(text)) return text
  const bytes = Buffer.from(text, 'latin1')
  return isUtf8(bytes) ? bytes.toString('utf8') : iconv.decode(bytes, 'windows-1252')
}
