/** How the last record of a file that is whole begins. */
export interface TrailerMark {
  /** The first field; without a delimiter, how the record begins. */
  readonly marker: string
  readonly delimiter?: string
}

/**
 * Whether the last line is a trailer record; after it only white space, NUL and Ctrl-Z. Marker and delimiter are ASCII in every contract
 * there is, so the encoding does not matter. Whether what the trailer counts is there, the contract says when the file is read.
 */
export function endsWithTrailer(ending: Buffer, { marker, delimiter }: TrailerMark): boolean {
  const lines = ending
    .toString('latin1')
    .replaceAll('\0', ' ')
    .replaceAll('\x1a', ' ')
    .trimEnd()
    .split(/\r\n?|\n/)
  const last = lines.at(-1) ?? ''
  if (delimiter === undefined) return last.startsWith(marker)
  const [first = ''] = last.split(delimiter)
  return first.trim().replaceAll('"', '') === marker
}
