import { readFileSync } from 'node:fs'
import type { SftpConnection } from '../../src/exchange/sftp/connection.js'
import type { OpenSshServer } from '../servers/openssh.js'

/** Settings that log in to the private server; name what is to be otherwise. */
export const sftpTo = (server: OpenSshServer, otherwise: Partial<SftpConnection> = {}): SftpConnection => ({
  host: server.host,
  port: server.port,
  username: server.username,
  hostKey: { knownHosts: server.knownHostsFile },
  login: { privateKey: readFileSync(server.privateKeyFile, 'utf8') },
  connectSeconds: 20,
  idleSeconds: 20,
  tries: 1,
  pause: 1,
  ...otherwise,
})
