import { ux } from '@oclif/core'
import type { RawSegment } from '../../app/edi/raw-segments.js'
import { printable } from './printable.js'

const NAME = 36

export const rawHeading = (): string =>
  ux.colorize('bold', `${'byte'.padStart(9)}  ${'line'.padStart(6)}  ${'segment'.padEnd(NAME)}`.trimEnd())

/** One segment a line: its byte offset, its line, its plain name, and the segment, indented by its envelope. */
export function rawLine({ byteOffset, line, depth, id, name, elements, separator }: RawSegment): string {
  const place = `${String(byteOffset).padStart(9)}  ${String(line).padStart(6)}  ${name.padEnd(NAME)}`
  const dim = ux.colorize('dim', printable(separator))
  const text = [ux.colorize('bold', printable(id)), ...elements.map(printable)].join(dim)
  return `${ux.colorize('dim', place)}  ${'  '.repeat(depth)}${text}`
}
