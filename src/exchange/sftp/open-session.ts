import type { Client, NegotiatedAlgorithms, SFTPWrapper } from 'ssh2'
import SftpClient from 'ssh2-sftp-client'
import { MatchbookError, reasonOf } from '../../errors/index.js'
import { noOldAlgorithms, nothingInCommon, offered } from './algorithms.js'
import { connectTo } from './connect-to.js'
import type { SftpConnection } from './connection.js'
import { pinHostKey } from './host-key.js'
import { type HowFar, toldByHowFar } from './how-far.js'
import { loginSettings } from './login.js'
import { readOffer } from './server-offer.js'
import { Session } from './session.js'
import { withoutSecrets } from './without-secrets.js'

/**
 * Connects and logs in, once. A client whose connect failed cannot be used again, so each try makes its own.
 * @throws HOST-KEY-UNKNOWN, HOST-KEY-MISMATCH, ALGORITHMS-REFUSED, LOGIN-REFUSED, CONNECT-FAILED
 */
export async function openSession(
  endpoint: string,
  settings: SftpConnection,
  agreed: (algorithms: NegotiatedAlgorithms) => void = () => {},
): Promise<Session> {
  const pin = await pinHostKey(endpoint, settings)
  const login = loginSettings(endpoint, settings)
  const { host, port, connectSeconds } = settings
  const mask = withoutSecrets(settings)

  // A socket of our own: it can be ended whatever state the client is in.
  const { socket, keep } = connectTo(host, port)
  const client = new SftpClient(endpoint, { error() {}, end() {}, close() {} })
  const seen: HowFar & { refusal?: MatchbookError; trouble?: Error; late?: boolean } = {}
  client.on('error', (error: Error) => (seen.trouble ??= error))
  client.on('handshake', (algorithms: NegotiatedAlgorithms) => {
    seen.shookHands = true
    agreed(algorithms)
  })
  client.on('ready', () => {
    seen.loggedIn = true
  })
  client.on('keyboard-interactive', answerWithPassword(settings))
  const deadline = setTimeout(() => {
    seen.late = true
    socket.destroy()
  }, connectSeconds * 1000)

  let theirOffer: ReturnType<typeof readOffer> = () => undefined
  try {
    const connecting = client.connect({
      ...login,
      sock: socket,
      algorithms: offered(settings.oldAlgorithms ?? noOldAlgorithms, pin.algorithms),
      // Synchronous: ssh2 takes what an asynchronous one returns, a promise, for a yes.
      hostVerifier: (key: Buffer) => {
        const refusal = pin.refuse(key)
        if (refusal !== undefined) seen.refusal = refusal
        return refusal === undefined
      },
      readyTimeout: connectSeconds * 1000,
      keepaliveInterval: 15_000,
      keepaliveCountMax: 3,
    })
    theirOffer = readOffer(socket)
    const sftp = await connecting
    const { idleSeconds } = settings
    const common = { idleSeconds, mask, keep, offer: theirOffer() }
    const another = async () => new Session(endpoint, client, await oneMore(client), socket, common)
    return new Session(endpoint, client, sftp, socket, { ...common, another })
  } catch (error) {
    socket.destroy()
    if (seen.refusal !== undefined) throw seen.refusal
    const cause = seen.trouble ?? (error instanceof Error ? error : new Error(String(error)))
    cause.message = mask(reasonOf(cause))
    const where = `${endpoint}: ${login.username}@${host}:${port}`
    const facts = { endpoint, host, port }
    const apart = nothingInCommon(cause, theirOffer())
    if (apart !== undefined) {
      const { message, hint, missing } = apart
      throw new MatchbookError('ALGORITHMS-REFUSED', `${where}: ${message}`, {
        hint,
        facts: { ...facts, missing },
        cause,
      })
    }
    const { says, hint, isRefusal, isTurnedAway } = seen.late
      ? { says: `no connection within ${connectSeconds} seconds` }
      : toldByHowFar(cause.message, seen)
    const told = { ...facts, ...(isTurnedAway && { turnedAway: true }) }
    const options = { facts: told, cause, ...(hint && { hint }) }
    if (isRefusal || isRefusedLogin(cause, seen.shookHands ?? false)) {
      throw new MatchbookError('LOGIN-REFUSED', `${where} ${seen.loggedIn ? says : `was refused: ${says}`}`, options)
    }
    throw new MatchbookError('CONNECT-FAILED', `${where}: ${says}`, options)
  } finally {
    clearTimeout(deadline)
  }
}

/** One more SFTP session over the connection, of the ssh2 client that ssh2-sftp-client wraps: not in its types. */
function oneMore(client: SftpClient): Promise<SFTPWrapper> {
  const { client: wrapped } = client as unknown as { readonly client: Client }
  return new Promise((resolve, reject) => {
    wrapped.sftp((error, sftp) => (error === undefined ? resolve(sftp) : reject(error)))
  })
}

/** ssh2 gives errors a level; a disconnect that the server itself sent has its reason as a number (RFC 4253, 11.1). */
function isRefusedLogin(error: Error, shookHands: boolean): boolean {
  if ('level' in error && (error.level === 'client-authentication' || error.level === 'agent')) return true
  return shookHands && 'code' in error && typeof error.code === 'number'
}

/** Answers what a server asks without echo; a question with echo is none for a password. */
function answerWithPassword({ login }: SftpConnection) {
  return (
    _name: string,
    _instructions: string,
    _language: string,
    prompts: readonly { readonly echo?: boolean }[],
    finish: (answers: string[]) => void,
  ): void => finish(prompts.map(({ echo }) => ('password' in login && echo !== true ? login.password : '')))
}
