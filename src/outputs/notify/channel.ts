import type { Message } from './notice-words.js'

/** A way to reach people. `to`: e-mail addresses; other channels go to one place. */
export interface Channel {
  /** @throws NotSent, also when only some of the addresses were taken */
  send(message: Message, to: readonly string[]): Promise<void>
  /** Asks the other side whether it would take a message, without one. @throws NotSent */
  check(): Promise<void>
  close(): void
}

/** Why a message did not go. Never a secret, nor what the message says. */
export class NotSent extends Error {
  override readonly name = 'NotSent'

  constructor(
    message: string,
    /** message: this one was refused, others may go. channel: none would. */
    readonly concerns: 'message' | 'channel',
    /** Refused for good: a further try would be refused again. */
    readonly forGood: boolean,
    /** Addresses that have it all the same. */
    readonly reached: readonly string[] = [],
  ) {
    super(message)
  }
}
