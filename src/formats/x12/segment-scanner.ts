import { isAscii } from 'node:buffer'
import { type BinaryHeader, binaryHeader, isBoundary } from './binary-segment.js'
import { CARRIAGE_RETURN, LINE_FEED } from './character-codes.js'
import { SPACE, STOP, UNPRINTABLE } from './character-kinds.js'
import { codeNumber, NO_CODE } from './code-text.js'
import { DecodedSegment } from './decoded-segment.js'
import {
  type Delimiters,
  delimiterClash,
  HEADER_BYTES,
  type Header,
  isRegularHeader,
  LONGEST_HEADER,
  readHeader,
} from './delimiters.js'
import { fillerBetween, fillerWithin } from './filler.js'
import type { HeaderFault } from './header-fault.js'
import { PLACE } from './placed-text.js'
import { type Remark, remarkIn } from './remark.js'
import { foreignEncoding, likenessOf, type ScanProblem, type Stray, strayProblem } from './scan-problem.js'
import { ScanWindow } from './scan-window.js'
import { Segment } from './segment.js'
import { ELEMENTS, ID, LINE, NO_SHAPE, PRESENT, RECORD, SHAPE } from './separator-finder.js'

export type { ScanProblem } from './scan-problem.js'

/** No segment of the sets we read comes near; what is longer has lost its terminator. */
const LONGEST_SEGMENT = 1024 * 1024
/** Data of a declared length up to here is passed over where it is too long to be kept; a length beyond is not believed. */
const LONGEST_BINARY = 64 * LONGEST_SEGMENT
/** Every decision looks at most so far ahead, so that it is the same however the file was cut into chunks. */
const LOOKAHEAD = LONGEST_HEADER

/** So many tell what a file that is no X12 may be. */
const FIRST_BYTES = 8

const LETTER_B = 0x42
const LETTER_E = 0x45
const LETTER_I = 0x49

/** What a try at the next segment came to: one was found, more bytes are needed, or something was passed over. */
type Found = 'segment' | 'more' | 'dropped'

/**
 * Cuts X12 bytes into segments without making objects of them. `push` a chunk, then take segments with `next` until it has none;
 * after the last chunk call `end` and take the rest. Memory stays at one chunk and one segment, whatever the file's size.
 *
 * Delimiters come from each ISA and hold to its IEA. A whole ISA met in the midst of an interchange begins the next one: what was
 * cut off before it does not take it along. What cannot be read is told to `onProblem` in file order.
 */
export class SegmentScanner {
  readonly #window = new ScanWindow()
  readonly #segment = new Segment()
  readonly #onProblem: (problem: ScanProblem) => void

  /** Index in the window of the first byte not yet consumed, and its line. */
  #at = 0
  #line = 1
  #ended = false
  /** Up to here the window may be consumed: behind it the lookahead might not suffice. */
  #limit = 0
  /** Bytes to have before it is worth looking again: a long segment in small chunks is not searched anew for each of them. */
  #awaited = 0
  /** Nothing of what is in the window was handed out yet. */
  #isNew = true
  /** Undefined between interchanges. */
  #delimiters: Delimiters | undefined
  /** How many segments of a run were found and how many of them handed out, and the first place of the next. */
  #found = 0
  #handed = 0
  #place = 0
  /** Where bytes that belong to no interchange began. */
  #stray: Stray | undefined
  /** Data too long to be kept, of which `left` bytes are still to come. */
  #passing: { readonly byteOffset: number; readonly line: number; left: number } | undefined

  constructor(onProblem: (problem: ScanProblem) => void = () => {}) {
    this.#onProblem = onProblem
    this.#window.finder.filler.set(fillerBetween())
  }

  /** The delimiters of the interchange the last segment belongs to. */
  get delimiters(): Delimiters | undefined {
    return this.#delimiters
  }

  push(chunk: Uint8Array): void {
    this.#forgetRun()
    // One byte before the position stays: a line end may be CR LF.
    this.#at -= this.#window.append(chunk, Math.max(0, this.#at - 1))
    this.#limit = this.#window.filled - LOOKAHEAD
    this.#isNew = true
  }

  end(): void {
    this.#forgetRun()
    this.#ended = true
    this.#limit = this.#window.filled
    this.#awaited = 0
  }

  /** The next segment, or undefined when more bytes are needed or, after `end`, when there are none. */
  next(): Segment | undefined {
    return this.#handed < this.#found ? this.#handOut() : this.#findNext()
  }

  /** Up to here the file was pushed. */
  get reached(): number {
    return this.#window.fileOffset + this.#window.filled
  }

  /**
   * Appends the plain segments that come next, of shapes that were met before, up to the first that may not stand in a transaction set: the same
   * as `next` and `decodeSegment` of each.
   */
  takeInner(into: DecodedSegment[]): void {
    if (this.#handed === this.#found) return
    const { placed } = this.#segment
    const { records, shapes } = this.#window.finder
    for (; this.#handed < this.#found; this.#handed++) {
      const record = RECORD * this.#handed
      const shape = shapes[records[record + SHAPE] as number]
      if (shape === undefined || !shape.isInner) return
      into.push(new DecodedSegment(placed, this.#place, shape, records[record + LINE] as number))
      this.#place += PLACE * (shape.elementCount + 2)
    }
  }

  #findNext(): Segment | undefined {
    for (;;) {
      if (this.#limit - this.#at < this.#awaited) return undefined
      this.#awaited = 0
      if (this.#passing !== undefined && !this.#passOver()) return undefined
      if (this.#findRun()) return this.#handOut()
      if (this.#at >= this.#limit) {
        if (this.#ended) this.#close()
        return undefined
      }
      const found = this.#find(this.#window.bytes[this.#at])
      if (found === 'segment') return this.#segment
      if (found === 'more') return undefined
    }
  }

  /**
   * Finds the plain segments that begin at the position, to be handed out one by one: most of a file. What they are not is left to the
   * careful way, segment by segment. Passes over terminators and what may stand between segments.
   */
  #findRun(): boolean {
    const { finder } = this.#window
    this.#found = 0
    if (this.#delimiters === undefined) finder.passFiller(this.#at, this.#limit, this.#line)
    else this.#found = finder.findRun(this.#at, this.#limit, this.#line, LONGEST_SEGMENT)
    this.#at = finder.stoppedAt
    this.#line = finder.stoppedOnLine
    this.#handed = 0
    this.#place = 0
    if (this.#found === 0) return false
    const segment = this.#segment
    this.#lend(finder.placeCount, this.#found)
    segment.plain = true
    segment.clean = true
    segment.binary = 0
    segment.remark = undefined
    segment.terminated = true
    return true
  }

  /** The next segment of a run. */
  #handOut(): Segment {
    const segment = this.#segment
    const { records } = this.#window.finder
    const record = RECORD * this.#handed++
    const elementCount = records[record + ELEMENTS] as number
    segment.record = record
    segment.first = this.#place
    segment.line = records[record + LINE] as number
    segment.elementCount = elementCount
    segment.idNumber = records[record + ID] as number
    this.#place += PLACE * (elementCount + 2)
    return segment
  }

  /** What was found and not handed out is to be found again. */
  #forgetRun(): void {
    if (this.#handed < this.#found) {
      this.#at = (this.#segment.places[this.#place] as number) + 1
      this.#line = this.#window.finder.records[RECORD * this.#handed + LINE] as number
    }
    this.#found = 0
    this.#handed = 0
  }

  #find(first: number | undefined): Found {
    if (first === LETTER_I) {
      const header = readHeader(this.#window.bytes, this.#at, this.#window.filled)
      if (header !== undefined) return this.#openInterchange(header)
    }
    if (this.#delimiters === undefined) return this.#skipStray()
    if (first === LETTER_B) {
      const binary = binaryHeader(this.#window.bytes, this.#at, this.#window.filled, this.#delimiters)
      if (binary !== undefined) return this.#scanBinary(binary, this.#delimiters)
    }
    return this.#scanText(this.#delimiters)
  }

  /** Consumes bytes and counts lines: a line ends at LF, CR or CR LF. */
  #consume(count: number): void {
    const { bytes } = this.#window
    const to = this.#at + count
    for (let at = this.#at; at < to; at++) {
      const byte = bytes[at] as number
      if (byte === CARRIAGE_RETURN || (byte === LINE_FEED && bytes[at - 1] !== CARRIAGE_RETURN)) this.#line++
    }
    this.#at = to
  }

  #openInterchange(header: Header): Found {
    this.#closeStray()
    const clash = delimiterClash(header)
    if (clash !== undefined) {
      this.#leaveInterchange()
      const message = `the interchange cannot be read: ${clash.message}`
      this.#tell('delimiter-clash', header.byteLength, message, clash.code)
      this.#consume(header.byteLength)
      return 'dropped'
    }
    if (header.fault !== undefined) this.#tellFault(header.fault, header.byteLength)
    this.#delimiters = header.delimiters
    this.#window.finder.setDelimiters(header.delimiters)
    this.#window.finder.filler.set(fillerWithin(header.delimiters))
    this.#placeHeader(header.byteLength)
    this.#consume(header.byteLength)
    return 'segment'
  }

  /** The ISA is cut by its own rule: its sixteenth element is the component separator itself, whatever byte that is. */
  #placeHeader(byteLength: number): void {
    const { bytes } = this.#window
    const end = this.#at + byteLength - 1
    const { places } = this.#window.finder
    let count = 0
    let wrapped = false
    places[0] = this.#at - 1
    for (let i = this.#at; i < end; i++) {
      if (bytes[i] === this.#delimiters?.element && count < 16) places[PLACE * ++count] = i
      if (bytes[i] === LINE_FEED || bytes[i] === CARRIAGE_RETURN) wrapped = true
    }
    this.#setSegment(count, end, wrapped, true)
    this.#noteKinds()
    this.#lookAtElements()
  }

  #scanText({ component }: Delimiters): Found {
    const start = this.#at
    const longest = start + LONGEST_SEGMENT
    const stop = Math.min(this.#limit, longest)
    const { finder } = this.#window
    const at = finder.findOne(start, stop)
    const terminated = at < stop
    const count = finder.placeCount - (terminated ? 1 : 0)
    const allKinds = terminated ? finder.allKinds : finder.kindsWithin(start, at)
    const cut = at - start > HEADER_BYTES ? this.#cutBeforeHeader(at, count, component) : undefined
    if (cut !== undefined) return cut
    if (!terminated) {
      if (at === longest) return this.#giveUp()
      if (!this.#ended) return this.#await(at)
    }
    const end = this.#withoutTail(at, count, component)
    const remark = terminated && (allKinds & STOP) !== 0 ? this.#passRemark(count, end) : undefined
    const wrapped = (allKinds & STOP) !== 0 && this.#firstBreak(this.#at, at) < end
    this.#setSegment(count, end, wrapped, terminated)
    const segment = this.#segment
    segment.remark = remark
    if (!terminated || end !== at || remark !== undefined) this.#noteKinds()
    if (!terminated || end !== at || (allKinds & UNPRINTABLE) !== 0) this.#lookAtElements()
    else this.#note(allKinds)
    segment.clean = (segment.allKinds & UNPRINTABLE) === 0
    // The terminator stays, to be skipped with what follows it.
    const { bytes } = this.#window
    const first = this.#at
    if ((allKinds & STOP) === 0) this.#at = at
    else this.#consume(at - first)
    // An empty segment carries nothing.
    if (end === start && count === 0) return 'dropped'
    if (bytes[first] === LETTER_I && (bytes[first + 1] === LETTER_E || wrapped) && segment.id === 'IEA') {
      this.#consume(terminated ? 1 : 0)
      this.#leaveInterchange()
    }
    return 'segment'
  }

  /** What stands on a line of its own before the segment that begins behind it. */
  #passRemark(count: number, end: number): Remark | undefined {
    const { text, finder } = this.#window
    const { places } = finder
    const remark = remarkIn(text.substring(this.#at, count === 0 ? end : places[PLACE]))
    if (remark === undefined) return undefined
    this.#consume(remark.length)
    places[0] = this.#at - 1
    return remark
  }

  #firstBreak(from: number, to: number): number {
    const { bytes } = this.#window
    let at = from
    while (at < to && bytes[at] !== LINE_FEED && bytes[at] !== CARRIAGE_RETURN) at++
    return at
  }

  /** The kinds of characters in each element, for a segment that does not end where the finder saw it end. */
  #noteKinds(): void {
    const { finder } = this.#window
    const { places } = finder
    for (let at = 0; at <= PLACE * this.#segment.elementCount; at += PLACE) {
      places[at + 1] = finder.kindsWithin((places[at] as number) + 1, places[at + PLACE] as number)
    }
  }

  /** Element by element, for a segment that is not plain: a blank beyond ASCII, or a tabulator, says nothing either. */
  #lookAtElements(): void {
    const segment = this.#segment
    const { places } = segment
    const { bytes, text } = this.#window
    let allKinds = 0
    for (let n = 0; n <= segment.elementCount; n++) {
      const at = PLACE * n
      const kinds = (places[at + 1] as number) & ~STOP
      allKinds |= kinds
      const mayBeBlank = (kinds & UNPRINTABLE) !== 0
      const isBlank = mayBeBlank && text.substring((places[at] as number) + 1, places[at + PLACE]).trim() === ''
      places[at + 1] = isBlank ? SPACE : kinds
    }
    this.#note(allKinds)
    segment.plain &&= (allKinds & UNPRINTABLE) === 0 || isAscii(bytes.subarray(this.#at, this.#at + segment.byteLength))
  }

  /** The kinds of each element being there: the rest that there is to know of a segment by itself. */
  #note(allKinds: number): void {
    const { elementCount } = this.#segment
    const { finder } = this.#window
    finder.places[PLACE * (elementCount + 1) + 1] = allKinds
    finder.records[PRESENT] = finder.noteOne(elementCount)
    finder.records[SHAPE] = NO_SHAPE
  }

  /** Data reaches as far as is declared, whatever bytes it holds, if its segment ends there; else to where the next one begins. */
  #scanBinary({ separators, length }: BinaryHeader, delimiters: Delimiters): Found {
    const { bytes, filled } = this.#window
    const { places, filler } = this.#window.finder
    places[0] = this.#at - 1
    for (let i = 0; i < separators.length; i++) places[PLACE * (i + 1)] = separators[i] as number
    const dataAt = (separators.at(-1) as number) + 1
    const end = dataAt + length
    if (length > LONGEST_SEGMENT && length <= LONGEST_BINARY) return this.#beginPassing(end)
    if (length <= LONGEST_SEGMENT) {
      if (end >= filled && !this.#ended) {
        this.#awaited = end + 1 - this.#at
        return 'more'
      }
      if (end === filled || (end < filled && bytes[end] === delimiters.segment)) {
        return this.#takeBinary(separators.length, end)
      }
    }
    const stop = Math.min(this.#limit, this.#at + LONGEST_SEGMENT)
    let boundary = dataAt
    while (boundary < stop && !isBoundary(bytes, boundary, filled, delimiters, filler)) boundary++
    const cut = this.#cutBeforeHeader(boundary, separators.length, delimiters.component)
    if (cut !== undefined) return cut
    if (boundary >= stop) {
      if (stop < this.#limit) return this.#giveUp()
      if (!this.#ended) return this.#await(stop)
    } else {
      const declared = Number.isNaN(length) ? 'no number is' : `${length} are`
      const message = `${boundary - dataAt} bytes of data stand before the next segment, but ${declared} declared`
      this.#tell('binary-length', boundary - this.#at, message)
    }
    return this.#takeBinary(separators.length, boundary)
  }

  #takeBinary(count: number, end: number): Found {
    this.#setSegment(count, end, false, end < this.#window.filled)
    this.#noteKinds()
    this.#lookAtElements()
    this.#segment.plain = true
    this.#segment.binary = count
    this.#consume(end - this.#at)
    return 'segment'
  }

  #beginPassing(end: number): Found {
    this.#passing = { byteOffset: this.#window.fileOffset + this.#at, line: this.#line, left: end - this.#at }
    return 'dropped'
  }

  /** False while there is more of it to come. */
  #passOver(): boolean {
    const passing = this.#passing
    if (passing === undefined) return true
    const count = Math.min(passing.left, Math.max(0, this.#limit - this.#at))
    this.#consume(count)
    passing.left -= count
    // Behind it the terminator is looked at.
    if (!this.#ended && (passing.left > 0 || this.#at >= this.#limit)) return false
    this.#passing = undefined
    const { byteOffset, line } = passing
    const byteLength = this.#window.fileOffset + this.#at - byteOffset
    const isWrong = this.#at < this.#limit && this.#window.bytes[this.#at] !== this.#delimiters?.segment
    const message = `a segment of ${byteLength} bytes is not kept${isWrong ? ', and its declared length is wrong' : ''}`
    this.#onProblem({ kind: 'segment-too-long', byteOffset, byteLength, line, message })
    if (isWrong) this.#leaveInterchange()
    return true
  }

  /** A segment that was cut off may run on into the ISA of the next interchange: then it ends before that. */
  #cutBeforeHeader(stop: number, elementCount: number, component: number): Found | undefined {
    const { places } = this.#window.finder
    const header = this.#headerWithin(this.#at + 1, stop)
    if (header === -1) return undefined
    let count = elementCount
    while ((places[PLACE * count] as number) >= header) count--
    const end = this.#withoutTail(header, count, component)
    this.#setSegment(count, end, true, false)
    this.#noteKinds()
    this.#lookAtElements()
    this.#consume(header - this.#at)
    return count === 0 && this.#segment.byteLength === 0 ? 'dropped' : 'segment'
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
    const { bytes, finder } = this.#window
    const from = (finder.places[PLACE * count] as number) + 1
    let last = end
    while (last > from) {
      const byte = bytes[last - 1]
      if (byte !== component && byte !== LINE_FEED && byte !== CARRIAGE_RETURN) break
      last--
    }
    return last
  }

  /** The segment at the position, its separators in place. */
  #setSegment(count: number, end: number, wrapped: boolean, terminated: boolean): void {
    const segment = this.#segment
    this.#window.finder.places[PLACE * (count + 1)] = end
    this.#lend(count + 2, 0)
    segment.first = 0
    segment.elementCount = count
    segment.record = 0
    segment.line = this.#line
    segment.plain = !wrapped
    segment.clean = false
    segment.idNumber = wrapped
      ? NO_CODE
      : codeNumber(segment.windowText, this.#at, this.#window.finder.places[PLACE] as number)
    segment.binary = 0
    segment.remark = undefined
    segment.terminated = terminated
  }

  /** What the finder found, as long as it finds nothing else. */
  #lend(placeCount: number, segmentCount: number): void {
    const segment = this.#segment
    segment.places = this.#window.finder.places
    segment.placeCount = placeCount
    segment.finder = this.#window.finder
    segment.segmentCount = segmentCount
    segment.isLent = true
    if (this.#isNew) segment.windowText = this.#window.text
    segment.windowOffset = this.#window.fileOffset
    this.#isNew = false
  }

  /** Twice of what was searched in vain. */
  #await(searched: number): 'more' {
    this.#awaited = Math.min(2 * (searched - this.#at), LONGEST_SEGMENT)
    return 'more'
  }

  #giveUp(): 'dropped' {
    this.#tell('segment-too-long', LONGEST_SEGMENT, `no segment terminator in ${LONGEST_SEGMENT} bytes`)
    this.#leaveInterchange()
    this.#consume(LONGEST_SEGMENT)
    return 'dropped'
  }

  /** Of what begins at the position. */
  #tell(kind: ScanProblem['kind'], byteLength: number, message: string, standardCode?: string): void {
    const place = { byteOffset: this.#window.fileOffset + this.#at, byteLength, line: this.#line }
    this.#onProblem({ kind, ...place, ...(standardCode === undefined ? {} : { standardCode }), message })
  }

  #tellFault({ element, ...fault }: HeaderFault, byteLength: number): void {
    const place = { byteOffset: this.#window.fileOffset + this.#at, byteLength, line: this.#line }
    this.#onProblem({ kind: 'irregular-header', ...place, ...fault, segment: 'ISA', ...(element && { element }) })
  }

  #leaveInterchange(): void {
    this.#window.finder.filler.set(fillerBetween(this.#delimiters?.segment))
    this.#delimiters = undefined
  }

  /** Passes over bytes outside any interchange, up to where the next ISA may begin. */
  #skipStray(): 'dropped' {
    const { bytes, filled, fileOffset } = this.#window
    const at = this.#at
    const encoding = foreignEncoding(bytes, at, filled)
    if (this.#stray === undefined) {
      const first = bytes.toString('latin1', at, Math.min(at + FIRST_BYTES, filled))
      const likeness = likenessOf(first)
      const kind = { beginsIsa: first.startsWith('ISA'), ...(likeness && { likeness }), ...(encoding && { encoding }) }
      this.#stray = { byteOffset: fileOffset + at, line: this.#line, ...kind }
    } else if (encoding === 'UTF-16') {
      // Behind a byte order mark.
      this.#stray = { ...this.#stray, encoding }
    }
    const next = bytes.indexOf(LETTER_I, this.#at + 1)
    const to = next === -1 ? this.#limit : Math.min(next, this.#limit)
    this.#consume(to - this.#at)
    return 'dropped'
  }

  /** All was read. */
  #close(): void {
    this.#closeStray()
    this.#window.close()
  }

  #closeStray(): void {
    if (this.#stray !== undefined) this.#onProblem(strayProblem(this.#stray, this.#window.fileOffset + this.#at))
    this.#stray = undefined
  }
}
