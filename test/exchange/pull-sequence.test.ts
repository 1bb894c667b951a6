import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Endpoint } from '../../src/exchange/index.js'
import { DropFixture, names, type Place, places } from './drop-fixture.js'

const sequence = 'PO_(\\d+)\\.edi'

describe.each(places)('files numbered by their sender, at %s', (_kind, start) => {
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

  it('are taken number after number, not by letters; what has no number does not wait', async () => {
    for (const name of ['PO_10.edi', 'PO_9.edi', 'PO_11.edi', 'README.txt']) drop.put(name)
    expect(names((await drop.pull({ sequence })).taken)).toEqual(['README.txt', 'PO_9.edi', 'PO_10.edi', 'PO_11.edi'])
  })

  it('wait where one is missing, and go on when it comes', async () => {
    drop.put('PO_0006.edi')
    await drop.pull({ sequence })
    for (const name of ['PO_0007.edi', 'PO_0010.edi', 'PO_0011.edi']) drop.put(name)
    const parked = await drop.pull({ sequence })
    expect(names(parked.taken)).toEqual(['PO_0007.edi'])
    expect(parked.skipped).toMatchObject([
      { name: 'PO_0010.edi', reason: 'waits its turn: PO_0008.edi to PO_0009.edi have not been taken' },
      { name: 'PO_0011.edi' },
    ])
    expect(Object.values(drop.ledger.missing)).toMatchObject([{ first: 8, last: 9, shownBy: 'PO_0010.edi' }])
    drop.put('PO_0009.edi')
    expect(names((await drop.pull({ sequence })).skipped)).toEqual(['PO_0009.edi', 'PO_0010.edi', 'PO_0011.edi'])
    drop.put('PO_0008.edi')
    const released = await drop.pull({ sequence })
    expect(names(released.taken)).toEqual(['PO_0008.edi', 'PO_0009.edi', 'PO_0010.edi', 'PO_0011.edi'])
    expect(released.skipped).toEqual([])
    expect(drop.files()).toEqual([])
  })

  it('wait no longer than the hours given; the one that then comes late is taken too', async () => {
    for (const name of ['PO_1.edi', 'PO_3.edi']) drop.put(name)
    expect(names((await drop.pull({ sequence, waitHours: 12 })).taken)).toEqual(['PO_1.edi'])
    drop.now = '2026-11-20T13:00:00.000Z'
    drop.put('PO_4.edi')
    expect((await drop.pull({ sequence, waitHours: 12 })).taken).toEqual([])
    drop.now = '2026-11-20T14:00:00.000Z'
    expect(names((await drop.pull({ sequence, waitHours: 12 })).taken)).toEqual(['PO_3.edi', 'PO_4.edi'])
    expect(Object.values(drop.ledger.missing)).toMatchObject([{ first: 2, last: 2 }])
    drop.put('PO_2.edi')
    drop.put('PO_5.edi')
    expect(names((await drop.pull({ sequence, waitHours: 12 })).taken)).toEqual(['PO_2.edi', 'PO_5.edi'])
    expect(drop.ledger.missing).toEqual({})
  })

  it('that have waited long enough take along those before them that came later', async () => {
    for (const name of ['PO_1.edi', 'PO_4.edi']) drop.put(name)
    await drop.pull({ sequence })
    drop.put('PO_3.edi')
    drop.now = '2026-11-21T02:00:00.000Z'
    expect(names((await drop.pull({ sequence })).taken)).toEqual(['PO_3.edi', 'PO_4.edi'])
  })

  it('never pass one that could not be read', async () => {
    for (const name of ['PO_1.edi', 'PO_2.edi', 'PO_3.edi']) drop.put(name)
    const refusing: Endpoint = {
      ...place.endpoint,
      get: (path, sink, from) => place.endpoint.get(path.replace('PO_2', 'gone'), sink, from),
    }
    const result = await drop.pull({ sequence }, {}, refusing)
    expect(names(result.taken)).toEqual(['PO_1.edi'])
    expect(result.failures).toMatchObject([{ name: 'PO_2.edi' }])
    expect(result.skipped).toMatchObject([
      { name: 'PO_3.edi', reason: expect.stringContaining('PO_2.edi has not been taken') },
    ])
    expect(names((await drop.pull({ sequence })).taken)).toEqual(['PO_2.edi', 'PO_3.edi'])
  })

  it('never pass one that is not whole yet', async () => {
    const iea = 'IEA*1*000000001~'
    drop.put('PO_1.edi', iea)
    drop.put('PO_2.edi', 'ISA*00*')
    drop.put('PO_3.edi', `x~${iea}`)
    const result = await drop.pull({ sequence, complete: 'x12' })
    expect(names(result.taken)).toEqual(['PO_1.edi'])
    expect(names(result.skipped)).toEqual(['PO_2.edi', 'PO_3.edi'])
  })

  it('are counted apart by what the pattern calls the stream', async () => {
    const pattern = '(?<stream>[A-Z]+)_(?<number>\\d+)\\.edi'
    for (const name of ['EAST_1.edi', 'WEST_7.edi']) drop.put(name)
    await drop.pull({ sequence: pattern })
    for (const name of ['EAST_2.edi', 'WEST_9.edi']) drop.put(name)
    const result = await drop.pull({ sequence: pattern })
    expect([names(result.taken), names(result.skipped)]).toEqual([['EAST_2.edi'], ['WEST_9.edi']])
  })

  it('start again after the highest number of their width', async () => {
    drop.put('PO_998.edi')
    await drop.pull({ sequence })
    drop.put('PO_999.edi')
    await drop.pull({ sequence })
    drop.put('PO_001.edi')
    expect(names((await drop.pull({ sequence })).taken)).toEqual(['PO_001.edi'])
    drop.put('PO_003.edi')
    expect(names((await drop.pull({ sequence })).skipped)).toEqual(['PO_003.edi'])
  })

  it('sent again under a number that has been are taken, and the stream stays where it is', async () => {
    for (const n of [1, 2, 3]) drop.put(`PO_${n}.edi`)
    await drop.pull({ sequence })
    drop.put('PO_1.edi', 'corrected', 1_700_000_900)
    drop.put('PO_4.edi')
    expect(names((await drop.pull({ sequence })).taken)).toEqual(['PO_1.edi', 'PO_4.edi'])
  })

  it('go on where they stood when we died between booking and counting', async () => {
    for (const n of [1, 2]) drop.put(`PO_${n}.edi`)
    const { ledger } = drop
    const took = ledger.streamTook.bind(ledger)
    ledger.streamTook = async () => Promise.reject(new Error('killed here'))
    await expect(drop.pull({ sequence })).rejects.toThrow('killed here')
    ledger.streamTook = took
    drop.put('PO_3.edi')
    const result = await drop.pull({ sequence })
    expect(names(ledger.files)).toEqual(['PO_1.edi', 'PO_2.edi', 'PO_3.edi'])
    expect([result.skipped, drop.files()]).toEqual([[], []])
  })
})
