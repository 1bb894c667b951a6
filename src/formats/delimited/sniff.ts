import { open } from 'node:fs/promises'
import type { Dialect } from './dialect.js'
import { byteOrderMark } from './encoding.js'

export interface Sniffed {
  /** The dialect as the file bears it out: a file that begins with a UTF-8 byte order mark is UTF-8, whatever was agreed. */
  readonly dialect: Dialect
  /** Of the first line. */
  readonly lineEnd: 'lf' | 'crlf'
  /** The last byte is a line end. */
  readonly endsWithNewline: boolean
  /** Length of a line, the mean of the first ones. */
  readonly lineBytes: number
}

/** Looks at the first bytes of a file, and at the last. */
export async function sniffFile(path: string, dialect: Dialect): Promise<Sniffed> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(1 << 16), 0, 1 << 16, 0)
    const start = buffer.subarray(0, bytesRead)
    const newline = start.indexOf(10)
    const { size } = await file.stat()
    const end = await file.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1))
    return {
      dialect: start.subarray(0, 3).equals(byteOrderMark) ? { ...dialect, encoding: 'utf-8' } : dialect,
      lineEnd: newline > 0 && start[newline - 1] === 13 ? 'crlf' : 'lf',
      lineBytes: bytesRead / Math.max(1, newlinesIn(start)),
      endsWithNewline: end.buffer[0] === 10 || end.buffer[0] === 13,
    }
  } finally {
    await file.close()
  }
}

function newlinesIn(bytes: Buffer): number {
  let newlines = 0
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) newlines++
  return newlines
}
