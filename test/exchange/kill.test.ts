import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenSshServer, startOpenSsh } from '../servers/openssh.js'
import { FileLedger } from './ledger.js'

let server: OpenSshServer
let script: string

beforeAll(async () => {
  server = await startOpenSsh()
  // Beside node_modules, so that the packages it leaves outside are found.
  const cache = path.join(import.meta.dirname, '..', '..', 'node_modules', '.cache')
  mkdirSync(cache, { recursive: true })
  script = path.join(mkdtempSync(path.join(cache, 'matchbook-night-')), 'night.mjs')
  const entryPoints = [path.join(import.meta.dirname, 'night-child.ts')]
  await build({ entryPoints, outfile: script, bundle: true, platform: 'node', format: 'esm', packages: 'external' })
})
afterAll(async () => {
  await server?.stop()
  rmSync(path.dirname(script), { recursive: true, force: true })
})

const night = (settings: object) =>
  spawnSync(process.execPath, [script, JSON.stringify(settings)], { encoding: 'utf8' })

describe('kill -9 before any step of pull and push', () => {
  it('loses nothing and doubles nothing once the process ran again', () => {
    const { privateKeyFile, host, port, username, root } = server
    const sftp = {
      privateKeyFile,
      host,
      port,
      username,
      hostKey: { knownHosts: server.knownHostsFile },
      connectSeconds: 20,
      idleSeconds: 20,
      tries: 1,
    }
    let kills = 0
    for (let dieBefore = 1; ; dieBefore += 1) {
      const home = mkdtempSync(path.join(tmpdir(), 'matchbook-kill-'))
      for (const folder of ['out', 'done', 'in']) {
        rmSync(path.join(root, folder), { recursive: true, force: true })
        mkdirSync(path.join(root, folder))
      }
      const texts = { 'a.810': 'first', 'b.810': 'second' }
      for (const [name, text] of Object.entries(texts)) writeFileSync(path.join(root, 'out', name), text)
      const bytes = Buffer.from('the load')
      const localFile = path.join(home, 'load.zip')
      writeFileSync(localFile, bytes)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const load = { localFile, folder: 'in', name: 'load.zip', size: bytes.length, sha256 }

      const first = night({ sftp, home, load, dieBefore })
      const wasKilled = first.signal === 'SIGKILL'
      if (wasKilled) kills += 1
      const second = night({ sftp, home, load })
      expect(second.stderr).toBe('')
      expect(second.stdout).toMatch(/^whole/)

      const booked = new FileLedger(path.join(home, 'ledger.json')).files
      expect(booked.map(({ name }) => name)).toEqual(Object.keys(texts))
      expect(booked.map(({ archivePath }) => readFileSync(archivePath, 'utf8'))).toEqual(Object.values(texts))
      expect(readdirSync(path.join(root, 'out'))).toEqual([])
      expect(readdirSync(path.join(root, 'done')).sort()).toEqual(Object.keys(texts))
      expect(readdirSync(path.join(root, 'in'))).toEqual(['load.zip'])
      expect(readdirSync(path.join(home, 'archive', 'work'))).toEqual([])
      rmSync(home, { recursive: true })
      if (!wasKilled) break
    }
    expect(kills).toBeGreaterThan(12)
  }, 180_000)
})
