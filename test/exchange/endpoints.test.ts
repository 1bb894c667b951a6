import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createLocalEndpoint } from '../../src/exchange/local/local-endpoint.js'
import { makeKeyPair, startLoopbackServer } from '../../src/exchange/sftp/loopback-server.js'
import { createSftpEndpoint } from '../../src/exchange/sftp/sftp-endpoint.js'
import { startOpenSsh } from '../servers/openssh.js'
import { bytesFrom } from './bytes-from.js'
import { endpointContract } from './endpoint-contract.js'
import { sftpTo } from './sftp-to.js'

const temporary = (): string => mkdtempSync(path.join(tmpdir(), 'matchbook-endpoint-'))

endpointContract('a local folder', async () => {
  const root = temporary()
  return {
    root,
    endpoint: createLocalEndpoint('drops', { folder: root }),
    stop: async () => rmSync(root, { recursive: true }),
  }
})

endpointContract('an OpenSSH server', async () => {
  const server = await startOpenSsh()
  return { root: server.root, endpoint: createSftpEndpoint('partner', sftpTo(server)), stop: server.stop }
})

endpointContract('an OpenSSH server without posix-rename', async () => {
  const server = await startOpenSsh({ sftpArguments: ['-P', 'posix-rename,fsync'] })
  return { root: server.root, endpoint: createSftpEndpoint('partner', sftpTo(server)), stop: server.stop }
})

endpointContract('the loopback server of the demo', async () => {
  const root = temporary()
  const pair = makeKeyPair()
  const server = await startLoopbackServer({ folder: root, authorizedKey: pair.publicKey, username: 'demo' })
  const endpoint = createSftpEndpoint('demo', {
    host: server.host,
    port: server.port,
    username: 'demo',
    hostKey: { fingerprint: server.fingerprint },
    login: { privateKey: pair.privateKey },
    connectSeconds: 20,
    idleSeconds: 20,
    tries: 1,
  })
  return {
    root,
    endpoint,
    async stop() {
      await server.stop()
      rmSync(root, { recursive: true })
    },
  }
})

describe('a local folder', () => {
  const folders: string[] = []
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
  })
  const pair = () => {
    const [outside, root] = [temporary(), temporary()]
    folders.push(outside, root)
    writeFileSync(path.join(outside, 'payroll'), 'secret')
    return { outside, root, endpoint: createLocalEndpoint('drops', { folder: root }) }
  }

  it('is not left by dots or by a link to a folder', async () => {
    const { outside, root, endpoint } = pair()
    symlinkSync(outside, path.join(root, 'link'))
    const refused = { code: 'REMOTE-PERMISSION' }
    for (const way of [`../${path.basename(outside)}/payroll`, 'link/payroll', '../x']) {
      await expect(bytesFrom(endpoint, way)).rejects.toMatchObject(refused)
      await expect(endpoint.put(path.join(outside, 'payroll'), way)).rejects.toMatchObject(refused)
      await expect(endpoint.remove(way)).rejects.toMatchObject(refused)
      await expect(endpoint.rename('a', way)).rejects.toMatchObject(refused)
    }
    await expect(endpoint.list('link')).rejects.toMatchObject(refused)
    await expect(endpoint.list('..')).rejects.toMatchObject(refused)
    expect(readFileSync(path.join(outside, 'payroll'), 'utf8')).toBe('secret')
  })

  it('takes an absolute folder of a job as one below its own', async () => {
    const { root, endpoint } = pair()
    writeFileSync(path.join(root, 'a'), 'x')
    expect(await endpoint.stat('/a')).toMatchObject({ name: 'a' })
  })

  it('says so when it does not exist', async () => {
    const { root } = pair()
    const endpoint = createLocalEndpoint('drops', { folder: path.join(root, 'none') })
    await expect(endpoint.connect()).rejects.toMatchObject({ code: 'REMOTE-MISSING' })
  })
})
