import { describe, expect, it } from 'vitest'
import { writeDocument } from '../../src/documents/index.js'
import fc from '../properties.js'
import { readSet, readShipNotice } from './read-set.js'

const BSN = 'BSN*00*SHP-1*20261119*1612*0001'
const ITEM = ['LIN*1*VP*CM-4410', 'SN1*1*10*BX']
const placesOf = async (...segments: readonly string[]) =>
  (await readShipNotice(BSN, ...segments)).items.map(({ hl, inOrder, inPack }) => [hl, inOrder, inPack])
const findingsOf = async (...segments: readonly string[]) => {
  const { documents, findings } = await readSet('856', BSN, ...segments)
  return {
    read: documents.length,
    findings: findings.map(({ standardCode, segment, element, value }) => [standardCode, segment, element, value]),
  }
}

describe('an item of an 856 knows its order and its package', () => {
  it('in cartons of an order', async () => {
    expect(await placesOf('HL*1**S', 'HL*2*1*O', 'PRF*A', 'HL*3*2*P', 'HL*4*3*I', ...ITEM)).toEqual([[4, 2, 3]])
  })

  it('without any package', async () => {
    expect(await placesOf('HL*1**S', 'HL*2*1*O', 'HL*3*2*I', 'HL*4*1*O', 'HL*5*4*I')).toEqual([
      [3, 2, undefined],
      [5, 4, undefined],
    ])
  })

  it('in the carton, not on the pallet under it', async () => {
    expect(await placesOf('HL*1**S', 'HL*2*1*O', 'HL*3*2*T', 'HL*4*3*P', 'HL*5*4*I')).toEqual([[5, 2, 4]])
  })

  it('on a pallet that holds several orders', async () => {
    expect(await placesOf('HL*1**S', 'HL*2*1*T', 'HL*3*2*O', 'HL*4*3*I', 'HL*5*2*O', 'HL*6*5*I')).toEqual([
      [4, 3, 2],
      [6, 5, 2],
    ])
  })

  it('in packages below it, which name it as their parent', async () => {
    const { items, packs } = await readShipNotice(
      BSN,
      'HL*1**S',
      'HL*2*1*O',
      'HL*3*2*I',
      ...ITEM,
      'HL*4*3*P',
      'HL*5*3*P',
    )
    expect(items).toMatchObject([{ hl: 3, inOrder: 2 }])
    expect(packs.map(({ parent }) => parent)).toEqual([3, 3])
  })

  it('where the shipment itself names the order', async () => {
    expect(await placesOf('HL*1**S', 'PRF*A', 'HL*2*1*I', ...ITEM)).toEqual([[2, 1, undefined]])
  })

  it('with its levels written one kind after the other', async () => {
    expect(await placesOf('HL*1**S', 'HL*2*1*O', 'HL*3*1*O', 'HL*4*2*I', 'HL*5*3*I')).toEqual([
      [4, 2, undefined],
      [5, 3, undefined],
    ])
  })
})

describe('what an 856 ships', () => {
  it('has all lots and serial numbers of an item, those of its LIN first, and the day it expires', async () => {
    const { items } = await readShipNotice(
      BSN,
      'HL*1**S',
      'HL*2*1*I',
      'LIN*1*UK*10812345678907*LT*L1*SN*S1',
      'SN1**3*EA',
      'REF*LT*L2',
      'REF*SE*S2',
      'REF*SE*S1',
      'REF*SE*S3',
      'DTM*036*20280131',
      'DTM*036*20290131',
    )
    expect(items[0]).toMatchObject({
      lots: ['L1', 'L2'],
      serials: ['S1', 'S2', 'S3'],
      expires: '2028-01-31',
      dates: [{ qualifier: '036', date: '2029-01-31' }],
    })
  })

  it('says what was ordered, what was shipped so far, and its status', async () => {
    const { items } = await readShipNotice(BSN, 'HL*1**S', 'HL*2*1*I', 'LIN*1*VP*A', 'SN1*1*6*BX*6*10*BX**IB')
    expect(items[0]?.shipped).toEqual({
      quantity: '6',
      uom: 'BX',
      shippedToDate: '6',
      ordered: '10',
      orderedUom: 'BX',
      status: 'IB',
    })
  })

  it('a REF or DTM of a carton is no lot of the item', async () => {
    const { packs } = await readShipNotice(BSN, 'HL*1**S', 'HL*2*1*P', 'REF*LT*L1', 'DTM*036*20280131')
    expect(packs[0]).toMatchObject({ references: { LT: 'L1' }, dates: [{ qualifier: '036', date: '2028-01-31' }] })
  })

  it('a party takes what stands behind its N1, not the level', async () => {
    const { shipments } = await readShipNotice(
      BSN,
      'HL*1**S',
      'REF*BM*B1',
      'N1*ST*EAST*92*7',
      'N4*DAYTON*OH',
      'REF*DP*ICU',
    )
    expect(shipments[0]).toMatchObject({ references: { BM: 'B1' }, parties: [{ references: { DP: 'ICU' } }] })
  })

  it('two marks in one MAN, of which an SSCC is checked', async () => {
    const { packs } = await readShipNotice(BSN, 'HL*1**S', 'HL*2*1*P', 'MAN*GM*00008123450000004113**CP*T-1*T-3')
    expect(packs[0]?.marks).toEqual([
      { type: 'GM', value: '00008123450000004113', ssccValid: true },
      { type: 'CP', value: 'T-1', to: 'T-3' },
    ])
  })

  it.each([
    ['000081234500000041130', false],
    ['008123450000004114', false],
    ['008123450000004113', true],
    ['00812345000000411X', false],
  ])('the SSCC %s: %s', async (sscc, valid) => {
    const { packs } = await readShipNotice(BSN, 'HL*1**S', 'HL*2*1*P', `MAN*GM*${sscc}`)
    expect(packs[0]?.marks?.[0]?.ssccValid).toBe(valid)
  })

  it('a count that is wrong is kept as unread', async () => {
    const levels = ['HL*1**S', 'HL*2*1*I', ...ITEM]
    expect((await readShipNotice(BSN, ...levels, 'CTT*2*10')).unmapped).toEqual([])
    expect((await readShipNotice(BSN, ...levels, 'CTT*1*10.0')).unmapped).toEqual([])
    expect((await readShipNotice(BSN, ...levels, 'CTT*3*10')).unmapped).toHaveLength(1)
    expect((await readShipNotice(BSN, ...levels, 'CTT*2*11')).unmapped).toHaveLength(1)
  })
})

describe('the HLs of an 856 that are numbered wrongly', () => {
  it('are told and read where it is certain to what each level belongs', async () => {
    expect(await findingsOf('HL*1**S*0', 'HL*3*1*O*1', 'HL*4*3*I*1')).toEqual({
      read: 1,
      findings: [
        ['AK403:7', 'HL', 4, '0'],
        ['AK403:7', 'HL', 1, '3'],
        ['AK403:7', 'HL', 4, '1'],
      ],
    })
    expect(await findingsOf('HL*1**S', 'HL*2*3*I', 'HL*3*1*O')).toEqual({
      read: 1,
      findings: [['AK403:7', 'HL', 2, '3']],
    })
    expect(await findingsOf('HL*1**S', 'HL***O')).toEqual({
      read: 1,
      findings: [
        ['AK403:1', 'HL', 1, undefined],
        ['AK403:2', 'HL', 2, undefined],
      ],
    })
  })

  it('with a number given twice belong to the nearest level before them', async () => {
    const { documents } = await readSet('856', BSN, 'HL*1**S', 'HL*2*1*O', 'PRF*A', 'HL*2*1*O', 'PRF*B', 'HL*3*2*I')
    expect(documents).toMatchObject([{ items: [{ inOrder: 3 }] }])
  })

  it('are not read where a parent does not exist', async () => {
    expect(await findingsOf('HL*1**S', 'HL*2*9*O')).toEqual({ read: 0, findings: [['AK403:7', 'HL', 2, '9']] })
  })

  it('are not read where the parents go round in a circle, which is told once', async () => {
    const { read, findings } = await findingsOf('HL*1**S', 'HL*2*4*O', 'HL*3*2*P', 'HL*4*3*I', 'HL*5*5*I')
    expect(read).toBe(0)
    expect(findings.filter(([code, , element]) => code === 'AK403:7' && element === 2)).toEqual([
      ['AK403:7', 'HL', 2, '4'],
      ['AK403:7', 'HL', 2, '5'],
    ])
  })

  it('take no neighbour along, and name file positions', async () => {
    const { findings } = await readSet('856', BSN, 'HL*1**S', 'HL*2*9*O')
    expect(findings).toMatchObject([
      { message: 'HL02: the parent "9" is no HL01 of this transaction set', span: { byteLength: 8 } },
    ])
  })

  it('with leading zeros are the same numbers', async () => {
    expect((await readShipNotice(BSN, 'HL*001**S', 'HL*002*1*O', 'HL*3*02*I')).items).toMatchObject([{ inOrder: 2 }])
  })

  it('in a chain of many thousand levels are read all the same', async () => {
    const chain = Array.from({ length: 20_000 }, (_, n) => `HL*${n + 2}*${n + 1}*P`)
    const notice = await readShipNotice(BSN, 'HL*1**S', ...chain, 'HL*20002*20001*I')
    expect(notice.items).toMatchObject([{ inPack: 20_001 }])
    expect(notice.items[0]).not.toHaveProperty('inOrder')
  })
})

describe('HLs of any numbers at all', () => {
  const number = fc.constantFrom('', '1', '2', '3', '4', '5', '02', 'X')
  const level = fc.record({ number, parent: number, code: fc.constantFrom('S', 'O', 'P', 'I') })

  it('are read if and only if each way up ends at a level without parent', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(level, { minLength: 1, maxLength: 7 }), async (levels) => {
        const same = (a: string, b: string) => a.replace(/^0/, '') === b.replace(/^0/, '')
        const parentOf = (index: number): number => {
          const named = (other: { number: string }) => same(other.number, levels[index]?.parent ?? '')
          const before = levels.slice(0, index).findLastIndex(named)
          return before >= 0 ? before : levels.findIndex(named)
        }
        const ends = (index: number, steps = 0): boolean =>
          steps <= levels.length &&
          (levels[index]?.parent === '' || (parentOf(index) >= 0 && ends(parentOf(index), steps + 1)))
        const { documents, findings } = await readSet(
          '856',
          BSN,
          ...levels.map(({ number, parent, code }) => `HL*${number}*${parent}*${code}`),
        )
        expect(documents).toHaveLength(levels.every((_, index) => ends(index)) ? 1 : 0)
        if (documents.length === 0) expect(findings.length).toBeGreaterThan(0)
      }),
      { numRuns: 300 },
    )
  })
})

describe('an 856 that cannot be written', () => {
  const refusal = (message: string) =>
    expect.objectContaining({ code: 'X12-WRITE', message: expect.stringContaining(message) })

  it('has levels that are not counted from 1', async () => {
    const notice = await readShipNotice(BSN, 'HL*1**S', 'HL*2*1*I')
    expect(() => writeDocument({ ...notice, shipments: [] })).toThrow(refusal('level 2 stands where level 1 should'))
  })

  it('has a level before its parent', async () => {
    const notice = await readShipNotice(BSN, 'HL*1**S', 'HL*2*1*I')
    const shipments = notice.shipments.map((each) => ({ ...each, parent: 2 }))
    expect(() => writeDocument({ ...notice, shipments })).toThrow(refusal('level 1 must stand behind its parent 2'))
  })

  it('describes a part: that would be read as said of the whole', async () => {
    const notice = await readShipNotice(BSN, 'HL*1**S', 'HL*2*1*I', 'LIN*1*VP*KIT', 'SN1*1*1*EA', 'SLN*1**I*1*EA')
    const items = notice.items.map((item) => ({
      ...item,
      components: (item.components ?? []).map((each) => ({ ...each, description: 'CATHETER' })),
    }))
    expect(() => writeDocument({ ...notice, items })).toThrow(refusal('no place for segment PID behind SLN*1'))
  })
})

describe('what an 856 lacks', () => {
  it.each([
    ['BSN', ['HL*1**S']],
    ['HL', [BSN, 'CTT*0']],
  ])('its %s: it is not read', async (id, segments) => {
    const { documents, findings } = await readSet('856', ...segments)
    expect(documents).toEqual([])
    expect(findings).toMatchObject([{ standardCode: 'AK304:3', segment: id }])
  })

  it('a quantity shipped: it is not read', async () => {
    expect(await findingsOf('HL*1**S', 'HL*2*1*I', 'LIN*1*VP*A', 'SN1*1**EA')).toEqual({
      read: 0,
      findings: [['AK403:1', 'SN1', 2, undefined]],
    })
  })
})
