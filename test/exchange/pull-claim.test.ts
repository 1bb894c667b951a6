import { renameSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Endpoint } from '../../src/exchange/index.js'
import { archived, DropFixture, names, type Place, places } from './drop-fixture.js'

const claim = '.matchbook'

describe.each(places)('claiming files before they are read, at %s', (_kind, start) => {
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

  it('renames them first, books them under their own name and moves them under it', async () => {
    drop.put('a.edi')
    const seen: string[] = []
    const watched: Endpoint = {
      ...place.endpoint,
      get: (path, sink, from) => {
        seen.push(...drop.files())
        return place.endpoint.get(path, sink, from)
      },
    }
    const result = await drop.pull({ include: ['*.edi'], claim }, {}, watched)
    expect(seen).toEqual(['a.edi.matchbook'])
    expect(result.taken).toMatchObject([{ name: 'a.edi', path: `${drop.folder}/out/a.edi` }])
    expect(drop.files('done')).toEqual(['a.edi'])
    expect(drop.files()).toEqual([])
  })

  it.each([
    ['before it was read', { get: async () => Promise.reject(new Error('killed here')) }],
    ['after it was booked', { stat: async () => Promise.reject(new Error('killed here')) }],
  ])('finishes one that a crash left claimed %s, once', async (_when, broken: Partial<Endpoint>) => {
    drop.put('a.edi')
    await expect(drop.pull({ include: ['*.edi'], claim }, {}, { ...place.endpoint, ...broken })).rejects.toThrow(
      'killed',
    )
    expect(drop.files()).toEqual(['a.edi.matchbook'])
    const result = await drop.pull({ include: ['*.edi'], claim })
    expect([result.failures, result.duplicates]).toEqual([[], []])
    expect(names(drop.ledger.files)).toEqual(['a.edi'])
    expect([drop.files(), drop.files('done')]).toEqual([[], ['a.edi']])
  })

  it('leaves to another reader what it claimed first', async () => {
    for (const name of ['a.edi', 'b.edi']) drop.put(name)
    let taken = false
    const race: Endpoint = {
      ...place.endpoint,
      async rename(from, to) {
        if (!taken) renameSync(drop.path('out', 'a.edi'), drop.path('out', 'a.edi.theirs'))
        taken = true
        return place.endpoint.rename(from, to)
      },
    }
    const result = await drop.pull({ include: ['*.edi'], claim }, {}, race)
    expect(names(result.taken)).toEqual(['b.edi'])
    expect(result.skipped).toMatchObject([{ name: 'a.edi', reason: expect.stringContaining('someone else') }])
  })

  it('never overwrites an earlier file of the name that is claimed still', async () => {
    drop.put('a.edi.matchbook', 'yesterday')
    drop.put('a.edi', 'today', 1_700_000_100)
    const first = await drop.pull({ include: ['*.edi'], claim })
    expect(first.skipped).toMatchObject([{ name: 'a.edi', reason: expect.stringContaining('an earlier file') }])
    const second = await drop.pull({ include: ['*.edi'], claim })
    expect([...first.taken, ...second.taken].map(archived)).toEqual(['yesterday', 'today'])
    expect(drop.files('done')).toHaveLength(2)
  })

  it('gives back the name of one that is not whole, for its sender to finish', async () => {
    drop.put('a.edi', 'ISA*00*')
    const first = await drop.pull({ include: ['*.edi'], claim, complete: 'x12' })
    expect(first.skipped).toMatchObject([{ name: 'a.edi', reason: expect.stringContaining('IEA') }])
    expect(drop.files()).toEqual(['a.edi'])
    drop.put('a.edi', 'ISA*00*~IEA*1*000000001~', 1_700_000_100)
    expect(names((await drop.pull({ include: ['*.edi'], claim, complete: 'x12' })).taken)).toEqual(['a.edi'])
  })

  it('renames nothing where files are left, as in a dry run', async () => {
    drop.put('a.edi')
    expect(names((await drop.pull({ include: ['*.edi'], claim, after: 'leave' })).taken)).toEqual(['a.edi'])
    expect(drop.files()).toEqual(['a.edi'])
  })

  it('refuses a name that would become too long, and takes the others', async () => {
    const long = `${'n'.repeat(251)}.edi`
    for (const name of [long, 'a.edi']) drop.put(name, name.slice(-10))
    const result = await drop.pull({ include: ['*.edi'], claim })
    expect(names(result.taken)).toEqual(['a.edi'])
    expect(result.skipped).toMatchObject([{ name: long, reason: expect.stringContaining('too long') }])
  })
})
