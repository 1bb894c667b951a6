import type {
  Algorithms,
  CipherAlgorithm,
  KexAlgorithm,
  MacAlgorithm,
  NegotiatedAlgorithms,
  ServerHostKeyAlgorithm,
} from 'ssh2'
import type { ServerOffer } from './server-offer.js'

/** What is agreed on before anything else, under the names of the setting `algorithms`. */
export type AlgorithmKind = 'key-exchange' | 'ciphers' | 'macs' | 'host-keys'

/** Old algorithms, by kind. All else that ssh2 knows by default is modern. */
export interface OldAlgorithmNames {
  readonly 'key-exchange': readonly KexAlgorithm[]
  readonly ciphers: readonly CipherAlgorithm[]
  readonly macs: readonly MacAlgorithm[]
  readonly 'host-keys': readonly ServerHostKeyAlgorithm[]
}

/** SHA-1, CBC and DSA: never offered unless an endpoint allows them. Those that may be allowed are in config/old-algorithms.ts. */
export const oldAlgorithms: OldAlgorithmNames = {
  'key-exchange': ['diffie-hellman-group-exchange-sha1', 'diffie-hellman-group14-sha1', 'diffie-hellman-group1-sha1'],
  ciphers: ['aes256-cbc', 'aes192-cbc', 'aes128-cbc', '3des-cbc'],
  macs: ['hmac-sha1-etm@openssh.com', 'hmac-sha1', 'hmac-sha1-96'],
  'host-keys': ['ssh-rsa', 'ssh-dss'],
}

export const noOldAlgorithms: OldAlgorithmNames = { 'key-exchange': [], ciphers: [], macs: [], 'host-keys': [] }

/** What to offer: the modern ones first, in ssh2's order, which depends on the machine; then the old ones that are allowed. */
export function offered(allowed: OldAlgorithmNames, hostKeys: ServerHostKeyAlgorithm[]): Algorithms {
  const without = <T>(old: readonly T[], allow: readonly T[]) => ({
    remove: old.filter((name) => !allow.includes(name)),
    append: [...allow],
    prepend: [],
  })
  return {
    kex: without(oldAlgorithms['key-exchange'], allowed['key-exchange']),
    cipher: without(oldAlgorithms.ciphers, allowed.ciphers),
    hmac: without(oldAlgorithms.macs, allowed.macs),
    serverHostKey: hostKeys,
  }
}

/** Which old ones a connection came to use, each with its kind. A cipher that authenticates by itself has no mac. */
export function oldAmong({ kex, serverHostKey, cs, sc }: NegotiatedAlgorithms): readonly OldInUse[] {
  const used: readonly (readonly [AlgorithmKind, readonly string[]])[] = [
    ['key-exchange', [kex]],
    ['ciphers', [cs.cipher, sc.cipher]],
    ['macs', [cs.mac, sc.mac]],
    ['host-keys', [serverHostKey]],
  ]
  return used.flatMap(([kind, names]) => {
    const old = new Set<string>(oldAlgorithms[kind])
    return [...new Set(names)].filter((name) => old.has(name)).map((name) => ({ kind, name }))
  })
}

export interface OldInUse {
  readonly kind: AlgorithmKind
  readonly name: string
}

const said: Record<AlgorithmKind, string> = {
  'key-exchange': 'key exchange',
  ciphers: 'cipher',
  macs: 'message authentication',
  'host-keys': 'host key',
}

/** Why we and a server have nothing in common, from ssh2's error; undefined when it failed for another reason. */
export function nothingInCommon(
  error: Error,
  offer: ServerOffer | undefined,
): { readonly message: string; readonly hint: string; readonly missing: AlgorithmKind } | undefined {
  const found = /no matching (?:(key exchange)|(host key)|[CS]->[CS] (cipher|MAC))/i.exec(error.message)
  if (found === null) return undefined
  const missing = found[1] ? 'key-exchange' : found[2] ? 'host-keys' : found[3] === 'MAC' ? 'macs' : 'ciphers'
  const theirs = offer?.[missing] ?? []
  const old: readonly string[] = oldAlgorithms[missing]
  const allowable = theirs.filter((name) => old.includes(name))
  const message = `the server offers no ${said[missing]} that is accepted here; it offers ${theirs.join(', ') || 'none that we know'}`
  return {
    missing,
    message,
    hint:
      allowable.length === 0
        ? 'Ask the partner to switch on a modern one; no setting allows what the server offers'
        : `Ask the partner to switch on a modern one; until then this endpoint can be told to take the old one: algorithms: { ${missing}: [${allowable.join(', ')}] }, or algorithms: legacy for all old ones`,
  }
}
