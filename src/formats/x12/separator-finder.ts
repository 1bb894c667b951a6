import type { Delimiters } from './delimiters.js'
import code from './separators.wasm'

/** What separators.assembly.ts exports. Places are those of bytes in the window. */
interface Separators {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): void }
  layOut(cutsAt: number, kindsAt: number, codesAt: number, recordsAt: number): void
  setDelimiters(element: number, segment: number, component: number, repetition: number): void
  separate(from: number, stop: number, first: number): number
  run(from: number, limit: number, line: number, longest: number): number
  passFiller(from: number, limit: number, line: number): void
  kindsWithin(from: number, to: number): number
  presentFrom(first: number, count: number): number
  numberCodes(count: number): void
  readonly place: { readonly value: number }
  readonly allKinds: { readonly value: number }
  readonly at: { readonly value: number }
  readonly line: { readonly value: number }
}

// As separators.assembly.ts has it.
const FILLER = 256
const WINDOW = 1024
const MOST_SEGMENTS = 8192
/** How many numbers a record has. */
export const RECORD = 4

/** A block of sixteen may reach so far beyond what is filled. */
const BEYOND = 16
const PAGE = 64 * 1024
const FIRST_CAPACITY = 128 * 1024

/** Compiled when the first file is read. */
let compiled: WebAssembly.Module | undefined

/** Those of scanners that came to their end: to make another takes longer, and reserves gigabytes of the address space. */
const idle: SeparatorFinder[] = []
/** A megabyte each. */
const MOST_IDLE = 4

/**
 * Finds separators and kinds of characters in the bytes of a window, which stand in its own memory. What it finds, and the window, are
 * seen through arrays that are replaced when the window grows.
 * @throws WebAssembly's error where there is no room for its memory, or no WebAssembly (`node --jitless`)
 */
export class SeparatorFinder {
  readonly #code: Separators
  #capacity = 0
  #codes = new Uint16Array(0)
  window = Buffer.alloc(0)
  /** By byte, 1 for what may stand between segments. */
  filler = new Uint8Array(0)
  /** Of each segment the place before its id, of its element separators, and of its terminator. */
  cuts = new Int32Array(0)
  /** Of each segment the kinds of characters in its id, in its elements, and in all of them together (character-kinds.ts). */
  kinds = new Uint8Array(0)
  /** Of each segment of a run its line, its number of elements, the number of its id (code-text.ts) and which elements say something. */
  records = new Int32Array(0)

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
    if (this.#capacity === FIRST_CAPACITY && idle.length < MOST_IDLE) idle.push(this)
  }

  /** Makes room for a window of so many bytes. What is in the window stays; what was found does not. */
  grow(needed: number): void {
    const capacity = Math.ceil(needed / PAGE) * PAGE
    const cutsAt = WINDOW + capacity + BEYOND
    // A segment has one more than its separators, of which each is a byte.
    const places = capacity + MOST_SEGMENTS
    const kindsAt = cutsAt + places * Int32Array.BYTES_PER_ELEMENT
    // Numbers of two bytes begin at an even one.
    const codesAt = kindsAt + places + (places % 2)
    const recordsAt = codesAt + places * Uint16Array.BYTES_PER_ELEMENT
    const end = recordsAt + MOST_SEGMENTS * RECORD * Int32Array.BYTES_PER_ELEMENT
    const { memory } = this.#code
    memory.grow(Math.max(0, Math.ceil((end - memory.buffer.byteLength) / PAGE)))
    this.#code.layOut(cutsAt, kindsAt, codesAt, recordsAt)
    this.#capacity = capacity
    this.window = Buffer.from(memory.buffer, WINDOW, capacity)
    this.filler = new Uint8Array(memory.buffer, FILLER, 256)
    this.cuts = new Int32Array(memory.buffer, cutsAt, places)
    this.kinds = new Uint8Array(memory.buffer, kindsAt, places)
    this.#codes = new Uint16Array(memory.buffer, codesAt, places)
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

  /** Of so many places that were found the number of the id or element there, where it is a short code (code-text.ts). */
  codesOf(placeCount: number): Uint16Array {
    this.#code.numberCodes(placeCount)
    return this.#codes
  }

  /** The kinds of the characters in these bytes, delimiters taken as what else they are. */
  kindsWithin(from: number, to: number): number {
    return this.#code.kindsWithin(from, to)
  }

  /** The elements that say something, as bits (decoded-segment.ts), of the one segment that was found. */
  presentOf(elementCount: number): number {
    return this.#code.presentFrom(0, elementCount)
  }
}
