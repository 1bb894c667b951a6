import { createHmac, timingSafeEqual } from 'node:crypto'

/** One line of a known_hosts file that speaks of the server asked for. See sshd(8), SSH_KNOWN_HOSTS FILE FORMAT. */
export interface KnownKey {
  readonly revoked: boolean
  /** Key type, for example ssh-ed25519. */
  readonly type: string
  /** The key as the server sends it. */
  readonly key: Buffer
}

/** How known_hosts names a server: the host alone on port 22, else `[host]:port`. */
export const knownHostsName = (host: string, port: number): string =>
  port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`

/** The keys that a known_hosts file gives for a server, revoked ones too. Lines that cannot be read are passed over, as ssh does. */
export function knownKeys(text: string, host: string, port: number): readonly KnownKey[] {
  const name = knownHostsName(host, port)
  return text.split(/\r?\n/).flatMap((line) => {
    const fields = line.trim().split(/[ \t]+/)
    const marker = fields[0]?.startsWith('@') ? fields.shift() : undefined
    const [hosts, type, base64] = fields
    if (hosts === undefined || hosts.startsWith('#') || type === undefined || base64 === undefined) return []
    // Certificates are not taken, so an authority's key says nothing about this server's.
    if (marker !== undefined && marker !== '@revoked') return []
    if (!namesHost(hosts, name)) return []
    return [{ revoked: marker === '@revoked', type, key: Buffer.from(base64, 'base64') }]
  })
}

function namesHost(hosts: string, name: string): boolean {
  if (hosts.startsWith('|')) return isHashOf(hosts, name)
  const patterns = hosts.toLowerCase().split(',')
  const matches = (pattern: string): boolean => wildcard(pattern).test(name)
  if (patterns.some((pattern) => pattern.startsWith('!') && matches(pattern.slice(1)))) return false
  return patterns.some((pattern) => !pattern.startsWith('!') && matches(pattern))
}

/** `|1|salt|hash`: HMAC-SHA1 of the name under the salt, both base64 (ssh-keygen -H). */
function isHashOf(hashed: string, name: string): boolean {
  const [, version, salt, hash] = hashed.split('|')
  if (version !== '1' || salt === undefined || hash === undefined) return false
  const wanted = Buffer.from(hash, 'base64')
  const found = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest()
  return wanted.length === found.length && timingSafeEqual(wanted, found)
}

/** `*` stands for any run of characters, `?` for one; everything else, brackets too, for itself. */
const wildcard = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replace(/[\\^$+.()|[\]{}]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  )
