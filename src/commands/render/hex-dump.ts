import type { FaultBytes } from '../../app/quarantine/quarantine-bytes.js'

const WIDTH = 16

/** A longer fault would drown in its marks. */
const MARKED = 64

/** Sixteen bytes a row: offset, hex, text; below each row that holds faulty bytes, carets under them unless they are too many. */
export function hexDump({ from, hex, text, faultAt, faultLength }: FaultBytes): string[] {
  const rows: string[] = []
  for (let at = 0; at < text.length; at += WIDTH) {
    const piece = text.slice(at, at + WIDTH)
    const pairs = Array.from(piece, (_, n) => hex.slice((at + n) * 2, (at + n) * 2 + 2))
    const offset = (from + at).toString().padStart(10)
    const bytes = pairs.join(' ').padEnd(WIDTH * 3 - 1)
    rows.push(`${offset}  ${bytes}  ${Array.from(piece, visible).join('')}`)
    if (faultLength > MARKED) continue
    const marks = Array.from(piece, (_, n) => isFaulty(from + at + n, faultAt, faultLength))
    if (marks.includes(true)) {
      const carets = marks.map((marked) => (marked ? '^^' : '  ')).join(' ')
      rows.push(
        `${' '.repeat(12)}${carets.padEnd(WIDTH * 3 - 1)}  ${marks.map((marked) => (marked ? '^' : ' ')).join('')}`.trimEnd(),
      )
    }
  }
  return rows
}

const isFaulty = (byte: number, at: number, length: number): boolean => byte >= at && byte < at + Math.max(1, length)

const visible = (character: string): string => (character >= ' ' && character <= '~' ? character : '·')
