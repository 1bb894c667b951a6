/** A name with a number in it, as text around the number. */
export interface NumberedName {
  readonly before: string
  readonly after: string
  /** Digits it is written with, leading zeros counted. */
  readonly width: number
}

export const numberedName = ({ before, after, width }: NumberedName, number: number): string =>
  before + String(number).padStart(width, '0') + after

/** A numbered file's place in its stream. */
export interface StreamPlace extends NumberedName {
  /** Streams of one folder are told apart by the group `stream` of the pattern; '' without one. */
  readonly stream: string
  readonly number: number
}

/**
 * What a pattern of file names counts by: its group `number`, or else its first group, is the number. The pattern must fit the whole
 * path below the folder, for example PO_(\d+).edi or (?<stream>[A-Z]+)_(?<number>\d+).edi.
 * @returns undefined for a name that the pattern does not fit: such a file waits for nothing
 */
export function streamPlace(pattern: string, name: string): StreamPlace | undefined {
  const match = new RegExp(`^(?:${pattern})$`, 'du').exec(name)
  if (match === null) return undefined
  const digits = match.groups?.number ?? match[1]
  const span = match.indices?.groups?.number ?? match.indices?.[1]
  // Beyond 15 digits a number is not exact.
  if (digits === undefined || span === undefined || !/^\d{1,15}$/.test(digits)) return undefined
  return {
    stream: match.groups?.stream ?? '',
    number: Number(digits),
    before: name.slice(0, span[0]),
    after: name.slice(span[1]),
    width: digits.length,
  }
}

/** Numbers between where a stream stands and a file of it; undefined when the file is the next one, or came before. */
export function gapBefore(
  at: number | undefined,
  { number }: StreamPlace,
): { first: number; last: number } | undefined {
  return at === undefined || number <= at + 1 ? undefined : { first: at + 1, last: number - 1 }
}

/**
 * Where the stream stands once `taken` is. A number that came late does not take it back; but 9999 is followed by 0 or 1 written
 * with as many digits.
 */
export function standsAt(at: number | undefined, taken: StreamPlace): number {
  if (at === undefined || startsAnew(at, taken)) return taken.number
  return Math.max(at, taken.number)
}

const startsAnew = (at: number, { number, width }: StreamPlace): boolean =>
  number <= 1 && /^9+$/.test(String(at)) && String(at).length === width
