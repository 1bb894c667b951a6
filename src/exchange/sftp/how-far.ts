/** How far a connection had come when it failed. */
export interface HowFar {
  shookHands?: boolean
  loggedIn?: boolean
}

interface Told {
  readonly says: string
  readonly hint?: string
  /** An answer of the server, which another try gets again. */
  readonly isRefusal?: boolean
  /** It did not even say who it is: too many may be at its door. */
  readonly isTurnedAway?: boolean
}

const later = 'work is queued and the next run takes it up'

/** What a failed connection is told as: the words of the libraries name their own functions, and how far it had come says more. */
export function toldByHowFar(words: string, { shookHands, loggedIn }: HowFar): Told {
  const ended = /Unexpected (end|close) event|before handshake/.test(words)
  if (loggedIn) {
    const how = ended ? 'the server ended the connection' : words.replace(/^sftp: /, '')
    return {
      isRefusal: /exit code|subsystem/.test(words),
      says: `was let in, but no SFTP began: ${how}`,
      hint: `The key or password is right. Ask the partner whether the password has to be changed, the account may use SFTP, and its home folder is in order; ${later}`,
    }
  }
  if (shookHands && ended) {
    return {
      says: 'the server ended the connection while we logged in',
      hint: `Ask the partner whether the account is locked or has expired; ${later}`,
    }
  }
  if (!shookHands && (ended || words.includes('ECONNRESET'))) {
    return {
      isTurnedAway: true,
      says: `the server ended the connection before it showed its key${ended ? '' : ` (${words})`}`,
      hint: `Ask the partner whether the server limits connections (MaxStartups) or blocks this address, and check that it is the port of SFTP; ${later}`,
    }
  }
  return { says: words }
}
