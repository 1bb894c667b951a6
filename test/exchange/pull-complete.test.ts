import { rmSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Endpoint } from '../../src/exchange/index.js'
import { DropFixture, names, type Place, places } from './drop-fixture.js'

const iea = 'ISA*00*~IEA*1*000000001~'

describe.each(places)('how a file is known to be whole, at %s', (_kind, start) => {
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

  it('by its done-file: nothing without one is taken, and both go together', async () => {
    for (const name of ['PO_1.edi', 'PO_1.edi.done', 'PO_2.edi', 'PO_2.done', 'PO_3.edi', 'other.done']) drop.put(name)
    const result = await drop.pull({ done: '*.done' })
    expect(names(result.taken)).toEqual(['PO_1.edi', 'PO_2.edi'])
    expect(result.skipped).toMatchObject([
      { name: 'PO_3.edi', reason: expect.stringContaining('PO_3.edi.done or PO_3.done') },
    ])
    expect(result.failures).toEqual([])
    expect(drop.files()).toEqual(['PO_3.edi', 'other.done'])
    expect(drop.files('done')).toEqual(['PO_1.edi', 'PO_1.edi.done', 'PO_2.done', 'PO_2.edi'])
  })

  it('by its done-file, which has to be as new as the file: one left over from an earlier file says nothing', async () => {
    drop.put('PO.edi', 'first', 1_700_000_000)
    drop.put('PO.edi.done', '', 1_700_000_005)
    expect(names((await drop.pull({ done: '*.done', after: 'leave' })).taken)).toEqual(['PO.edi'])
    drop.put('PO.edi', 'sec', 1_700_090_000)
    const half = await drop.pull({ done: '*.done', after: 'leave' })
    expect(half.taken).toEqual([])
    expect(half.skipped).toMatchObject([{ name: 'PO.edi', reason: expect.stringContaining('older than the file') }])
    drop.put('PO.edi.done', '', 1_700_090_001)
    expect(names((await drop.pull({ done: '*.done', after: 'leave' })).taken)).toEqual(['PO.edi'])
  })

  it('by a done-file that two share: it goes when both are safe', async () => {
    for (const name of ['PO.hdr', 'PO.dtl', 'PO.done']) drop.put(name)
    const once: Endpoint = {
      ...place.endpoint,
      get: (path, sink, from) =>
        path.endsWith('PO.hdr') ? place.endpoint.get(`${path}.gone`, sink, from) : place.endpoint.get(path, sink, from),
    }
    const first = await drop.pull({ done: '*.done' }, {}, once)
    expect(names(first.taken)).toEqual(['PO.dtl'])
    expect(first.failures).toMatchObject([{ name: 'PO.hdr' }])
    expect(drop.files()).toEqual(['PO.done', 'PO.dtl', 'PO.hdr'])
    expect(names((await drop.pull({ done: '*.done' })).taken)).toEqual(['PO.hdr'])
    expect(drop.files()).toEqual([])
  })

  it('when it was taken and we died before the done-file went, the file still goes without it', async () => {
    drop.put('PO.edi')
    drop.put('PO.edi.done')
    const dying: Endpoint = {
      ...place.endpoint,
      rename: async (from, to) => {
        await place.endpoint.rename(from, to)
        throw new Error('killed here')
      },
    }
    await expect(drop.pull({ done: '*.done' }, {}, dying)).rejects.toThrow('killed here')
    const result = await drop.pull({ done: '*.done' })
    expect(result).toEqual({ taken: [], duplicates: [], skipped: [], failures: [] })
    expect(drop.files()).toEqual([])
    expect(drop.ledger.files).toHaveLength(1)
  })

  it('by its IEA, whatever time it takes to come', async () => {
    drop.put('whole.edi', iea)
    drop.put('half.edi', iea.slice(0, -4))
    const first = await drop.pull({ complete: 'x12' })
    expect(names(first.taken)).toEqual(['whole.edi'])
    expect(first.skipped).toMatchObject([{ name: 'half.edi', reason: expect.stringContaining('IEA') }])
    expect(drop.files()).toEqual(['half.edi'])
    drop.put('half.edi', iea.replace('ISA', 'ISB'), 1_700_000_500)
    expect(names((await drop.pull({ complete: 'x12' })).taken)).toEqual(['half.edi'])
  })

  it('by its trailer record', async () => {
    const trailer = { complete: { marker: 'TRL', delimiter: '|' } }
    drop.put('whole.txt', 'a|1\nb|2\nTRL|2|\r\n')
    drop.put('half.txt', 'a|1\nb|2\nTR')
    drop.put('data.txt', 'TRL|of another file\na|1\n')
    const first = await drop.pull({ include: ['*.txt'], ...trailer })
    expect(names(first.taken)).toEqual(['whole.txt'])
    expect(first.skipped.map(({ name }) => name).sort()).toEqual(['data.txt', 'half.txt'])
    expect(first.skipped[0]?.reason).toContain('a trailer record TRL')
    drop.put('half.txt', 'a|1\nb|2\nTRL|2', 1_700_000_500)
    expect(names((await drop.pull({ include: ['*.txt'], ...trailer })).taken)).toEqual(['half.txt'])
  })

  it.each([
    ['JSON', 'bracket', '[{"a": 1}]\r\n\x1a', '[{"a": 1},\n{"a'],
    ['a JSON object a line', 'bracket', '{"a": 1}\n{"a": 2}\n', '{"a": 1}\n{"a": '],
    ['XML', { root: 'Report_Data' }, '<wd:Report_Data><a/></wd:Report_Data >\n', '<wd:Report_Data><a></a>'],
    ['XML in UTF-16', { root: 'Data' }, '<\0D\0a\0t\0a\0>\0<\0/\0D\0a\0t\0a\0>\0', '<\0D\0a\0t\0a\0>\0<\0/\0D\0a\0t\0'],
    ['XML without a record', { root: 'Data' }, '<x:Data d="1" />', '<x:Data d="1" '],
  ] as const)('by what closes it: %s', async (_, closes, whole, half) => {
    drop.put('whole.txt', whole)
    drop.put('half.txt', half)
    const first = await drop.pull({ include: ['*.txt'], complete: { closes } })
    expect(names(first.taken)).toEqual(['whole.txt'])
    expect(first.skipped).toMatchObject([
      {
        name: 'half.txt',
        reason: expect.stringMatching(/does not end with (a closing bracket|the end of \w+): not whole/),
      },
    ])
  })

  it('or is taken broken after the hours given, for the reader to say what is wrong with it', async () => {
    drop.put('half.edi', 'ISA*00*')
    expect((await drop.pull({ complete: 'x12', waitHours: 24 })).taken).toEqual([])
    drop.now = '2026-11-21T01:59:59.000Z'
    expect((await drop.pull({ complete: 'x12', waitHours: 24 })).taken).toEqual([])
    drop.put('half.edi', 'ISA*00*more', 1_700_000_500)
    drop.now = '2026-11-21T02:00:00.000Z'
    expect((await drop.pull({ complete: 'x12', waitHours: 24 })).taken).toEqual([])
    drop.now = '2026-11-22T02:00:00.000Z'
    expect(names((await drop.pull({ complete: 'x12', waitHours: 24 })).taken)).toEqual(['half.edi'])
  })

  it('by lying still: a new one among many that were taken before is looked at by itself', async () => {
    for (let n = 0; n < 12; n += 1) drop.put(`old${n}.edi`)
    await drop.pull({ after: 'leave' })
    drop.put('new.edi', 'half')
    const growing: Endpoint = {
      ...place.endpoint,
      stat: async (path) => {
        drop.put('new.edi', 'half and half')
        return place.endpoint.stat(path)
      },
    }
    const result = await drop.pull({ after: 'leave', stableSeconds: 0.01 }, {}, growing)
    expect([names(result.taken), names(result.skipped)]).toEqual([[], ['new.edi']])
    expect(names((await drop.pull({ after: 'leave', stableSeconds: 0.01 })).taken)).toEqual(['new.edi'])
  })

  it('by lying still: what changes between two looks is left, in every folder', async () => {
    for (const name of ['a.edi', 'east/b.edi', 'east/c.edi']) drop.put(name)
    let looks = 0
    const growing: Endpoint = {
      ...place.endpoint,
      async list(folder) {
        if (folder.endsWith('east')) looks += 1
        if (folder.endsWith('east') && looks === 2) {
          drop.put('east/b.edi', 'more than before')
          rmSync(drop.path('out', 'east/c.edi'))
        }
        return place.endpoint.list(folder)
      },
    }
    const result = await drop.pull({ recursive: true, stableSeconds: 0.01 }, {}, growing)
    expect(names(result.taken)).toEqual(['a.edi'])
    expect(names(result.skipped)).toEqual(['east/b.edi', 'east/c.edi'])
  })
})
