import ssh2, { type AuthenticationType, type AuthHandlerMiddleware, type ConnectConfig } from 'ssh2'
import { MatchbookError } from '../../errors/index.js'
import type { SftpConnection } from './connection.js'

/**
 * How to log in, by one method and with one attempt, so that no account is locked by trying others.
 * @throws LOGIN-REFUSED when the private key cannot be read
 */
export function loginSettings(endpoint: string, { login, username }: SftpConnection): ConnectConfig {
  if ('privateKey' in login) {
    const key = ssh2.utils.parseKey(login.privateKey, login.passphrase)
    if (key instanceof Error || !('isPrivateKey' in key) || !key.isPrivateKey()) {
      const why = key instanceof Error ? key.message : 'it is a public key'
      throw new MatchbookError('LOGIN-REFUSED', `${endpoint}: the private key cannot be used: ${why}`, {
        hint: 'Check the key and its passphrase; the server was not asked',
        facts: { endpoint },
      })
    }
    const passphrase = login.passphrase === undefined ? {} : { passphrase: login.passphrase }
    return { username, privateKey: login.privateKey, ...passphrase, authHandler: ['publickey'] }
  }
  if ('agentSocket' in login) return { username, agent: login.agentSocket, authHandler: ['agent'] }
  return { username, password: login.password, tryKeyboard: true, authHandler: passwordOnce() }
}

/** Many servers take a password only as the answer to a prompt: ask which way is offered, then try that one, once. */
function passwordOnce(): AuthHandlerMiddleware {
  let tried = false
  return (offered: readonly AuthenticationType[] | null | undefined) => {
    if (!offered) return 'none'
    const way = (['password', 'keyboard-interactive'] as const).find((method) => offered.includes(method))
    if (tried || way === undefined) return false
    tried = true
    return way
  }
}
