import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Source } from '../canonical/index.js'

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

/** A fault may be a whole interchange: so much of it is shown. */
const MOST = 256

/** The bytes around a fault: `around` before it and after it. Undefined when the file does not reach so far. */
export async function faultBytes(path: string, source: Source, around: number): Promise<FaultBytes | undefined> {
  const place = await placeOf(path, source)
  if (place === undefined) return undefined
  const from = Math.max(0, place.offset - around)
  const wanted = place.offset - from + Math.min(place.length, MOST) + around
  const file = await open(path)
  try {
    const buffer = Buffer.alloc(wanted)
    const { bytesRead } = await file.read(buffer, 0, wanted, from)
    if (bytesRead === 0) return undefined
    const piece = buffer.subarray(0, bytesRead)
    const text = piece.toString('latin1')
    return { from, hex: piece.toString('hex'), text, faultAt: place.offset, faultLength: place.length }
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
