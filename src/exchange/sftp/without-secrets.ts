import type { SftpConnection } from './connection.js'

/** A server may repeat what it was sent in a message of its own, and that goes into logs, reports and the store: not with our secrets. */
export function withoutSecrets({ login }: Pick<SftpConnection, 'login'>): (text: string) => string {
  const secrets = [
    'password' in login ? login.password : '',
    'privateKey' in login ? (login.passphrase ?? '') : '',
  ].filter((secret) => secret !== '')
  return (text) => secrets.reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text)
}
