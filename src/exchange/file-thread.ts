import type { Worker } from 'node:worker_threads'

/** Threads at a time: one writes faster than most lines bring bytes. */
const MOST = 2
/** Bytes that go to a thread at once, so that a file grows by many whole pages at a time. */
const PART = 1024 * 1024
/** Each goes to and fro: one is filled while others are written. */
const PARTS = 4

/**
 * What a thread does: hashes what the file holds, then writes each part, hashes it while it is at hand, and gives it back. A text, since a thread
 * begins with a program of its own, and there is none in the bundle.
 */
const program = `
const { createHash } = require('node:crypto')
const { readSync, writeSync } = require('node:fs')
const { parentPort, workerData: { file, size } } = require('node:worker_threads')
const hash = createHash('sha256')
const buffer = Buffer.allocUnsafeSlow(256 * 1024)
for (let at = 0; at < size; ) {
  const length = readSync(file, buffer, 0, Math.min(buffer.length, size - at), at)
  if (length === 0) throw new Error('the file is shorter than what was written to it')
  hash.update(buffer.subarray(0, length))
  at += length
}
parentPort.on('message', ({ part, length }) => {
  if (part === undefined) {
    parentPort.postMessage({ sha256: hash.copy().digest('hex') })
    return
  }
  const bytes = new Uint8Array(part, 0, length)
  for (let at = 0; at < length; ) at += writeSync(file, bytes, at, length - at)
  hash.update(bytes)
  parentPort.postMessage({ part }, [part])
})
`

/** One who waits for the thread. */
interface Waiting<T> {
  readonly resolve: (value: T) => void
  readonly reject: (error: unknown) => void
}

let running = 0

/**
 * Writes what comes to the end of a file and works out the SHA-256 of all it holds, on a thread of its own: a third of what a large file costs the
 * thread that takes it from the line. Until it is ended the process does not end.
 */
export class FileThread {
  readonly #thread: Worker
  readonly #free = Array.from({ length: PARTS }, () => new ArrayBuffer(PART))
  /** The part that is filled, how far, and how far it will be. */
  #part: Buffer | undefined
  #filled = 0
  #room: number
  #failed: { readonly error: unknown } | undefined
  #waiting: Waiting<void> | undefined
  #asking: Waiting<string> | undefined

  private constructor(thread: Worker, size: number) {
    this.#thread = thread
    this.#room = PART - (size % PART)
    thread.on('message', ({ part, sha256 }: { part?: ArrayBuffer; sha256?: string }) => {
      if (part !== undefined) {
        this.#free.push(part)
        this.#waiting?.resolve()
      }
      if (sha256 !== undefined) this.#asking?.resolve(sha256)
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
   * @returns undefined where enough threads run already
   */
  static async begin(file: number, size: number): Promise<FileThread | undefined> {
    if (running >= MOST) return undefined
    running += 1
    const { Worker } = await import('node:worker_threads')
    return new FileThread(new Worker(program, { eval: true, workerData: { file, size } }), size)
  }

  /** Takes the bytes; returns when there is room for more. One call at a time. @throws what writing failed with, now or before */
  async write(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      this.#part ??= await this.#freePart()
      const some = Math.min(this.#room - this.#filled, bytes.length - at)
      bytes.copy(this.#part, this.#filled, at, at + some)
      at += some
      this.#filled += some
      if (this.#filled === this.#room) this.#send(this.#part)
    }
  }

  /** Of all that was taken, which is written when this returns. One call at a time. @returns hex. @throws as write */
  async sha256(): Promise<string> {
    if (this.#part !== undefined) this.#send(this.#part)
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

  #send({ buffer }: Buffer): void {
    this.#thread.postMessage({ part: buffer, length: this.#filled }, [buffer as ArrayBuffer])
    this.#part = undefined
    this.#filled = 0
    this.#room = PART
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
