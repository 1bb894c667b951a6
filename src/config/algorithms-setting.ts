import { z } from 'zod'
import { type OldAlgorithms, oldOnes } from './old-algorithms.js'

const some = <T extends readonly [string, ...string[]]>(names: T) => z.array(z.enum(names)).default([])

const Named = z.strictObject({
  'key-exchange': some(oldOnes['key-exchange']).describe('key exchange with SHA-1'),
  ciphers: some(oldOnes.ciphers).describe('ciphers in CBC mode'),
  macs: some(oldOnes.macs).describe('message authentication with SHA-1'),
  'host-keys': some(oldOnes['host-keys']).describe('host keys that sign with SHA-1: ssh-rsa is an RSA key used so'),
}) satisfies z.ZodType<OldAlgorithms>

export const AlgorithmsSetting = z
  .union([z.enum(['modern', 'legacy']), Named])
  .describe(
    'modern; legacy: all old ones are offered too, for a server that has nothing better; or only the old ones named. See docs/security.md',
  )
