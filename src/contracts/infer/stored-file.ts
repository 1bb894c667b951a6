import { open } from 'node:fs/promises'
import { type FileEncoding, foreignEncoding } from '../../formats/delimited/index.js'
import type { Place } from './fixed-framing.js'

/** A file of a mainframe whose records have no line ends, as far as its first megabyte shows. */
export interface StoredFile {
  /** In bytes, up to the end of the last column. */
  readonly recordLength: number
  /** Each record says how long it is (RDW). */
  readonly described: boolean
  /** By place in the layout: whether the bytes plainly are packed decimals. */
  readonly packed: readonly boolean[]
  readonly encoding: FileEncoding
}

const LOOKED_AT = 1 << 20
const DESCRIPTOR = 4
const LEAST_RECORDS = 2

/**
 * Looks for bytes that no text has: record descriptors, and digits two to a byte with a sign in the last half.
 * @returns undefined where there are none: it is a file of text
 */
export async function storedFile(file: string, layout: readonly Place[]): Promise<StoredFile | undefined> {
  const recordLength = Math.max(...layout.map(({ from, width }) => from - 1 + width))
  const { start, size } = await startOf(file)
  const behindDescriptors = describedRecords(start, size)
  const records = behindDescriptors ?? (size % recordLength === 0 ? equalRecords(start, recordLength) : [])
  if (records.length < LEAST_RECORDS) return undefined
  const packed = layout.map(({ from, width }) =>
    isPacked(
      records.flatMap((record) =>
        record.length < from - 1 + width ? [] : [record.subarray(from - 1, from - 1 + width)],
      ),
    ),
  )
  if (behindDescriptors === undefined && !packed.includes(true)) return undefined
  return {
    recordLength,
    described: behindDescriptors !== undefined,
    packed,
    encoding: foreignEncoding(textOf(records, layout, packed)) ?? 'windows-1252',
  }
}

async function startOf(file: string): Promise<{ readonly start: Buffer; readonly size: number }> {
  const handle = await open(file, 'r')
  try {
    const { size } = await handle.stat()
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(Math.min(size, LOOKED_AT)),
      0,
      Math.min(size, LOOKED_AT),
      0,
    )
    return { start: buffer.subarray(0, bytesRead), size }
  } finally {
    await handle.close()
  }
}

/** The records behind their descriptors; undefined where one does not lead to the next, up to the end of what was read. */
function describedRecords(start: Buffer, size: number): Buffer[] | undefined {
  const records: Buffer[] = []
  let at = 0
  while (at + DESCRIPTOR <= start.length) {
    const length = start.readUInt16BE(at)
    if (length <= DESCRIPTOR || start.readUInt16BE(at + 2) !== 0) return undefined
    if (at + length > start.length) break
    records.push(start.subarray(at + DESCRIPTOR, at + length))
    at += length
  }
  return at === size || (start.length < size && records.length > 0) ? records : undefined
}

const equalRecords = (start: Buffer, length: number): Buffer[] =>
  Array.from({ length: Math.floor(start.length / length) }, (_, n) => start.subarray(n * length, (n + 1) * length))

/** All are digits and a sign, or were never filled; and one has a byte that stands in no text. */
function isPacked(values: readonly Buffer[]): boolean {
  const filled = values.filter((value) => !value.every((byte) => byte === 0 || byte === 0x20 || byte === 0x40))
  return (
    filled.length > 0 &&
    filled.every((value) => /^\d+[acdf]$/.test(value.toString('hex'))) &&
    filled.some((value) => value.some((byte) => byte < 0x20))
  )
}

const textOf = (records: readonly Buffer[], layout: readonly Place[], packed: readonly boolean[]): Buffer =>
  Buffer.concat(
    records
      .slice(0, 1000)
      .flatMap((record) =>
        layout.flatMap(({ from, width }, n) => (packed[n] ? [] : [record.subarray(from - 1, from - 1 + width)])),
      ),
  )
