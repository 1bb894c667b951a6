import { linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Endpoint, openArchive, pullDrop, type RemoteEntry } from '../../src/exchange/index.js'
import { createLocalEndpoint } from '../../src/exchange/local/local-endpoint.js'
import { createSftpEndpoint } from '../../src/exchange/sftp/sftp-endpoint.js'
import { type OpenSshServer, startOpenSsh } from '../servers/openssh.js'
import { FileLedger } from './ledger.js'
import { sftpTo } from './sftp-to.js'

const many = 50_000

describe('a folder of 50,000 files', () => {
  let server: OpenSshServer
  let home: string
  beforeAll(async () => {
    home = mkdtempSync(path.join(tmpdir(), 'matchbook-many-'))
    server = await startOpenSsh()
    mkdirSync(path.join(server.root, 'out'))
    const one = path.join(server.root, 'one')
    writeFileSync(one, '')
    // Names are what counts: a link is made in a third of the time of a file.
    for (let n = 0; n < many; n += 1) linkSync(one, path.join(server.root, 'out', `PO_${n}.edi`))
  })
  afterAll(async () => {
    await server?.stop()
    rmSync(home, { recursive: true, force: true })
  })

  const endpoints: readonly (readonly [string, () => Endpoint])[] = [
    ['a local folder', () => createLocalEndpoint('medline', { folder: server.root })],
    ['an OpenSSH server', () => createSftpEndpoint('medline', sftpTo(server))],
  ]
  it.each(endpoints)(
    'is listed whole, and gives the one that is new among those taken before, at %s',
    async (_kind, make) => {
      const endpoint = make()
      const lists: (readonly RemoteEntry[])[] = []
      const list: Endpoint['list'] = async (folder) => {
        const entries = await endpoint.list(folder)
        lists.push(entries)
        return entries
      }
      const ledger = new FileLedger()
      ledger.seen = async (_endpoint, files) =>
        files.map((file) => (file.path === 'out/PO_777.edi' ? 'new' : 'settled'))
      const drop = { folder: 'out', include: ['*.edi'], exclude: [], stableSeconds: 0.01, after: 'leave' } as const
      const archive = await openArchive(path.join(home, 'archive'))
      const { taken, failures } = await pullDrop({ ...endpoint, list }, drop, archive, ledger)
      expect(failures).toEqual([])
      expect(taken.map(({ name }) => name)).toEqual(['PO_777.edi'])
      // The second look goes to that one file only.
      expect(lists.map((entries) => entries.length)).toEqual([many])
      expect(new Set(lists[0]?.map(({ name }) => name)).size).toBe(many)
      await endpoint.close()
    },
  )
})
