import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Endpoint } from '../../src/exchange/index.js'
import { DropFixture, names, type Place, places } from './drop-fixture.js'

describe.each(places)('folders of a drop, at %s', (_kind, start) => {
  let place: Place
  let drop: DropFixture
  beforeAll(async () => {
    place = await start()
  })
  afterAll(() => place?.stop())
  beforeEach(async () => {
    drop = await DropFixture.at(place)
  })
  afterEach(() => drop.remove())

  it('below it are not looked into unless that is asked for', async () => {
    for (const name of ['a.edi', 'east/b.edi']) drop.put(name)
    expect(names((await drop.pull({ include: ['**/*.edi'] })).taken)).toEqual(['a.edi'])
  })

  it('are gone through, patterns fitting the whole path, and moved files keep their folder', async () => {
    for (const name of ['a.edi', 'east/a.edi', 'east/deep/er/c.edi', 'west/b.txt', 'test/x.edi', '.hidden/h.edi'])
      drop.put(name)
    const result = await drop.pull({ recursive: true, include: ['**/*.edi'], exclude: ['test/**'] })
    expect(result.taken.map(({ folder, name, path: at }) => [folder, name, at])).toEqual([
      [`${drop.folder}/out`, 'a.edi', `${drop.folder}/out/a.edi`],
      [`${drop.folder}/out/east`, 'a.edi', `${drop.folder}/out/east/a.edi`],
      [`${drop.folder}/out/east/deep/er`, 'c.edi', `${drop.folder}/out/east/deep/er/c.edi`],
    ])
    expect(drop.files('done')).toEqual(['a.edi', 'east/a.edi', 'east/deep/er/c.edi'])
    expect(drop.files()).toEqual(['.hidden/h.edi', 'test/x.edi', 'west/b.txt'])
  })

  it('that hold what was moved are not gone through again', async () => {
    drop.put('a.edi', 'first')
    const within = { recursive: true, after: { move: `${drop.folder}/out/done/` } } as const
    expect(names((await drop.pull(within)).taken)).toEqual(['a.edi'])
    drop.put('b.edi', 'second')
    const again = await drop.pull(within)
    expect([names(again.taken), again.duplicates]).toEqual([['b.edi'], []])
    expect(drop.files()).toEqual(['done/a.edi', 'done/b.edi'])
  })

  it('behind links are not entered, and it is said', async () => {
    mkdirSync(drop.path('elsewhere'))
    writeFileSync(drop.path('elsewhere', 'payroll.edi'), 'secret')
    drop.put('a.edi')
    symlinkSync(drop.path('elsewhere'), drop.path('out', 'link'))
    symlinkSync(drop.path('out'), drop.path('out', 'round'))
    const result = await drop.pull({ recursive: true, include: ['**/*.edi'] })
    expect(names(result.taken)).toEqual(['a.edi'])
    expect(result.skipped).toMatchObject([
      { name: 'link' },
      { name: 'round', reason: expect.stringContaining('a link') },
    ])
  })

  it('that cannot be looked into are named, and the others are', async () => {
    for (const name of ['a.edi', 'closed/b.edi', 'open/c.edi']) drop.put(name)
    const list: Endpoint['list'] = (folder) => place.endpoint.list(folder.replace('closed', 'gone since'))
    const result = await drop.pull({ recursive: true }, {}, { ...place.endpoint, list })
    expect(names(result.taken)).toEqual(['a.edi', 'c.edi'])
    expect(result.skipped).toMatchObject([
      { name: 'closed/', reason: expect.stringContaining('cannot be looked into') },
    ])
    expect(result.failures).toEqual([])
  })

  it('are entered to a depth that no honest tree reaches', async () => {
    const deep = Array.from({ length: 40 }, (_, n) => `d${n}`)
    mkdirSync(drop.path('out', ...deep), { recursive: true })
    drop.put(path.join(...deep.slice(0, 32), 'still.edi'))
    drop.put(path.join(...deep.slice(0, 33), 'not.edi'))
    const result = await drop.pull({ recursive: true })
    expect(names(result.taken)).toEqual(['still.edi'])
    expect(result.skipped).toMatchObject([{ reason: expect.stringContaining('deeper than 32') }])
  })

  it('give their files by name or by time', async () => {
    drop.put('b.edi', 'b', 1_700_000_001)
    drop.put('a.edi', 'a', 1_700_000_002)
    drop.put('c/c.edi', 'c', 1_700_000_000)
    const leave = { recursive: true, after: 'leave' } as const
    expect(names((await drop.pull({ ...leave, order: 'time' })).taken)).toEqual(['c.edi', 'b.edi', 'a.edi'])
    const other = await DropFixture.at(place)
    for (const name of ['b.edi', 'a.edi', 'c/c.edi']) other.put(name)
    expect(names((await other.pull({ ...leave, order: 'name' })).taken)).toEqual(['a.edi', 'b.edi', 'c.edi'])
    other.remove()
  })
})
