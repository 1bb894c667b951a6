import { isUtf8 } from 'node:buffer'
import type { Dialect } from './dialect.js'

export const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf])

/** The five bytes that stand for nothing in windows-1252. */
const undefinedIn1252 = [0x81, 0x8d, 0x8f, 0x90, 0x9d]

/** Position of the first byte that cannot be decoded, or -1. Give whole characters: see `wholeCharacters`. */
export function undecodable(bytes: Buffer, encoding: Dialect['encoding']): number {
  if (encoding === 'utf-8') return isUtf8(bytes) ? -1 : firstInvalidUtf8(bytes)
  if (encoding !== 'windows-1252') return -1
  const found = undefinedIn1252.map((byte) => bytes.indexOf(byte)).filter((at) => at >= 0)
  return found.length === 0 ? -1 : Math.min(...found)
}

/** Length without the bytes of a UTF-8 character that goes on in the next buffer (at most 3). */
export function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte >= 0xc0) return sequenceLength(byte) > back ? bytes.length - back : bytes.length
    if (byte < 0x80) break
  }
  return bytes.length
}

const sequenceLength = (lead: number): number => (lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4)

/** Only run on bytes known to be invalid: halves the stretch until a single character is left. */
function firstInvalidUtf8(bytes: Buffer): number {
  let at = 0
  while (at < bytes.length) {
    const stretch = bytes.subarray(at, at + 4096)
    const whole = at + 4096 < bytes.length ? stretch.subarray(0, wholeCharacters(stretch)) : stretch
    if (whole.length > 0 && isUtf8(whole)) at += whole.length
    else break
  }
  while (at < bytes.length) {
    const length = sequenceLength(bytes[at] ?? 0)
    if (!isUtf8(bytes.subarray(at, at + length))) return at
    at += length
  }
  return at
}
