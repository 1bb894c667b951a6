import type { Worker } from 'node:worker_threads'

/** Threads at a time: one writes faster than most lines bring bytes. */
const MOST = 2
/** Bytes that go to a thread at once, so that a file grows by many whole pages at a time: as much as four requests to a server bring. */
const PART = 4 * 255 * 1024
/** Each goes to and fro: half of them are filled from the line, as far as a transfer asks ahead, while the others are written. */
const PARTS = 8
/** Bytes after which the thread tells how far it has come. */
export const TOLD_EVERY = 16 * 1024 * 1024

/**
 * The program of the thread: it hashes what the file holds already, then writes and hashes each part and gives its memory back. It is a
 * text because a thread needs a file or a text to start from, and the bundle has no such file.
 */
const program = `
const { createHash } = require('node:crypto')
const { readSync, writeSync } = require('node:fs')
const { parentPort, workerData: { file, size, toldEvery } } = require('node:worker_threads')
const hash = createHash('sha256')
const buffer = Buffer.allocUnsafeSlow(256 * 1024)
for (let at = 0; at < size; ) {
  const length = readSync(file, buffer, 0, Math.min(buffer.length, size - at), at)
  if (length === 0) throw new Error('the file is shorter than what was written to it')
  hash.update(buffer.subarray(0, length))
  at += length
}
let written = size
let told = size
parentPort.on('message', ({ part, length }) => {
  if (part === undefined) {
    parentPort.postMessage({ sha256: hash.copy().digest('hex') })
    return
  }
  const bytes = new Uint8Array(part, 0, length)
  for (let at = 0; at < length; ) at += writeSync(file, bytes, at, length - at)
  hash.update(bytes)
  written += length
  const passed = written - told < toldEvery ? undefined : { size: written, sha256: hash.copy().digest('hex') }
  if (passed !== undefined) told = written
  parentPort.postMessage({ part, passed }, [part])
})
`

/** One who waits for the thread. */
interface Waiting<T> {
  readonly resolve: (value: T) => void
  readonly reject: (error: unknown) => void
}

/** Memory that was given out, and not sent to the thread. */
interface Part {
  readonly memory: Buffer
  /** Bytes given out, and those of them that are filled. */
  given: number
  filled: number
}

/** What the thread says: a part is written; or the hash that was asked for. */
type Said =
  | { readonly part: ArrayBuffer; readonly passed?: { readonly size: number; readonly sha256: string } }
  | { readonly part?: undefined; readonly sha256: string }

let running = 0

/**
 * Writes what comes to the end of a file and works out the SHA-256 of all it holds, on a thread of its own: a third of what a large file costs the
 * thread that takes it from the line. Until it is ended the process does not end.
 */
export class FileThread {
  readonly #thread: Worker
  readonly #free = Array.from({ length: PARTS }, () => new ArrayBuffer(PART))
  /** In the order of the file; what is given out next is of the last. */
  readonly #parts: Part[] = []
  #failed: { readonly error: unknown } | undefined
  #waiting: Waiting<void> | undefined
  #asking: Waiting<string> | undefined

  private constructor(thread: Worker, passed: (size: number, sha256: string) => void) {
    this.#thread = thread
    thread.on('message', (said: Said) => {
      if (said.part === undefined) this.#asking?.resolve(said.sha256)
      else {
        this.#free.push(said.part)
        this.#waiting?.resolve()
        if (said.passed !== undefined) passed(said.passed.size, said.passed.sha256)
      }
    })
    thread.on('error', (error) => {
      this.#failed = { error }
      this.#waiting?.reject(error)
      this.#asking?.reject(error)
    })
    thread.once('exit', () => {
      running -= 1
    })
  }

  /**
   * Nobody else writes to the file from now on.
   * @param file its descriptor, open to be read and written at its end
   * @param size bytes it holds
   * @param passed is told now and then how many bytes are written, and their SHA-256, hex
   * @returns undefined where enough threads run already
   */
  static async begin(
    file: number,
    size: number,
    passed: (size: number, sha256: string) => void,
  ): Promise<FileThread | undefined> {
    if (running >= MOST) return undefined
    running += 1
    const { Worker } = await import('node:worker_threads')
    const workerData = { file, size, toldEvery: TOLD_EVERY }
    return new FileThread(new Worker(program, { eval: true, workerData }), passed)
  }

  /**
   * Memory for the next bytes of the file, at most `PART`; waits until some is free. One call at a time.
   * @throws what writing failed with, now or before
   */
  async room(length: number): Promise<Buffer> {
    const last = this.#parts.at(-1)
    if (last !== undefined && last.given + length <= PART) return give(last, length)
    const part = { memory: await this.#freePart(), given: 0, filled: 0 }
    // What is left of the last one stays empty.
    if (last !== undefined && last.filled === last.given) this.#sendFirst(last)
    this.#parts.push(part)
    return give(part, length)
  }

  /** The next so many bytes of the room that was given are there. */
  filled(length: number): void {
    const first = this.#parts[0]
    if (first === undefined) throw new Error('more was filled than was given')
    first.filled += length
    if (first.filled === first.given && (this.#parts.length > 1 || first.given === PART)) this.#sendFirst(first)
  }

  /** Takes the bytes; returns when there is room for more. One call at a time. @throws as room */
  async write(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      const left = PART - (this.#parts.at(-1)?.given ?? 0)
      const room = await this.room(Math.min(left, bytes.length - at))
      bytes.copy(room, 0, at)
      at += room.length
      this.filled(room.length)
    }
  }

  /** Of all that was filled, which is written when this returns. One call at a time. @returns hex. @throws as room */
  async sha256(): Promise<string> {
    const first = this.#parts[0]
    if (first !== undefined) this.#sendFirst(first)
    if (this.#failed !== undefined) throw this.#failed.error
    return new Promise((resolve, reject) => {
      this.#asking = { resolve, reject }
      this.#thread.postMessage({})
    })
  }

  /** The file is not touched any more when this returns. */
  async end(): Promise<void> {
    await this.#thread.terminate()
  }

  #sendFirst({ memory, filled }: Part): void {
    this.#parts.shift()
    this.#thread.postMessage({ part: memory.buffer, length: filled }, [memory.buffer as ArrayBuffer])
  }

  async #freePart(): Promise<Buffer> {
    for (;;) {
      if (this.#failed !== undefined) throw this.#failed.error
      const part = this.#free.shift()
      if (part !== undefined) return Buffer.from(part)
      await new Promise<void>((resolve, reject) => {
        this.#waiting = { resolve, reject }
      })
    }
  }
}

function give(part: Part, length: number): Buffer {
  part.given += length
  return part.memory.subarray(part.given - length, part.given)
}
