import { MatchbookError } from '../../errors/index.js'
import { connectionBroken } from '../broken-connection.js'
import type { Examined } from '../examined.js'
import { oldAmong } from './algorithms.js'
import type { SftpConnection } from './connection.js'
import { pinHostKey } from './host-key.js'
import { loginSettings } from './login.js'
import { openSession } from './open-session.js'
import { space } from './requests.js'
import { NotOffered, type Session } from './session.js'
import { createSftpEndpoint } from './sftp-endpoint.js'

/**
 * A server to be looked at; it connects when its endpoint is told to, with one try.
 * @throws HOST-KEY-UNKNOWN when no key is pinned for the server; LOGIN-REFUSED when our own key cannot be used. Both without asking it.
 */
export async function examineSftp(name: string, settings: SftpConnection): Promise<Examined> {
  const { host, port, hostKey } = settings
  loginSettings(name, settings)
  const { pins } = await pinHostKey(name, settings)
  const unpinned = pins === 0 && 'knownHosts' in hostKey ? hostKey.knownHosts : undefined
  let old: readonly string[] = []
  let session: Session | undefined
  const endpoint = createSftpEndpoint(name, { ...settings, tries: 1 }, async (to, once) => {
    session = await openSession(to, once, (agreed) => {
      old = oldAmong(agreed).map(({ kind, name: algorithm }) => `${kind} ${algorithm}`)
    })
    return session
  })
  return {
    endpoint,
    ...(unpinned === undefined ? {} : { unpinned: `${host}:${port} is not in ${unpinned}` }),
    oldAlgorithms: () => old,
    async freeBytes(folder) {
      if (session === undefined) throw connectionBroken(name, 'not connected')
      try {
        const { blockSize, free } = await session.ask('look at', folder, space(folder))
        return blockSize * free
      } catch (error) {
        const unknown = error instanceof NotOffered || (error instanceof MatchbookError && endpointAnswered(error))
        if (unknown) return undefined
        throw error
      }
    },
  }
}

/** It said no, or that it does not know the request: then it does not tell; a connection that broke is another matter. */
const endpointAnswered = (error: MatchbookError): boolean => error.code !== 'TRANSFER-FAILED'
