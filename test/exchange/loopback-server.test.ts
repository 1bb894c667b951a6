import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LoopbackServer, makeKeyPair, startLoopbackServer } from '../../src/exchange/sftp/loopback-server.js'

let home: string
let root: string
let server: LoopbackServer

beforeEach(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'matchbook-loopback-'))
  root = path.join(home, 'root')
  mkdirSync(root)
  const pair = makeKeyPair()
  writeFileSync(path.join(home, 'key'), pair.privateKey, { mode: 0o600 })
  server = await startLoopbackServer({ folder: root, authorizedKey: pair.publicKey, username: 'demo' })
  writeFileSync(path.join(home, 'known_hosts'), `${server.knownHostsLine}\n`)
})
afterEach(async () => {
  await server.stop()
  rmSync(home, { recursive: true })
})

/** OpenSSH's own client, stopping at the first command that fails. */
function sftp(...commands: readonly string[]): Promise<{ readonly status: number | null; readonly output: string }> {
  const client = spawn('sftp', [
    ...['-b', '-', '-P', String(server.port), '-i', path.join(home, 'key'), '-F', 'none'],
    ...['-o', `UserKnownHostsFile=${home}/known_hosts`, '-o', 'StrictHostKeyChecking=yes', '-o', 'IdentitiesOnly=yes'],
    'demo@127.0.0.1',
  ])
  let output = ''
  client.stdout.on('data', (text) => (output += text))
  client.stderr.on('data', (text) => (output += text))
  client.stdin.end(`${commands.join('\n')}\n`)
  return new Promise((resolve) => client.once('close', (status) => resolve({ status, output })))
}

describe('the demo server, with the sftp of OpenSSH', () => {
  it('takes and gives files, lists, renames, makes and removes, and says goodbye', async () => {
    writeFileSync(path.join(home, 'in'), 'x'.repeat(300_000))
    const { status, output } = await sftp(
      'mkdir out',
      `put -p ${home}/in out/a`,
      'rename out/a out/b',
      'ls -l out',
      `get out/b ${home}/back`,
      'chmod 600 out/b',
      'mkdir gone',
      'rmdir gone',
      `put ${home}/in c`,
      'rm c',
      'pwd',
    )
    expect(output).toContain('300000')
    expect(status).toBe(0)
    expect(readFileSync(path.join(home, 'back'), 'utf8')).toHaveLength(300_000)
    expect(readdirSync(root)).toEqual(['out'])
    expect(readdirSync(path.join(root, 'out'))).toEqual(['b'])
  })

  it('shows nothing outside of its folder', async () => {
    writeFileSync(path.join(home, 'secret'), 'secret')
    symlinkSync(path.join(home, 'secret'), path.join(root, 'link'))
    symlinkSync(home, path.join(root, 'folder'))
    for (const way of ['../secret', '/../secret', 'link', 'folder/secret', path.join(home, 'secret')]) {
      const { status } = await sftp(`get ${way} ${home}/stolen`)
      expect(status).not.toBe(0)
    }
    for (const command of [
      `put ${home}/secret folder/new`,
      `put ${home}/secret link`,
      'rm folder/secret',
      'cd folder',
    ]) {
      expect((await sftp(command)).status).not.toBe(0)
    }
    expect((await sftp('-ls folder/', '-ls folder/*')).output).not.toContain('secret')
    expect(readdirSync(home).sort()).toEqual(['key', 'known_hosts', 'root', 'secret'])
    expect(readFileSync(path.join(home, 'secret'), 'utf8')).toBe('secret')
  })
})
