import {
  type Delimiters,
  delimiterClash,
  HEADER_BYTES,
  isRegularHeader,
  LONGEST_HEADER,
  readHeader,
} from './delimiters.js'
import { ScanWindow } from './scan-window.js'
import { Segment } from './segment.js'

/** Something between segments that is not as it should be. The scanner goes on behind it. */
export interface ScanProblem {
  readonly kind: 'outside-interchange' | 'irregular-header' | 'delimiter-clash' | 'segment-too-long'
  readonly byteOffset: number
  readonly byteLength: number
  readonly line: number
  readonly standardCode?: string
  readonly message: string
  /** The bytes outside begin with ISA: it is cut or damaged beyond reading. */
  readonly beginsIsa?: boolean
}

/** Beyond any window index. Not Infinity: an index compared with a small integer costs half as much as with a float. */
const NOWHERE = 0x3fffffff
/** No segment of the sets we read comes near; what is longer has lost its terminator. */
const LONGEST_SEGMENT = 1024 * 1024
/** Every decision looks at most so far ahead, so that it is the same however the file was cut into chunks. */
const LOOKAHEAD = LONGEST_HEADER

const LINE_FEED = 10
const CARRIAGE_RETURN = 13
const LETTER_I = 0x49

/** From here on a byte is the first of several in UTF-8. */
const FIRST_OF_SEVERAL = 0xc0

/** Between segments: blanks, line ends, NUL and the end-of-file mark of old systems. */
const FILLER = [0x00, 0x09, LINE_FEED, CARRIAGE_RETURN, 0x1a, 0x20]
/** Between interchanges: the byte order mark too. */
const OUTER_FILLER = [...FILLER, 0xef, 0xbb, 0xbf]

/**
 * Cuts X12 bytes into segments without making objects of them. `push` a chunk, then take segments with `next` until it has none;
 * after the last chunk call `end` and take the rest. Memory stays at one chunk and one segment, whatever the file's size.
 *
 * Delimiters come from each ISA and hold to its IEA. A whole ISA met in the midst of an interchange begins the next one: what was
 * cut off before it does not take it along. What cannot be read is told to `onProblem` in file order.
 */
export class SegmentScanner {
  readonly #window = new ScanWindow()
  readonly #segment = new Segment(this.#window)
  readonly #onProblem: (problem: ScanProblem) => void

  /** Index in the window of the first byte not yet consumed, and its line. */
  #at = 0
  #line = 1
  #ended = false
  /** Up to here the window may be consumed: behind it the lookahead might not suffice. */
  #limit = 0
  /** Undefined between interchanges. */
  #delimiters: Delimiters | undefined
  readonly #filler = new Uint8Array(256)
  /** Where bytes that belong to no interchange began. */
  #stray: { byteOffset: number; line: number; beginsIsa: boolean } | undefined

  constructor(onProblem: (problem: ScanProblem) => void = () => {}) {
    this.#onProblem = onProblem
    this.#setFiller(OUTER_FILLER)
  }

  /** The delimiters of the interchange the last segment belongs to. */
  get delimiters(): Delimiters | undefined {
    return this.#delimiters
  }

  push(chunk: Uint8Array): void {
    // One byte before the position stays: a line end may be CR LF.
    const from = Math.max(0, this.#at - 1)
    this.#window.advance(from, chunk)
    this.#at -= from
    this.#limit = this.#window.filled - LOOKAHEAD
  }

  end(): void {
    this.#ended = true
    this.#limit = this.#window.filled
  }

  /** The next segment, or undefined when more bytes are needed or, after `end`, when there are none. */
  next(): Segment | undefined {
    for (;;) {
      this.#skipFiller()
      if (this.#at >= this.#limit) {
        if (this.#ended) this.#closeStray()
        return undefined
      }
      if (this.#window.bytes[this.#at] === LETTER_I && this.#openInterchange()) return this.#segment
      if (this.#delimiters === undefined) {
        this.#skipStray()
        continue
      }
      const found = this.#scanSegment(this.#delimiters)
      if (found === 'more') return undefined
      if (found === 'segment') return this.#segment
    }
  }

  /** Terminators and what may stand between segments. */
  #skipFiller(): void {
    const { bytes } = this.#window
    const filler = this.#filler
    const limit = this.#limit
    let at = this.#at
    for (; at < limit; at++) {
      const byte = bytes[at] as number
      if (filler[byte] === 0) break
      if (byte === CARRIAGE_RETURN || (byte === LINE_FEED && bytes[at - 1] !== CARRIAGE_RETURN)) this.#line++
    }
    this.#at = at
  }

  /** Consumes one byte and counts lines: a line ends at LF, CR or CR LF. */
  #step(): void {
    const { bytes } = this.#window
    const byte = bytes[this.#at]
    if (byte === CARRIAGE_RETURN || (byte === LINE_FEED && bytes[this.#at - 1] !== CARRIAGE_RETURN)) this.#line++
    this.#at++
  }

  /** Takes an ISA that begins here, if one does. */
  #openInterchange(): boolean {
    const { bytes, filled } = this.#window
    const at = this.#at
    const header = readHeader(bytes, at, filled)
    if (header === undefined) return false
    this.#closeStray()
    const place = { byteOffset: this.#window.fileOffset + at, byteLength: header.byteLength, line: this.#line }
    const clash = delimiterClash(header.delimiters)
    if (clash !== undefined) {
      this.#delimiters = undefined
      this.#setFiller(OUTER_FILLER)
      const message = `the interchange cannot be read: ${clash.message}`
      this.#onProblem({ kind: 'delimiter-clash', ...place, standardCode: clash.code, message })
      this.#consume(header.byteLength)
      return false
    }
    if (!header.regular) {
      const message =
        'the elements of the ISA do not have their fixed lengths; its delimiters were found by counting elements'
      this.#onProblem({ kind: 'irregular-header', ...place, standardCode: 'TA105:022', message })
    }
    this.#useDelimiters(header.delimiters)
    this.#placeHeader(header.byteLength)
    this.#consume(header.byteLength)
    return true
  }

  /** The ISA is cut by its own rule: its sixteenth element is the component separator itself, whatever byte that is. */
  #placeHeader(byteLength: number): void {
    const { bytes } = this.#window
    const end = this.#at + byteLength - 1
    const cuts = this.#segment.cuts
    let count = 0
    let wrapped = false
    cuts[0] = this.#at - 1
    for (let i = this.#at; i < end; i++) {
      if (bytes[i] === this.#delimiters?.element && count < 16) cuts[++count] = i
      if (bytes[i] === LINE_FEED || bytes[i] === CARRIAGE_RETURN) wrapped = true
    }
    cuts[count + 1] = end
    this.#setSegment(count, end, this.#line, wrapped, true)
  }

  #scanSegment({ element, segment: terminator, component }: Delimiters): 'segment' | 'more' | 'dropped' {
    const { bytes } = this.#window
    const { cuts } = this.#segment
    const start = this.#at
    const longest = start + LONGEST_SEGMENT
    const stop = Math.min(this.#limit, longest)
    let line = this.#line
    let count = 0
    let firstBreak = NOWHERE
    let i = start
    cuts[0] = start - 1
    // The one loop that sees every byte of a file. Comparing is a sixth faster than a table of what each byte means.
    for (; i < stop; i++) {
      const byte = bytes[i]
      if (byte === element) {
        cuts[++count] = i
      } else if (byte === terminator) {
        break
      } else if (byte === LINE_FEED || byte === CARRIAGE_RETURN) {
        if (i < firstBreak) firstBreak = i
        if (byte === CARRIAGE_RETURN || bytes[i - 1] !== CARRIAGE_RETURN) line++
      }
    }
    const terminated = i < stop
    if (i - start > HEADER_BYTES && this.#cutBeforeHeader(i, count, component)) return 'segment'
    if (i === longest) return this.#giveUp()
    if (!terminated && !this.#ended) return 'more'
    const end = this.#withoutTail(i, count, component)
    cuts[count + 1] = end
    this.#setSegment(count, end, this.#line, firstBreak < end, terminated)
    this.#line = line
    // The terminator stays, to be skipped with what follows it.
    this.#at = i
    // An empty segment carries nothing.
    if (end === start && count === 0) return 'dropped'
    if (bytes[start] === LETTER_I && this.#segment.id === 'IEA') {
      this.#consume(terminated ? 1 : 0)
      this.#leaveInterchange()
    }
    return 'segment'
  }

  /** A segment that was cut off may run on into the ISA of the next interchange: then it ends before that. */
  #cutBeforeHeader(stop: number, elementCount: number, component: number): boolean {
    const { cuts } = this.#segment
    const header = this.#headerWithin(this.#at + 1, stop)
    if (header === -1) return false
    let count = elementCount
    while ((cuts[count] as number) >= header) count--
    const end = this.#withoutTail(header, count, component)
    cuts[count + 1] = end
    this.#setSegment(count, end, this.#line, true, false)
    this.#consume(header - this.#at)
    return true
  }

  #headerWithin(from: number, to: number): number {
    const { bytes, filled } = this.#window
    const searched = bytes.subarray(from, Math.min(to + 2, filled))
    let found = searched.indexOf('ISA', 0, 'latin1')
    while (found !== -1 && !isRegularHeader(bytes, from + found, filled))
      found = searched.indexOf('ISA', found + 1, 'latin1')
    return found === -1 ? -1 : from + found
  }

  /** Without line ends and blanks before an absent terminator, and without component separators that follow the last component. */
  #withoutTail(end: number, count: number, component: number): number {
    const { bytes } = this.#window
    const first = (this.#segment.cuts[count] as number) + 1
    let last = end
    while (last > first) {
      const byte = bytes[last - 1]
      if (byte !== component && byte !== LINE_FEED && byte !== CARRIAGE_RETURN) break
      last--
    }
    return last
  }

  #setSegment(count: number, end: number, line: number, wrapped: boolean, terminated: boolean): void {
    const segment = this.#segment
    const start = (segment.cuts[0] as number) + 1
    segment.elementCount = count
    segment.byteOffset = this.#window.fileOffset + start
    segment.byteLength = end - start
    segment.line = line
    segment.wrapped = wrapped
    segment.terminated = terminated
  }

  #giveUp(): 'dropped' {
    const message = `no segment terminator in ${LONGEST_SEGMENT} bytes`
    const byteOffset = this.#window.fileOffset + this.#at
    this.#onProblem({ kind: 'segment-too-long', byteOffset, byteLength: LONGEST_SEGMENT, line: this.#line, message })
    this.#leaveInterchange()
    this.#consume(LONGEST_SEGMENT)
    return 'dropped'
  }

  #useDelimiters(delimiters: Delimiters): void {
    this.#delimiters = delimiters
    this.#setFiller(FILLER)
    if (delimiters.segment >= FIRST_OF_SEVERAL) this.#fillContinuations()
    for (const delimiter of [delimiters.element, delimiters.component]) this.#filler[delimiter] = 0
    // Terminators in a row are skipped like filler, but counted as lines where they are line ends.
    this.#filler[delimiters.segment] = 1
  }

  #leaveInterchange(): void {
    const terminator = this.#delimiters?.segment ?? 0
    this.#delimiters = undefined
    this.#setFiller(OUTER_FILLER)
    if (terminator >= FIRST_OF_SEVERAL) this.#fillContinuations()
  }

  /** A terminator beyond ASCII may be the first byte of a UTF-8 character, whose other bytes follow it. */
  #fillContinuations(): void {
    this.#filler.fill(1, 0x80, 0xc0)
  }

  #setFiller(bytes: readonly number[]): void {
    this.#filler.fill(0)
    for (const byte of bytes) this.#filler[byte] = 1
  }

  /** Passes over bytes outside any interchange, up to where the next ISA may begin. */
  #skipStray(): void {
    const { bytes, filled, fileOffset } = this.#window
    const at = this.#at
    const beginsIsa = bytes.toString('latin1', at, Math.min(at + 3, filled)) === 'ISA'
    this.#stray ??= { byteOffset: fileOffset + at, line: this.#line, beginsIsa }
    const next = bytes.indexOf(LETTER_I, this.#at + 1)
    const to = next === -1 ? this.#limit : Math.min(next, this.#limit)
    this.#consume(to - this.#at)
  }

  #closeStray(): void {
    const stray = this.#stray
    if (stray === undefined) return
    this.#stray = undefined
    const byteLength = this.#window.fileOffset + this.#at - stray.byteOffset
    this.#onProblem({
      kind: 'outside-interchange',
      ...stray,
      byteLength,
      message: `${byteLength} bytes outside any interchange`,
    })
  }

  #consume(count: number): void {
    const to = this.#at + count
    while (this.#at < to) this.#step()
  }
}
