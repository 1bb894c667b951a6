// What is offered to a server only where an endpoint says so: SHA-1, CBC and DSA.
export const oldOnes = {
  'key-exchange': ['diffie-hellman-group-exchange-sha1', 'diffie-hellman-group14-sha1', 'diffie-hellman-group1-sha1'],
  ciphers: ['aes256-cbc', 'aes192-cbc', 'aes128-cbc', '3des-cbc'],
  macs: ['hmac-sha1-etm@openssh.com', 'hmac-sha1', 'hmac-sha1-96'],
  'host-keys': ['ssh-rsa', 'ssh-dss'],
} as const

/** Old SSH algorithms that an endpoint may use besides the modern ones. */
export type OldAlgorithms = { [Kind in keyof typeof oldOnes]: (typeof oldOnes)[Kind][number][] }

/** The old algorithms that a setting allows, all lists filled in. */
export function allowedOld(setting: 'modern' | 'legacy' | OldAlgorithms): OldAlgorithms {
  if (setting === 'modern') return { 'key-exchange': [], ciphers: [], macs: [], 'host-keys': [] }
  if (setting !== 'legacy') return setting
  return {
    'key-exchange': [...oldOnes['key-exchange']],
    ciphers: [...oldOnes.ciphers],
    macs: [...oldOnes.macs],
    'host-keys': [...oldOnes['host-keys']],
  }
}
