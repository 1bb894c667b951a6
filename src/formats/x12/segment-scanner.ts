import { type Delimiters, delimiterClash, isRegularHeader, LONGEST_HEADER, readHeader } from './delimiters.js'
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
}

/** No segment of the sets we read comes near; what is longer has lost its terminator. */
const LONGEST_SEGMENT = 1024 * 1024
/** Every decision looks at most so far ahead, so that it is the same however the file was cut into chunks. */
const LOOKAHEAD = LONGEST_HEADER

const ISA_ELEMENTS = 16

const LINE_FEED = 10
const CARRIAGE_RETURN = 13
const LETTER_I = 0x49

// What a byte is to the scan of one interchange.
const DATA = 0
const ELEMENT = 1
const TERMINATOR = 2
const LINE_END = 3

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
  /** Undefined between interchanges. */
  #delimiters: Delimiters | undefined
  readonly #kindOf = new Uint8Array(256)
  readonly #filler = new Uint8Array(256)
  /** Window index of the next whole ISA, or Infinity; looked for up to `#searched`. */
  #nextHeader = Number.POSITIVE_INFINITY
  #searched = 0
  /** Window indexes of delimiters and line ends from `#at` up to `#markedTo`: found in one go, then handed out by segment. */
  #marks = new Int32Array(0)
  #markCount = 0
  #mark = 0
  #markedTo = 0
  /** Where bytes that belong to no interchange began. */
  #stray: { byteOffset: number; line: number } | undefined

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
    this.#searched -= from
    this.#nextHeader -= from
    this.#markedTo = 0
    this.#findHeader()
  }

  end(): void {
    this.#ended = true
    this.#markedTo = 0
    this.#findHeader()
  }

  /** The next segment, or undefined when more bytes are needed or, after `end`, when there are none. */
  next(): Segment | undefined {
    for (;;) {
      this.#skipFiller()
      if (this.#at >= this.#limit) {
        if (this.#ended) this.#closeStray()
        return undefined
      }
      const opened = this.#openInterchange()
      if (opened !== undefined) return opened
      if (this.#delimiters === undefined) {
        this.#skipStray()
        continue
      }
      const found = this.#scanSegment()
      if (found === 'more') return undefined
      if (found === 'segment') return this.#segment
    }
  }

  /** Up to here the window may be consumed: behind it the lookahead might not suffice. */
  get #limit(): number {
    return this.#ended ? this.#window.filled : this.#window.filled - LOOKAHEAD
  }

  #findHeader(): void {
    const { bytes, filled } = this.#window
    if (this.#nextHeader >= this.#at && this.#nextHeader !== Number.POSITIVE_INFINITY) return
    const limit = this.#limit
    let from = Math.max(this.#searched, this.#at)
    this.#nextHeader = Number.POSITIVE_INFINITY
    while (from < limit) {
      const found = bytes.indexOf('ISA', from, 'latin1')
      if (found === -1 || found >= limit) break
      if (isRegularHeader(bytes, found, filled)) {
        this.#nextHeader = found
        this.#searched = found
        return
      }
      from = found + 1
    }
    this.#searched = Math.max(this.#searched, limit)
  }

  #skipFiller(): void {
    const { bytes } = this.#window
    const limit = this.#limit
    while (this.#at < limit && this.#filler[bytes[this.#at] as number] === 1) this.#step()
  }

  /** Consumes one byte and counts lines: a line ends at LF, CR or CR LF. */
  #step(): void {
    const { bytes } = this.#window
    const byte = bytes[this.#at]
    if (byte === CARRIAGE_RETURN || (byte === LINE_FEED && bytes[this.#at - 1] !== CARRIAGE_RETURN)) this.#line++
    this.#at++
  }

  /** Takes an ISA that begins here, if one does. */
  #openInterchange(): Segment | undefined {
    const { bytes, filled } = this.#window
    const at = this.#at
    if (bytes[at] !== LETTER_I) return undefined
    const header = readHeader(bytes, at, filled)
    if (header === undefined) return undefined
    this.#closeStray()
    const place = { byteOffset: this.#window.fileOffset + at, byteLength: header.byteLength, line: this.#line }
    const clash = delimiterClash(header.delimiters)
    if (clash !== undefined) {
      this.#delimiters = undefined
      this.#setFiller(OUTER_FILLER)
      const message = `the interchange cannot be read: ${clash.message}`
      this.#onProblem({ kind: 'delimiter-clash', ...place, standardCode: clash.code, message })
      this.#consume(header.byteLength)
      return undefined
    }
    if (!header.regular) {
      const message =
        'the elements of the ISA do not have their fixed lengths; its delimiters were found by counting elements'
      this.#onProblem({ kind: 'irregular-header', ...place, standardCode: 'TA105:022', message })
    }
    this.#useDelimiters(header.delimiters)
    this.#placeHeader(header.byteLength)
    this.#consume(header.byteLength)
    return this.#segment
  }

  /** The ISA is cut by its own rule: its sixteenth element is the component separator itself, whatever byte that is. */
  #placeHeader(byteLength: number): void {
    const { bytes } = this.#window
    const end = this.#at + byteLength - 1
    const marks = new Int32Array(ISA_ELEMENTS)
    let count = 0
    let wrapped = false
    for (let i = this.#at; i < end; i++) {
      if (bytes[i] === this.#delimiters?.element && count < ISA_ELEMENTS) marks[count++] = i
      if (this.#kindOf[bytes[i] as number] === LINE_END) wrapped = true
    }
    this.#segment.marks = marks
    this.#placeSegment(0, count, end, wrapped, true)
  }

  #scanSegment(): 'segment' | 'more' | 'dropped' {
    if (this.#at >= this.#markedTo) this.#markDelimiters()
    const { bytes } = this.#window
    const marks = this.#marks
    const markCount = this.#markCount
    const element = this.#delimiters?.element
    const start = this.#at
    let line = this.#line
    let firstBreak = Number.POSITIVE_INFINITY
    let breaks = 0
    let mark = this.#mark
    while (mark < markCount && (marks[mark] as number) < start) mark++
    const firstMark = mark
    for (; mark < markCount; mark++) {
      const position = marks[mark] as number
      const byte = bytes[position] as number
      if (byte === element) {
        // Line ends within the segment are no cuts: the marks behind them move up.
        marks[mark - breaks] = position
      } else if (this.#kindOf[byte] === TERMINATOR) {
        break
      } else {
        breaks++
        if (position < firstBreak) firstBreak = position
        if (byte === CARRIAGE_RETURN || bytes[position - 1] !== CARRIAGE_RETURN) line++
      }
    }
    const terminated = mark < markCount
    const stop = terminated ? (marks[mark] as number) : this.#markedTo
    if (stop - start >= LONGEST_SEGMENT) return this.#giveUp()
    if (!terminated && stop !== this.#nextHeader && !this.#ended) return 'more'
    const count = mark - firstMark - breaks
    const end = this.#withoutTail(count === 0 ? start : (marks[firstMark + count - 1] as number) + 1, stop)
    this.#segment.marks = marks
    this.#placeSegment(firstMark, count, end, firstBreak < end, terminated)
    this.#mark = mark + 1
    this.#line = line
    this.#at = stop
    if (terminated) this.#step()
    if (bytes[start] === LETTER_I && this.#segment.id === 'IEA') this.#leaveInterchange()
    return 'segment'
  }

  #markDelimiters(): void {
    const { bytes } = this.#window
    const kindOf = this.#kindOf
    const from = this.#at
    const to = this.#nextHeader > from ? Math.min(this.#limit, this.#nextHeader) : this.#limit
    if (this.#marks.length < to - from) this.#marks = new Int32Array(2 * (to - from))
    const marks = this.#marks
    let count = 0
    for (let i = from; i < to; i++) if (kindOf[bytes[i] as number] !== DATA) marks[count++] = i
    this.#markCount = count
    this.#mark = 0
    this.#markedTo = to
  }

  /** Where the last element ends: line ends before an absent terminator and component separators behind the last component go. */
  #withoutTail(from: number, to: number): number {
    const { bytes } = this.#window
    const component = this.#delimiters?.component
    let end = to
    while (end > from && (bytes[end - 1] === component || this.#kindOf[bytes[end - 1] as number] === LINE_END)) end--
    return end
  }

  #placeSegment(firstMark: number, elementCount: number, end: number, wrapped: boolean, terminated: boolean): void {
    const segment = this.#segment
    segment.firstMark = firstMark
    segment.elementCount = elementCount
    segment.start = this.#at
    segment.end = end
    segment.wrapped = wrapped
    segment.terminated = terminated
    segment.byteOffset = this.#window.fileOffset + this.#at
    segment.byteLength = end - this.#at
    segment.line = this.#line
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
    this.#markedTo = 0
    this.#kindOf.fill(DATA)
    this.#kindOf[LINE_FEED] = LINE_END
    this.#kindOf[CARRIAGE_RETURN] = LINE_END
    this.#kindOf[delimiters.element] = ELEMENT
    this.#kindOf[delimiters.segment] = TERMINATOR
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
    const { bytes, fileOffset } = this.#window
    this.#stray ??= { byteOffset: fileOffset + this.#at, line: this.#line }
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
    if (this.#nextHeader < this.#at) this.#findHeader()
  }
}
