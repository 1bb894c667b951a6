import type { Socket } from 'node:net'
import pLimit from 'p-limit'
import type { SFTPWrapper } from 'ssh2'
import type SftpClient from 'ssh2-sftp-client'
import type { MatchbookError } from '../../errors/index.js'
import { connectionBroken } from '../broken-connection.js'
import { AnswerKind, kindOf, numberOf, readStatus } from './answers.js'
import { Channel } from './channel.js'
import { Malformed, Packets } from './packets.js'
import { type Request, setNumber } from './requests.js'
import type { ServerOffer } from './server-offer.js'
import { type Purpose, requestRefused, Status, sayStatus } from './status.js'

/** A request that was sent, and who waits for its answer. */
interface Asked {
  readonly purpose: Purpose
  readonly subject: string
  readonly request: Request<unknown>
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/** At most 16 MB of memory. */
const PARTS_IN_FLIGHT = 64

/** The server does not offer the extension that was asked for. Nothing was sent. */
export class NotOffered extends Error {}

const kinds: ReadonlySet<number> = new Set(Object.values(AnswerKind))

/**
 * One open SFTP session. Every request made through `ask` is settled: by its answer, by the silence of the server for
 * `idleSeconds`, or by the end of the connection. After either of the latter the session is over.
 */
export class Session {
  readonly endpoint: string
  readonly #client: SftpClient
  readonly #channel: Channel
  readonly #socket: Socket
  /** By number. */
  readonly #waiting = new Map<number, Asked>()
  #number = 0
  readonly #silence: { readonly seconds: number; timer: NodeJS.Timeout | undefined }
  readonly #mask: (text: string) => string
  readonly #keep: () => void
  /** OpenSSH works off the requests of a session one after the other (sftp-server.c); of others we do not know. */
  readonly worksInOrder: boolean
  /** Whether two sessions may have one file open, and it is renamed meanwhile: OpenSSH, but for the one of Windows, OpenSSH_for_Windows. */
  readonly sharesFiles: boolean
  /** Milliseconds of the quickest round trip that nothing else was under way beside; 0 before the first. */
  roundTrip = 0
  #alone: { readonly number: number; readonly since: number } | undefined
  readonly #openAnother: (() => Promise<Session>) | undefined
  #beside: Promise<Session | undefined> | undefined
  /** Takes parts of files to be read or written, so many at once, whatever files they are of. */
  readonly parts = pLimit(PARTS_IN_FLIGHT)
  #over: MatchbookError | undefined

  /** `mask`: takes our secrets out of what the server says. `keep`: called when bytes that the socket hands on are wanted for longer. */
  constructor(
    endpoint: string,
    client: SftpClient,
    sftp: SFTPWrapper,
    socket: Socket,
    {
      idleSeconds,
      mask,
      keep,
      offer,
      another,
    }: {
      readonly idleSeconds: number
      readonly mask: (text: string) => string
      readonly keep: () => void
      readonly offer?: ServerOffer | undefined
      /** Opens one more session on the same connection. */
      readonly another?: () => Promise<Session>
    },
  ) {
    this.endpoint = endpoint
    this.#client = client
    this.#socket = socket
    this.#mask = mask
    this.#keep = keep
    this.#openAnother = another
    this.worksInOrder = offer?.program.startsWith('OpenSSH_') ?? false
    this.sharesFiles = /^OpenSSH_\d/.test(offer?.program ?? '')
    this.#silence = { seconds: idleSeconds, timer: undefined }
    const packets = new Packets((packet) => this.#receive(packet), {
      room: (kind, number) => (kind === AnswerKind.data ? this.#waiting.get(number)?.request.into : undefined),
      filled: (number, bytes) => {
        const asked = this.#waiting.get(number)
        this.#settled(number)
        asked?.resolve(bytes)
      },
    })
    this.#channel = new Channel(sftp, socket, (bytes) => this.#read(packets, bytes))
    const broken = () => this.#end(connectionBroken(endpoint, 'the server ended the connection'))
    client.on('error', (error: Error) => this.#end(connectionBroken(endpoint, mask(error.message), error)))
    sftp.on('close', broken)
    sftp.on('end', broken)
    socket.on('close', broken)
    if (socket.destroyed) broken()
  }

  get isOpen(): boolean {
    return this.#over === undefined
  }

  /**
   * One request and its answer.
   * @throws what `requestRefused` makes of the status; TRANSFER-FAILED when the connection is gone; NotOffered
   */
  ask<T>(purpose: Purpose, subject: string, request: Request<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#over !== undefined) {
        reject(this.#over)
        return
      }
      const { extension } = request
      if (extension !== undefined && this.#channel.extensions[extension.name] !== extension.version) {
        reject(new NotOffered(extension.name))
        return
      }
      this.#number = (this.#number + 1) >>> 0
      setNumber(request, this.#number)
      if (this.#waiting.size === 0) this.#alone = { number: this.#number, since: performance.now() }
      this.#waiting.set(this.#number, { purpose, subject, request, resolve: resolve as Asked['resolve'], reject })
      this.#listen()
      this.#channel.send(request.bytes, request.data)
    })
  }

  /**
   * A second session on the same connection, opened once and kept until the connection ends; undefined where the server allows only one.
   */
  beside(): Promise<Session | undefined> {
    this.#beside ??= this.#openAnother?.().catch(() => undefined) ?? Promise.resolve(undefined)
    return this.#beside
  }
  /** Whether a second one was ever asked for. */
  get hasBeside(): boolean {
    return this.#beside !== undefined
  }

  /** Bytes that one request may read, and write. */
  get mostRead(): number {
    return this.#channel.mostRead
  }
  get mostWritten(): number {
    return this.#channel.mostWritten
  }

  /**
   * Requests of which each builds on the one before. Where the server works off what it is asked in that order, none waits for the answer
   * to another; all are made, whichever fails.
   * @throws what the first that fails fails with
   */
  async inTurn(requests: readonly (() => Promise<unknown>)[]): Promise<void> {
    const answers: Promise<unknown>[] = []
    for (const request of requests) {
      const answer = request()
      answers.push(answer)
      if (!this.worksInOrder) await Promise.allSettled([answer])
    }
    for (const answer of await Promise.allSettled(answers)) if (answer.status === 'rejected') throw answer.reason
  }

  /** Says goodbye where there is someone to hear it; never hangs. */
  async close(): Promise<void> {
    const wasOpen = this.isOpen
    this.#end(connectionBroken(this.endpoint, 'the connection was closed'), 'politely')
    if (wasOpen) {
      const goodbye = this.#client.end().catch(() => {})
      let timer: NodeJS.Timeout | undefined
      await Promise.race([goodbye, new Promise((resolve) => (timer = setTimeout(resolve, 2000)))])
      clearTimeout(timer)
    }
    this.#socket.destroy()
  }

  #read(packets: Packets, bytes: Buffer): void {
    if (this.#over !== undefined) return
    try {
      packets.add(bytes)
    } catch (error) {
      if (!(error instanceof Malformed)) throw error
      this.#end(connectionBroken(this.endpoint, `the server sent ${error.message}`, error))
    }
  }

  /** @throws Malformed */
  #receive(packet: Buffer): void {
    const [kind, number] = [kindOf(packet), numberOf(packet)]
    if (!kinds.has(kind)) throw new Malformed(`a message of kind ${kind}`)
    const asked = this.#waiting.get(number)
    // Nobody asked, or the session is over.
    if (asked === undefined) return
    const { request, purpose, subject, resolve, reject } = asked
    if (kind === AnswerKind.status) {
      const { code, message } = readStatus(packet)
      if (code === Status.ok && request.answer !== kind)
        throw new Malformed(`no more than yes where it was to ${purpose} ${subject}`)
      this.#settled(number)
      if (code === Status.ok) resolve(undefined)
      else if (code === Status.endOfFile && request.atEnd !== undefined) resolve(request.atEnd)
      else {
        const said = new Error(this.#mask(message === '' ? sayStatus(code) : message))
        reject(requestRefused(this.endpoint, purpose, subject, code, said))
      }
      return
    }
    if (kind !== request.answer) throw new Malformed(`a message of kind ${kind} where ${request.answer} was due`)
    // The bytes of a file are handed on where they lie, if nobody gave them room; of all else what it says is taken out of it.
    if (kind === AnswerKind.data && request.into === undefined) this.#keep()
    const value = request.read(packet)
    this.#settled(number)
    resolve(value)
  }

  #settled(number: number): void {
    if (this.#alone?.number === number) {
      const took = performance.now() - this.#alone.since
      this.roundTrip = this.roundTrip === 0 ? took : Math.min(this.roundTrip, took)
      this.#alone = undefined
    }
    this.#waiting.delete(number)
    this.#listen()
  }

  /** Watches for an answer while one is due: the clock starts anew with every request and every answer. */
  #listen(): void {
    const silence = this.#silence
    if (this.#waiting.size === 0) {
      clearTimeout(silence.timer)
      silence.timer = undefined
    } else if (silence.timer !== undefined) {
      silence.timer.refresh()
    } else {
      silence.timer = setTimeout(() => {
        this.#end(connectionBroken(this.endpoint, `the server gave no answer for ${silence.seconds} seconds`))
      }, silence.seconds * 1000)
    }
  }

  #end(reason: MatchbookError, politely?: 'politely'): void {
    if (this.#over !== undefined) return
    this.#over = reason
    clearTimeout(this.#silence.timer)
    for (const { reject } of this.#waiting.values()) reject(reason)
    this.#waiting.clear()
    if (politely === undefined) this.#socket.destroy()
  }
}
