import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Writable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Endpoint } from '../../src/exchange/index.js'
import { bytesFrom } from './bytes-from.js'

export interface Subject {
  readonly endpoint: Endpoint
  /** The folder on this machine that the endpoint shows. */
  readonly root: string
  stop(): Promise<void>
}

/** What every endpoint keeps, whatever it speaks. */
export function endpointContract(kind: string, start: () => Promise<Subject>): void {
  describe(`${kind} as an endpoint`, () => {
    let subject: Subject
    let endpoint: Endpoint
    let own: string
    let folder = ''
    let count = 0
    const here = (...names: string[]): string => path.join(subject.root, folder, ...names)

    beforeAll(async () => {
      subject = await start()
      endpoint = subject.endpoint
      own = mkdtempSync(path.join(tmpdir(), 'matchbook-own-'))
      await endpoint.connect()
    })
    afterAll(async () => {
      await endpoint?.close()
      await subject?.stop()
      rmSync(own, { recursive: true, force: true })
    })
    const fresh = (): string => {
      count += 1
      folder = `drop${count}`
      mkdirSync(here())
      return folder
    }
    const local = (bytes: Buffer | string): string => {
      const file = path.join(own, `out${count++}`)
      writeFileSync(file, bytes)
      return file
    }

    it('lists files with size and whole seconds, folders, links and pipes by their kind', async () => {
      fresh()
      writeFileSync(here('INV.810'), 'ISA*00')
      utimesSync(here('INV.810'), 1_700_000_000, 1_700_000_123)
      mkdirSync(here('done'))
      symlinkSync('INV.810', here('latest.810'))
      execFileSync('mkfifo', [here('pipe.810')])
      const entries = [...(await endpoint.list(folder))].sort((a, b) => (a.name < b.name ? -1 : 1))
      expect(entries.map(({ name, kind }) => [name, kind])).toEqual([
        ['INV.810', 'file'],
        ['done', 'folder'],
        ['latest.810', 'link'],
        ['pipe.810', 'other'],
      ])
      expect(entries[0]).toEqual({ name: 'INV.810', size: 6, modified: 1_700_000_123, kind: 'file' })
    })

    it('lists an empty folder and one of a thousand files whole', async () => {
      fresh()
      expect(await endpoint.list(folder)).toEqual([])
      for (let n = 0; n < 1000; n += 1) writeFileSync(here(`F${n}.810`), '')
      expect(new Set((await endpoint.list(folder)).map(({ name }) => name)).size).toBe(1000)
    })

    it('refuses names that are not UTF-8 or hold a backslash, and says why', async () => {
      fresh()
      writeFileSync(Buffer.concat([Buffer.from(here('Rechnung-')), Buffer.from([0xfc]), Buffer.from('.810')]), 'x')
      writeFileSync(here('..\\up.810'), 'x')
      const entries = await endpoint.list(folder)
      expect(entries).toHaveLength(2)
      for (const entry of entries)
        expect(entry).toMatchObject({ kind: 'other', refused: expect.stringMatching(/UTF-8|backslash/) })
    })

    it.each([
      ['empty', 0],
      ['of one byte', 1],
      ['of exactly one request', 32 * 1024],
      ['of many small requests and a rest', 1024 * 1024 + 17],
      ['of many large requests and a rest', 9 * 1024 * 1024 + 4321],
    ])('carries a file %s there and back unchanged', async (_what, size) => {
      fresh()
      const bytes = randomBytes(size)
      await endpoint.put(local(bytes), `${folder}/load.zip`)
      expect(readFileSync(here('load.zip')).equals(bytes)).toBe(true)
      expect((await bytesFrom(endpoint, `${folder}/load.zip`)).equals(bytes)).toBe(true)
    })

    it('replaces what stood under the name before, longer or not', async () => {
      fresh()
      await endpoint.put(local('a longer text'), `${folder}/load.zip`)
      await endpoint.put(local('short'), `${folder}/load.zip`)
      expect(readFileSync(here('load.zip'), 'utf8')).toBe('short')
    })

    it('lets no stranger read what it wrote', async () => {
      fresh()
      await endpoint.put(local('prices'), `${folder}/load.zip`)
      expect(execFileSync('stat', ['-c', '%a', here('load.zip')], { encoding: 'utf8' }).trim()).toMatch(/0$/)
    })

    it('tells a file, and says undefined of what is not there', async () => {
      fresh()
      writeFileSync(here('a'), '12345')
      expect(await endpoint.stat(`${folder}/a`)).toMatchObject({ name: 'a', size: 5, kind: 'file' })
      expect(await endpoint.stat(`${folder}/b`)).toBeUndefined()
      expect(await endpoint.stat('nowhere/b')).toBeUndefined()
    })

    it('renames, replacing the target, and leaves nothing beside it', async () => {
      fresh()
      writeFileSync(here('a'), 'new')
      writeFileSync(here('b'), 'old')
      await endpoint.rename(`${folder}/a`, `${folder}/b`)
      expect(readFileSync(here('b'), 'utf8')).toBe('new')
      expect((await endpoint.list(folder)).map(({ name }) => name)).toEqual(['b'])
    })

    it('leaves the target when there is nothing to rename onto it', async () => {
      fresh()
      writeFileSync(here('b'), 'old')
      await expect(endpoint.rename(`${folder}/a`, `${folder}/b`)).rejects.toMatchObject({ code: 'REMOTE-MISSING' })
      expect(readFileSync(here('b'), 'utf8')).toBe('old')
    })

    it('removes a file', async () => {
      fresh()
      writeFileSync(here('a'), '')
      await endpoint.remove(`${folder}/a`)
      expect(await endpoint.list(folder)).toEqual([])
    })

    it('makes folders with those above, and again without complaint', async () => {
      fresh()
      await endpoint.makeFolder(`${folder}/2026/03`)
      await endpoint.makeFolder(`${folder}/2026/03`)
      expect(await endpoint.stat(`${folder}/2026/03`)).toMatchObject({ kind: 'folder' })
    })

    it('says REMOTE-MISSING of a folder or file that is not there', async () => {
      fresh()
      const missing = { code: 'REMOTE-MISSING' }
      await expect(endpoint.list(`${folder}/none`)).rejects.toMatchObject(missing)
      await expect(bytesFrom(endpoint, `${folder}/none`)).rejects.toMatchObject(missing)
      await expect(endpoint.remove(`${folder}/none`)).rejects.toMatchObject(missing)
      await expect(endpoint.put(local('x'), `${folder}/none/x`)).rejects.toMatchObject(missing)
    })

    it('takes neither links nor pipes, and goes on working', async () => {
      fresh()
      writeFileSync(path.join(own, 'secret'), 'secret')
      symlinkSync(path.join(own, 'secret'), here('link.810'))
      execFileSync('mkfifo', [here('pipe.810')])
      await expect(bytesFrom(endpoint, `${folder}/link.810`)).rejects.toThrow('not a regular file')
      await expect(bytesFrom(endpoint, `${folder}/pipe.810`)).rejects.toThrow('not a regular file')
      expect(await endpoint.list(folder)).toHaveLength(2)
    })

    it.each([
      ['grows', (file: string) => appendFileSync(file, 'more')],
      ['becomes shorter', (file: string) => truncateSync(file, 1024)],
    ])('never takes for whole a file that %s while it is read', async (_what, change) => {
      fresh()
      writeFileSync(here('big.810'), Buffer.alloc(16 * 1024 * 1024))
      let changed = false
      const sink = new Writable({
        write(_bytes, _encoding, done) {
          if (!changed) change(here('big.810'))
          changed = true
          done()
        },
      })
      await expect(endpoint.get(`${folder}/big.810`, sink)).rejects.toMatchObject({ code: 'TRANSFER-FAILED' })
      expect(await endpoint.list(folder)).toHaveLength(1)
    })

    it('hands on what the receiver of the bytes fails with', async () => {
      fresh()
      writeFileSync(here('big.810'), Buffer.alloc(5 * 1024 * 1024))
      const sink = new Writable({
        write(_bytes, _encoding, done) {
          done(new Error('the sink is full'))
        },
      })
      sink.on('error', () => {})
      await expect(endpoint.get(`${folder}/big.810`, sink)).rejects.toThrow('the sink is full')
      expect(await endpoint.list(folder)).toHaveLength(1)
    })

    it('works with many files at once', async () => {
      fresh()
      const files = Array.from({ length: 40 }, (_, n) => ({ name: `${folder}/F${n}`, bytes: randomBytes(50_000 + n) }))
      await Promise.all(files.map(({ name, bytes }) => endpoint.put(local(bytes), name)))
      const back = await Promise.all(files.map(({ name }) => bytesFrom(endpoint, name)))
      expect(back.every((bytes, n) => files[n]?.bytes.equals(bytes))).toBe(true)
    })

    it('can be closed twice and opened again', async () => {
      fresh()
      await endpoint.close()
      await endpoint.close()
      await endpoint.connect()
      await endpoint.connect()
      expect(await endpoint.list(folder)).toEqual([])
    })
  })
}
