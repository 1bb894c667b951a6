import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Source } from '../../canonical/index.js'

/** A piece of a file around what is wrong in it. Offsets are bytes from the beginning of the file. */
export interface FaultBytes {
  /** Where the piece begins. */
  readonly from: number
  /** The piece, two digits a byte. */
  readonly hex: string
  /** The piece as Latin-1: one character a byte. */
  readonly text: string
  /** The faulty bytes; length 0 where only their place is known. */
  readonly faultAt: number
  readonly faultLength: number
}

/** A fault may be a whole interchange: of a longer one the beginning and the end are shown, half of this each. */
const MOST = 256

/**
 * The bytes around a fault, `around` before it and after it: one piece, or two where it is long. None when the file does not reach
 * so far.
 */
export async function faultBytes(path: string, source: Source, around: number): Promise<FaultBytes[]> {
  const place = await placeOf(path, source)
  if (place === undefined) return []
  const { offset, length } = place
  const [begins, ends] = [Math.max(0, offset - around), offset + length + around]
  const pieces: readonly (readonly [number, number])[] =
    length <= MOST
      ? [[begins, ends]]
      : [
          [begins, offset + MOST / 2],
          [offset + length - MOST / 2, ends],
        ]
  const file = await open(path)
  try {
    const found: FaultBytes[] = []
    for (const [from, to] of pieces) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(to - from), 0, to - from, from)
      const piece = buffer.subarray(0, bytesRead)
      if (bytesRead === 0) continue
      const [hex, text] = [piece.toString('hex'), piece.toString('latin1')]
      found.push({ from, hex, text, faultAt: offset, faultLength: length })
    }
    return found
  } finally {
    await file.close()
  }
}

interface Place {
  readonly offset: number
  readonly length: number
}

async function placeOf(path: string, { byteOffset, byteLength, line }: Source): Promise<Place | undefined> {
  if (byteOffset !== undefined) return { offset: byteOffset, length: byteLength ?? 0 }
  return line === undefined ? { offset: 0, length: 0 } : lineAt(path, line)
}

const NEWLINE = 0x0a

/** Where a physical line (1-based) stands, without its line end. */
async function lineAt(path: string, line: number): Promise<Place | undefined> {
  let [number, begins, at] = [1, 0, 0]
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    for (let next = chunk.indexOf(NEWLINE); next >= 0; next = chunk.indexOf(NEWLINE, next + 1)) {
      if (number === line) return { offset: begins, length: at + next - begins }
      number++
      begins = at + next + 1
    }
    at += chunk.length
  }
  return number === line && at > begins ? { offset: begins, length: at - begins } : undefined
}
