import type { Socket } from 'node:net'
import pLimit from 'p-limit'
import type { SFTPWrapper } from 'ssh2'
import type SftpClient from 'ssh2-sftp-client'
import type { MatchbookError } from '../../errors/index.js'
import { connectionBroken } from '../broken-connection.js'
import { packRequests } from './packed-requests.js'
import type { ServerOffer } from './server-offer.js'
import { type Purpose, requestRefused } from './status.js'
import { widenWindow } from './wide-window.js'

type Answer<T> = (error?: Error | null, value?: T) => void

/** At most 16 MB of memory. */
const PARTS_IN_FLIGHT = 64

/** The server does not offer the extension that was asked for; ssh2 says so by throwing before anything is sent. */
export class NotOffered extends Error {}

/**
 * One open SFTP session. Every request made through `ask` is settled: by its answer, by the silence of the server for
 * `idleSeconds`, or by the end of the connection. After either of the latter the session is over.
 */
export class Session {
  readonly endpoint: string
  readonly #client: SftpClient
  readonly #sftp: SFTPWrapper
  readonly #socket: Socket
  readonly #waiting = new Set<(error: MatchbookError) => void>()
  readonly #silence: { readonly seconds: number; timer: NodeJS.Timeout | undefined }
  readonly #mask: (text: string) => string
  /** OpenSSH works off the requests of a session one after the other (sftp-server.c); of others we do not know. */
  readonly worksInOrder: boolean
  /** Takes parts of files to be read or written, so many at once, whatever files they are of. */
  readonly parts = pLimit(PARTS_IN_FLIGHT)
  #over: MatchbookError | undefined

  /** `mask`: takes our secrets out of what the server says. */
  constructor(
    endpoint: string,
    client: SftpClient,
    sftp: SFTPWrapper,
    socket: Socket,
    {
      idleSeconds,
      mask,
      offer,
    }: {
      readonly idleSeconds: number
      readonly mask: (text: string) => string
      readonly offer?: ServerOffer | undefined
    },
  ) {
    this.endpoint = endpoint
    this.#client = client
    this.#sftp = sftp
    this.#socket = socket
    this.#mask = mask
    this.worksInOrder = offer?.program.startsWith('OpenSSH_') ?? false
    this.#silence = { seconds: idleSeconds, timer: undefined }
    packRequests(sftp, socket)
    widenWindow(sftp)
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
  ask<T = void>(purpose: Purpose, subject: string, send: (sftp: SFTPWrapper, answer: Answer<T>) => void): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#over !== undefined) {
        reject(this.#over)
        return
      }
      this.#waiting.add(reject)
      this.#listen()
      try {
        send(this.#sftp, (error, value) => {
          if (!this.#waiting.delete(reject)) return
          this.#listen()
          if (error) error.message = this.#mask(error.message)
          if (!error) resolve(value as T)
          else if ('code' in error && typeof error.code === 'number') {
            reject(requestRefused(this.endpoint, purpose, subject, error.code, error))
          } else {
            // Without a status it is no answer: ssh2 gives up all requests when the channel ends.
            const broken = connectionBroken(this.endpoint, `no answer to ${purpose} ${subject}`, error)
            this.#end(broken)
            reject(broken)
          }
        })
      } catch (error) {
        this.#waiting.delete(reject)
        this.#listen()
        reject(new NotOffered(error instanceof Error ? error.message : String(error)))
      }
    })
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
    for (const reject of this.#waiting) reject(reason)
    this.#waiting.clear()
    if (politely === undefined) this.#socket.destroy()
  }
}
