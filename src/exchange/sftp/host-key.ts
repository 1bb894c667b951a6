import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { ServerHostKeyAlgorithm } from 'ssh2'
import { MatchbookError } from '../../errors/index.js'
import { noOldAlgorithms } from './algorithms.js'
import type { SftpConnection } from './connection.js'
import { knownHostsName, knownKeys } from './known-hosts.js'

export interface HostKeyPin {
  /** Algorithms to offer, those of the pinned keys first: a server with several keys then shows one that we know. */
  readonly algorithms: ServerHostKeyAlgorithm[]
  /** How many keys are pinned for the server. */
  readonly pins: number
  /** Why the key a server shows is not accepted; undefined when it is. */
  refuse(key: Buffer): MatchbookError | undefined
}

/** SHA256:... as ssh-keygen -l prints it. */
export const fingerprintOf = (key: Buffer): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`

/** @throws HOST-KEY-UNKNOWN when the known_hosts file cannot be read */
export async function pinHostKey(endpoint: string, settings: SftpConnection): Promise<HostKeyPin> {
  const { host, port, hostKey, oldAlgorithms = noOldAlgorithms } = settings
  const algorithms = [...modernAlgorithms, ...oldAlgorithms['host-keys']]
  const refusal = (code: 'HOST-KEY-MISMATCH' | 'HOST-KEY-UNKNOWN', message: string, facts: Record<string, string>) =>
    new MatchbookError(code, `${endpoint}: ${message}`, { facts: { endpoint, host, port, ...facts } })

  if ('fingerprint' in hostKey) {
    const pinned = hostKey.fingerprint.replace(/=+$/, '')
    return {
      algorithms,
      pins: 1,
      refuse(key) {
        const shown = fingerprintOf(key)
        if (shown === pinned) return undefined
        const what = `${host}:${port} shows the ${typeOf(key)} key ${shown}, pinned is ${pinned}`
        return refusal('HOST-KEY-MISMATCH', what, { shown, pinned })
      },
    }
  }

  const file = hostKey.knownHosts
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw refusal('HOST-KEY-UNKNOWN', `the known_hosts file ${file} cannot be read: ${error.message}`, { file })
  })
  const known = knownKeys(text, host, port)
  const pinned = known.filter(({ revoked }) => !revoked)
  return {
    pins: pinned.length,
    algorithms: preferring(
      pinned.map(({ type }) => type),
      algorithms,
    ),
    refuse(key) {
      const shown = fingerprintOf(key)
      const facts = { shown, file }
      const server = `${host}:${port}`
      if (known.some((entry) => entry.revoked && entry.key.equals(key))) {
        return refusal('HOST-KEY-MISMATCH', `${server} shows the key ${shown}, which ${file} marks @revoked`, facts)
      }
      if (pinned.some((entry) => entry.key.equals(key))) return undefined
      if (pinned.length > 0) {
        const wanted = pinned.map((entry) => fingerprintOf(entry.key)).join(' or ')
        const what = `${server} shows the ${typeOf(key)} key ${shown}, ${file} has ${wanted}`
        return refusal('HOST-KEY-MISMATCH', what, { ...facts, pinned: wanted })
      }
      const line = `${knownHostsName(host, port)} ${typeOf(key)} ${key.toString('base64')}`
      const what = `${server} is not in ${file}. It shows the key ${shown}; the line to add would be: ${line}`
      return refusal('HOST-KEY-UNKNOWN', what, { ...facts, line })
    },
  }
}

/** The type stands at the beginning of the key itself (RFC 4253, 6.6). */
const typeOf = (key: Buffer): string => key.subarray(4, 4 + key.readUInt32BE(0)).toString('latin1')

const modernAlgorithms: ServerHostKeyAlgorithm[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
]

function preferring(types: readonly string[], algorithms: readonly ServerHostKeyAlgorithm[]): ServerHostKeyAlgorithm[] {
  // An ssh-rsa key is shown under three names, by the hash it signs with (RFC 8332).
  const isKnown = (algorithm: string) => types.includes(algorithm.startsWith('rsa-sha2-') ? 'ssh-rsa' : algorithm)
  return [...algorithms.filter(isKnown), ...algorithms.filter((algorithm) => !isKnown(algorithm))]
}
