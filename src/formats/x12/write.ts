import { MatchbookError } from '../../errors/index.js'

/** One interchange with its control numbers decided by the caller. The text is written as UTF-8. */
export interface InterchangeToWrite {
  /** ISA05 and ISA06; the id is padded to 15. */
  readonly sender: { readonly qualifier: string; readonly id: string }
  /** ISA07 and ISA08. */
  readonly receiver: { readonly qualifier: string; readonly id: string }
  /** ISA15. */
  readonly usage: 'P' | 'T'
  /** GS08, for example 004010; ISA12 is its first five digits. */
  readonly version: string
  /** yyyy-MM-dd */
  readonly date: string
  /** HHmm */
  readonly time: string
  /** ISA13 and IEA02. */
  readonly control: number
  /** One ASCII character each; by default `*`, `>`, `~`. `newline` follows each segment terminator, by default nothing. */
  readonly delimiters?: {
    readonly element?: string
    readonly component?: string
    readonly segment?: string
    readonly newline?: string
  }
  /** TA1 and the like, between the ISA and the first group; each is [id, element 01, element 02, ...]. */
  readonly services?: readonly (readonly string[])[]
  readonly groups: readonly GroupToWrite[]
}

export interface GroupToWrite {
  /** GS01: IN for 810, PO for 850, PR for 855. */
  readonly functionalId: string
  readonly sender: string
  readonly receiver: string
  readonly control: number
  readonly transactions: readonly TransactionToWrite[]
}

export interface TransactionToWrite {
  readonly set: string
  /** ST02 and SE02. */
  readonly control: string
  /** ST03, from version 004020 on: the guide the set follows. */
  readonly implementation?: string
  /** Without ST and SE; each is [id, element 01, element 02, ...]. */
  readonly segments: readonly (readonly ElementToWrite[])[]
}

/** A composite element is the list of its components. */
export type ElementToWrite = string | readonly string[]

/** From this version on ISA11 is the repetition separator; before it is the standards identifier U. */
const FIRST_VERSION_WITH_REPETITION = '00402'

/**
 * Bytes of an interchange: ISA, GS, ST ... SE, GE, IEA with counts and control numbers that agree.
 * Empty elements at a segment's end are left out, as the standard asks.
 * @throws MatchbookError X12-WRITE when a value holds a delimiter or control character, or does not fit its envelope element
 */
export function writeInterchange(interchange: InterchangeToWrite): Buffer {
  const { sender, receiver, delimiters = {} } = interchange
  const { element = '*', component = '>', segment: terminator = '~', newline = '' } = delimiters
  const repetition = interchange.version.slice(0, 5) >= FIRST_VERSION_WITH_REPETITION ? '^' : 'U'
  const reserved = [element, component, terminator, ...(repetition === 'U' ? [] : [repetition])]
  refuseDelimiters(reserved, newline)

  const date = interchange.date.replaceAll('-', '')
  const lines: string[] = []
  const write = (segment: readonly ElementToWrite[], allowed = '') =>
    lines.push(segmentText(segment, element, component, reserved, allowed))

  const control = exactly(digits(interchange.control, 9), 9, 'ISA13')
  const isa = ['ISA', '00', ' '.repeat(10), '00', ' '.repeat(10)]
  isa.push(exactly(sender.qualifier, 2, 'ISA05'), padded(sender.id, 'ISA06'))
  isa.push(exactly(receiver.qualifier, 2, 'ISA07'), padded(receiver.id, 'ISA08'))
  isa.push(exactly(date.slice(2), 6, 'ISA09'), exactly(interchange.time, 4, 'ISA10'), repetition)
  isa.push(exactly(interchange.version.slice(0, 5), 5, 'ISA12'), control, '0', interchange.usage, component)
  write(isa, repetition + component)

  for (const service of interchange.services ?? []) write(service)
  for (const group of interchange.groups) {
    const { functionalId, transactions } = group
    const groupControl = String(group.control)
    const { time, version } = interchange
    write(['GS', functionalId, group.sender, group.receiver, date, time, groupControl, 'X', version])
    for (const { set, control, implementation = '', segments } of transactions) {
      write(['ST', set, control, implementation])
      for (const segment of segments) write(segment)
      write(['SE', String(segments.length + 2), control])
    }
    write(['GE', String(transactions.length), groupControl])
  }
  write(['IEA', String(interchange.groups.length), control])
  return Buffer.from(lines.map((line) => line + terminator + newline).join(''), 'utf8')
}

function segmentText(
  segment: readonly ElementToWrite[],
  separator: string,
  component: string,
  reserved: readonly string[],
  allowed: string,
): string {
  const [id = '', ...elements] = segment
  if (typeof id !== 'string' || !/^[A-Z][A-Z0-9]{1,2}$/.test(id)) refuse(`"${id}" is not a segment id`)
  const texts = elements.map((element, index) => {
    const parts = typeof element === 'string' ? [element] : element
    for (const value of parts) {
      if (value.length === 1 && allowed.includes(value)) continue
      const place = id + String(index + 1).padStart(2, '0')
      const found = reserved.find((delimiter) => value.includes(delimiter))
      if (found !== undefined) refuse(`${place} holds the delimiter "${found}": "${value}"`)
      if (/\p{Cc}|\p{Cs}/u.test(value)) refuse(`${place} holds a control character: ${JSON.stringify(value)}`)
    }
    return parts.slice(0, parts.findLastIndex((part) => part !== '') + 1).join(component)
  })
  return [id, ...texts.slice(0, texts.findLastIndex((value) => value !== '') + 1)].join(separator)
}

function refuseDelimiters(reserved: readonly string[], newline: string): void {
  const odd = reserved.find(
    (delimiter) => delimiter.length !== 1 || delimiter > '\x7f' || /[A-Za-z0-9 ]/.test(delimiter),
  )
  if (odd !== undefined) refuse(`a delimiter must be one ASCII character, neither letter, digit nor space: "${odd}"`)
  if (new Set(reserved).size < reserved.length) refuse(`the delimiters must differ: ${JSON.stringify(reserved)}`)
  if (!/^[\r\n]*$/.test(newline))
    refuse(`only CR and LF may follow a segment terminator, not ${JSON.stringify(newline)}`)
}

const digits = (value: number, width: number): string => String(value).padStart(width, '0')

function padded(id: string, place: string): string {
  return exactly(id.padEnd(15), 15, place)
}

function exactly(value: string, width: number, place: string): string {
  // Positions in the ISA are bytes.
  if (Buffer.byteLength(value) !== width) refuse(`${place} must have ${width} characters: "${value}"`)
  return value
}

function refuse(message: string): never {
  throw new MatchbookError('X12-WRITE', `X12 cannot be written: ${message}`)
}
