import { z } from 'zod'

// What is offered to a server only where an endpoint says so: SHA-1, CBC and DSA.
const oldOnes = {
  'key-exchange': ['diffie-hellman-group-exchange-sha1', 'diffie-hellman-group14-sha1', 'diffie-hellman-group1-sha1'],
  ciphers: ['aes256-cbc', 'aes192-cbc', 'aes128-cbc', '3des-cbc'],
  macs: ['hmac-sha1-etm@openssh.com', 'hmac-sha1', 'hmac-sha1-96'],
  'host-keys': ['ssh-rsa', 'ssh-dss'],
} as const

const some = <T extends readonly [string, ...string[]]>(names: T) => z.array(z.enum(names)).default([])

/** Old SSH algorithms that an endpoint may use besides the modern ones. */
export const OldAlgorithms = z.strictObject({
  'key-exchange': some(oldOnes['key-exchange']).describe('key exchange with SHA-1'),
  ciphers: some(oldOnes.ciphers).describe('ciphers in CBC mode'),
  macs: some(oldOnes.macs).describe('message authentication with SHA-1'),
  'host-keys': some(oldOnes['host-keys']).describe('host keys that sign with SHA-1: ssh-rsa is an RSA key used so'),
})
export type OldAlgorithms = z.infer<typeof OldAlgorithms>

export const AlgorithmsSetting = z
  .union([z.enum(['modern', 'legacy']), OldAlgorithms])
  .describe(
    'modern; legacy: all old ones are offered too, for a server that has nothing better; or only the old ones named. See docs/security.md',
  )

/** The old algorithms that a setting allows, all lists filled in. */
export function allowedOld(setting: 'modern' | 'legacy' | OldAlgorithms): OldAlgorithms {
  if (setting === 'modern') return OldAlgorithms.parse({})
  return setting === 'legacy' ? OldAlgorithms.parse(oldOnes) : setting
}
