import type { Delimiters } from './delimiters.js'
import { PLACE } from './placed-text.js'
import type { SegmentShape } from './segment-shape.js'
import code from './separators.wasm'

/** What separators.assembly.ts exports. Places are those of bytes in the window. */
interface Separators {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): void }
  layOut(placesAt: number, recordsAt: number): void
  setDelimiters(element: number, segment: number, component: number, repetition: number): void
  separate(from: number, stop: number, first: number): number
  run(from: number, limit: number, line: number, longest: number): number
  passFiller(from: number, limit: number, line: number): void
  kindsWithin(from: number, to: number): number
  noteOne(elements: number): number
  noteRun(segmentCount: number): void
  forgetShapes(): void
  readonly shapes: { readonly value: number }
  readonly place: { readonly value: number }
  readonly allKinds: { readonly value: number }
  readonly at: { readonly value: number }
  readonly line: { readonly value: number }
}

// As separators.assembly.ts has it.
const FILLER = 256
const WINDOW = 1024 + (8 << 13) + 256 * 1024
const MOST_SEGMENTS = 8192
/** How many numbers a record has, and which they are. */
export const RECORD = 5
export const LINE = 0
export const ELEMENTS = 1
export const ID = 2
/** These two are there once the segment is noted. */
export const PRESENT = 3
export const SHAPE = 4
export const NO_SHAPE = 0

/** A file that has more has none that come again and again; room for others is made behind it. */
const MANY_SHAPES = 2000

/** A block of sixteen may reach so far beyond what is filled. */
const BEYOND = 16
const PAGE = 64 * 1024
const FIRST_CAPACITY = 128 * 1024

/** Compiled when the first file is read. */
let compiled: WebAssembly.Module | undefined

/** Those of scanners that came to their end: to make another takes longer, and reserves gigabytes of the address space. */
const idle: SeparatorFinder[] = []
/** A megabyte and a half each. */
const MOST_IDLE = 4

/**
 * Finds separators and kinds of characters in the bytes of a window, which stand in its own memory. What it finds, and the window, are
 * seen through arrays that are replaced when the window grows.
 * @throws WebAssembly's error where there is no room for its memory, or no WebAssembly (`node --jitless`)
 */
export class SeparatorFinder {
  readonly #code: Separators
  #capacity = 0
  window = Buffer.alloc(0)
  /** By byte, 1 for what may stand between segments. */
  filler = new Uint8Array(0)
  /** Of each segment the places (placed-text.ts) before its id, of its element separators, and of its terminator, there with the kinds of all. */
  places = new Int32Array(0)
  /**
   * Of each segment of a run its line, its number of elements and the number of its id (code-text.ts); once it is noted, also which elements
   * say something and the number of its shape.
   */
  records = new Int32Array(0)
  /** By their numbers, as far as somebody asked for them. They stay from file to file. */
  readonly shapes: (SegmentShape | undefined)[] = [undefined]

  /** One that nobody uses. */
  static take(): SeparatorFinder {
    return idle.pop() ?? new SeparatorFinder()
  }

  private constructor() {
    compiled ??= new WebAssembly.Module(code)
    this.#code = new WebAssembly.Instance(compiled).exports as Separators
    this.grow(FIRST_CAPACITY)
  }

  /** Nobody uses it, or what it has found, from now on. */
  giveBack(): void {
    if (this.#capacity !== FIRST_CAPACITY || idle.length === MOST_IDLE) return
    if (this.#code.shapes.value > MANY_SHAPES) {
      this.#code.forgetShapes()
      this.shapes.length = 1
    }
    idle.push(this)
  }

  /** Makes room for a window of so many bytes. What is in the window stays; what was found does not. */
  grow(needed: number): void {
    const capacity = Math.ceil(needed / PAGE) * PAGE
    const placesAt = WINDOW + capacity + BEYOND
    // A segment has one more than its separators, of which each is a byte.
    const numbers = PLACE * (capacity + MOST_SEGMENTS)
    const recordsAt = placesAt + numbers * Int32Array.BYTES_PER_ELEMENT
    const end = recordsAt + MOST_SEGMENTS * RECORD * Int32Array.BYTES_PER_ELEMENT
    const { memory } = this.#code
    memory.grow(Math.max(0, Math.ceil((end - memory.buffer.byteLength) / PAGE)))
    this.#code.layOut(placesAt, recordsAt)
    this.#capacity = capacity
    this.window = Buffer.from(memory.buffer, WINDOW, capacity)
    this.filler = new Uint8Array(memory.buffer, FILLER, 256)
    this.places = new Int32Array(memory.buffer, placesAt, numbers)
    this.records = new Int32Array(memory.buffer, recordsAt, MOST_SEGMENTS * RECORD)
  }

  /** Of the interchange that is read now. */
  setDelimiters({ element, segment, component, repetition = component }: Delimiters): void {
    this.#code.setDelimiters(element, segment, component, repetition)
  }

  /**
   * Passes over filler from `from` on, then finds all plain segments that follow one another: of printable ASCII, terminated before
   * `limit`, shorter than `longest`, no ISA or IEA, no binary data and nothing that the careful way through a segment would change.
   * @returns how many; `stoppedAt` is where the first that is not plain begins
   */
  findRun(from: number, limit: number, line: number, longest: number): number {
    return this.#code.run(from, limit, line, longest)
  }

  passFiller(from: number, limit: number, line: number): void {
    this.#code.passFiller(from, limit, line)
  }

  /** Where the last run or filler ended, and on which line. */
  get stoppedAt(): number {
    return this.#code.at.value
  }

  get stoppedOnLine(): number {
    return this.#code.line.value
  }

  /** How many places the last run or segment has. */
  get placeCount(): number {
    return this.#code.place.value
  }

  /** The kinds of the last segment that was found. */
  get allKinds(): number {
    return this.#code.allKinds.value
  }

  /**
   * Finds the separators of one segment, whatever stands in it.
   * @returns where its terminator stands, or `stop`: then of its last element nothing is known
   */
  findOne(from: number, stop: number): number {
    return this.#code.separate(from, stop, 0)
  }

  /** Notes in `places` and `records` of so many segments of a run all that there is to note (element-marks.ts). */
  noteRun(segmentCount: number): void {
    this.#code.noteRun(segmentCount)
  }

  /** The same in `places` of one segment that was found by itself. @returns which of its elements say something, as bits (decoded-segment.ts) */
  noteOne(elementCount: number): number {
    return this.#code.noteOne(elementCount)
  }

  /** The kinds of the characters in these bytes, delimiters taken as what else they are. */
  kindsWithin(from: number, to: number): number {
    return this.#code.kindsWithin(from, to)
  }
}
