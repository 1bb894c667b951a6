import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { tmpdir } from 'node:os'
import { it } from 'vitest'
import { openArchive, pullDrop } from '../../src/exchange/index.js'
import { createSftpEndpoint } from '../../src/exchange/sftp/sftp-endpoint.js'
import { startOpenSsh } from '../servers/openssh.js'
import { FileLedger } from './ledger.js'
import { sftpTo } from './sftp-to.js'
import { bytesFrom } from './bytes-from.js'
it('bench', async () => {
  const server = await startOpenSsh()
  const home = mkdtempSync(path.join(tmpdir(), 'b-'))
  mkdirSync(path.join(server.root, 'out'))
  for (let n = 0; n < 1000; n += 1) writeFileSync(path.join(server.root, 'out', `f${n}`), randomBytes(8000))
  writeFileSync(path.join(server.root, 'big'), randomBytes(200e6))
  const endpoint = createSftpEndpoint('p', sftpTo(server))
  await endpoint.connect()
  let t = Date.now()
  for (let i = 0; i < 1000; i += 16) await Promise.all(Array.from({length: Math.min(16, 1000-i)}, (_, k) => bytesFrom(endpoint, `out/f${i + k}`)))
  console.log('1000 get', Date.now() - t)
  const archive = await openArchive(home + '/archive')
  const l = new FileLedger()
  t = Date.now()
  const r = await pullDrop(endpoint, { folder: 'out', include: ['*'], exclude: [], stableSeconds: 0, after: 'remove' }, archive, l)
  console.log('1000 pull', Date.now() - t, r.taken.length)
  t = Date.now()
  await bytesFrom(endpoint, 'big')
  console.log('200MB get', Date.now() - t)
  t = Date.now()
  await endpoint.put(path.join(server.root, 'big'), 'big2')
  console.log('200MB put', Date.now() - t)
  await endpoint.close()
  await server.stop()
})
