import { createHash } from 'node:crypto'
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FolderArchive, openArchive } from '../../src/exchange/index.js'

const MANY = 40
const names = Array.from({ length: MANY }, (_, n) => `INV_${String(n).padStart(3, '0')}.810`)

let home: string
let archive: FolderArchive
let work: string
beforeEach(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'matchbook-small-'))
  archive = await openArchive(path.join(home, 'archive'))
  work = path.join(archive.folder, 'work')
  const keep = async (name: string): Promise<void> => {
    const file = archive.held()
    file.write(`the bytes of ${name}`)
    expect(await file.keep()).toMatchObject({ sha256: hashOf(name) })
  }
  await Promise.all(names.map(keep))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const hashOf = (name: string): string => createHash('sha256').update(`the bytes of ${name}`).digest('hex')
const together = (): string[] => readdirSync(work).map((name) => path.join(work, name))

async function kept(): Promise<string[]> {
  const found: string[] = []
  for (const name of names) {
    const place = await archive.path(hashOf(name)).catch(() => undefined)
    if (place !== undefined && readFileSync(place, 'utf8') === `the bytes of ${name}`) found.push(name)
  }
  return found
}

/** As a power failure may leave files that were written and not synced: the one empty, the next cut, or with other bytes, the rest not there. */
async function losePlaces(): Promise<void> {
  const damage = [(place: string) => truncateSync(place, 0), (place: string) => truncateSync(place, 5), spoil]
  const places = await Promise.all(names.map((name) => archive.path(hashOf(name))))
  for (const [n, place] of places.entries()) {
    const harm = damage[n]
    if (harm === undefined) rmSync(path.dirname(place), { recursive: true, force: true })
    else {
      chmodSync(place, 0o600)
      harm(place)
    }
  }
}

const spoil = (place: string): void => writeFileSync(place, '\0'.repeat(readFileSync(place).length))

describe('many small files that come at once', () => {
  it('are all there after the power failed, whatever became of their places', async () => {
    expect(await kept()).toEqual(names)
    expect(together().length).toBeGreaterThan(0)
    await losePlaces()
    archive = await openArchive(archive.folder)
    expect(await kept()).toEqual(names)
  })

  it('are taken as far as they are whole from a file that the power failure cut: the rest was never told to be safe', async () => {
    const [first = '', ...others] = together()
    const before = await kept()
    await losePlaces()
    for (const other of others) rmSync(other)
    chmodSync(first, 0o600)
    truncateSync(first, readFileSync(first).length - 1)
    archive = await openArchive(archive.folder)
    const after = await kept()
    expect(after.length).toBeGreaterThan(0)
    expect(after.length).toBeLessThan(before.length)
  })

  it('lie twice for some minutes only', async () => {
    await openArchive(archive.folder)
    expect(together().length).toBeGreaterThan(0)
    const earlier = Date.now() / 1000 - 11 * 60
    for (const file of together()) utimesSync(file, earlier, earlier)
    await openArchive(archive.folder)
    expect(together()).toEqual([])
    expect(await kept()).toEqual(names)
  })

  it('do not come back when they are purged', async () => {
    await archive.settle()
    expect(await kept()).toEqual(names)
    for (const name of names) rmSync(await archive.path(hashOf(name)))
    archive = await openArchive(archive.folder)
    expect(await kept()).toEqual([])
  })
})
