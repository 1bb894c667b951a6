import { createHash } from 'node:crypto'

/** How the name of a file begins that holds many. */
export const TOGETHER = 'together~'

export interface SmallFile {
  /** Hex. */
  readonly sha256: string
  readonly bytes: Buffer
}

/** Many files in one: before the bytes of each a line with their hash and their number. */
export const togetherFile = (files: readonly SmallFile[]): Buffer =>
  Buffer.concat(files.flatMap(({ sha256, bytes }) => [Buffer.from(`${sha256} ${bytes.length}\n`), bytes]))

const head = /^(?<sha256>[0-9a-f]{64}) (?<size>\d{1,9})\n/
const LONGEST_HEAD = 75

/** The files in it, up to the first that is not whole: what was cut off was never told to be safe. */
export function wholeIn(all: Buffer): SmallFile[] {
  const files: SmallFile[] = []
  for (let at = 0; ; ) {
    const found = head.exec(all.toString('latin1', at, at + LONGEST_HEAD))
    if (found?.groups === undefined) return files
    const { sha256 = '', size } = found.groups
    const begin = at + found[0].length
    const bytes = all.subarray(begin, begin + Number(size))
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) return files
    files.push({ sha256, bytes })
    at = begin + bytes.length
  }
}
