import { describe, expect, test } from 'vitest'
import { found, short } from './checked.js'

const order = (...lines: string[]) => ['BEG*00*SA*4500017**20261101', ...lines, 'CTT*1']
const line = 'PO1*1*10*EA*24.5*PE*VN*A-1'
const shortened = async (version: string, set: string, segments: readonly string[]) =>
  (await found(version, set, segments)).map(short)

describe('segments of a transaction set', () => {
  test('a plain order is as it should be', async () => {
    expect(await shortened('004010', '850', order(line))).toEqual([])
  })

  test.each([
    ['an id that no segment has (1)', ['AK304:1 XQZ @3'], '850', order('XQZ*1', line)],
    ['a segment of another set (6)', ['AK304:6 TDS @4'], '850', order(line, 'TDS*100')],
    ['a segment of a set that we hold no guide for (6)', ['AK304:6 W05 @4'], '850', order(line, 'W05*N*1')],
    [
      'a line status outside of a line (2)',
      ['AK304:2 ACK @3'],
      '855',
      ['BAK*00*AD*1*20261101', 'ACK*IA', line, 'CTT*1'],
    ],
    ['the segment a set begins with is missing (3)', ['AK304:3 BEG @2'], '850', [line, 'CTT*1']],
    ['an order without a line (3)', ['AK304:3 PO1 @3'], '850', order()],
    ['the currency twice (5)', ['AK304:5 CUR @4'], '850', order('CUR*BY*USD', 'CUR*BY*CAD', line)],
    [
      'the totals of a ship notice before its levels: what is out of place is the CTT (7)',
      ['AK304:7 CTT @3'],
      '856',
      ['BSN*00*SHP1*20261101*0800', 'CTT*2', 'HL*1**S', 'HL*2*1*O', 'PRF*1'],
    ],
    [
      'the shipment summary of an invoice before its total (7)',
      ['AK304:7 ISS @4'],
      '810',
      ['BIG*20261101*1', 'IT1*1*1*EA*1', 'ISS*1*CA', 'TDS*100', 'CTT*1'],
    ],
    [
      'lines behind the total, once for all of them (7)',
      ['AK304:7 IT1 @4'],
      '810',
      ['BIG*20261101*1', 'TDS*200', 'IT1*1*1*EA*1', 'PID*F****A', 'IT1*2*1*EA*1', 'PID*F****B', 'CTT*2'],
    ],
    [
      'a total that comes too late and a segment that never comes (3, 7)',
      ['AK304:3 LQ @4', 'AK304:7 AMT @4'],
      '810',
      ['BIG*20261101*1', 'LM*UI', 'AMT*1*5', 'TDS*100'],
    ],
    ['the currency behind the references (7)', ['AK304:7 CUR @4'], '850', order('REF*DP*1', 'CUR*BY*USD', line)],
  ])('%s is told', async (_, expected, set, segments) => {
    expect(await shortened('004010', set, segments)).toEqual(expected)
  })

  test.each([
    ['a line status within its line', '855', ['BAK*00*AD*1*20261101', line, 'ACK*IA', 'CTT*1']],
    ['the currency once, before the references', '850', order('CUR*BY*USD', 'REF*DP*1', line)],
    ['the total of an invoice', '810', ['BIG*20261101*1', 'TDS*100']],
  ])('%s is right', async (_, set, segments) => {
    expect(await shortened('004010', set, segments)).toEqual([])
  })

  test('a loop may come as often as the table says, and not once more (4)', async () => {
    const parties = (count: number) => Array.from({ length: count }, (_, i) => `N1*ST*WARD ${i}`)
    const advice = (count: number) => ['BIA*00*DD*1*20261101', ...parties(count), 'LIN**VN*A-1', 'CTT*1']
    expect(await shortened('004010', '846', advice(5))).toEqual([])
    expect(await shortened('004010', '846', advice(6))).toEqual(['AK304:4 N1 @8'])
  })

  test('segments of a loop are looked for in the innermost loop that can take them', async () => {
    const invoice = [
      'BIG*20261101*1',
      'N1*ST*WARD',
      'REF*DP*1',
      'IT1*1*1*EA*1**VN*A-1',
      'PID*F****GLOVE',
      'TDS*100',
      'CTT*1',
    ]
    expect(await shortened('004010', '810', invoice)).toEqual([])
  })

  test('a run of the same segment out of its sequence is told once, and what follows is not at fault', async () => {
    const late = order('PID*F****GLOVES', 'REF*DP*1', 'REF*VR*2', 'REF*CO*3', 'MEA**WT*1*LB', line)
    expect(await shortened('004010', '850', late)).toEqual(['AK304:7 REF @4'])
  })

  test('a party that comes too late does not put its address at fault', async () => {
    const invoice = [
      'BIG*20261101*1',
      'ITD*01*3',
      'N1*RI*SUPPLIER',
      'N3*1 STREET',
      'N4*LYON',
      'DTM*011*20261101',
      'TDS*100',
    ]
    expect(await shortened('004010', '810', invoice)).toEqual(['AK304:7 N1 @4'])
  })

  test('a loop entered without the segment that opens it is one mistake', async () => {
    const answer = ['BAK*00*AD*1*20261101', 'PO4*1', 'ACK*IA', 'DTM*017*20261105', line, 'ACK*IA', 'CTT*1']
    expect(await shortened('004010', '855', answer)).toEqual(['AK304:2 PO4 @3'])
    const [finding] = await found('004010', '855', answer)
    expect(finding?.message).toBe('PO4 is not expected here: it belongs in loop PO1, which is not open')
  })

  test('levels of a ship notice come one after the other', async () => {
    const levels = [
      'HL*1**S',
      'TD5**2*UPSN',
      'HL*2*1*O',
      'PRF*4500017',
      'HL*3*2*P',
      'MAN*GM*00123',
      'HL*4*3*I',
      'LIN**VN*A-1',
    ]
    const notice = [...['BSN*00*10*20261101*0800', ...levels], 'SN1**10*EA', 'CTT*4']
    expect(await shortened('004010', '856', notice)).toEqual([])
    const jumbled = ['BSN*00*10*20261101*0800', 'HL*1**S', 'N1*ST*WARD', 'TD5**2*UPSN', 'HL*2*1*O', 'PRF*4500017']
    expect(await shortened('004010', '856', jumbled)).toEqual(['AK304:7 TD5 @5'])
  })

  describe('loops between LS and LE', () => {
    const bounded = (...inside: string[]) => order(line, ...inside)

    test('are right as a whole', async () => {
      expect(await shortened('004010', '850', bounded('LS*LDT', 'LDT*AF*3*DA', 'QTY*01*5', 'LE*LDT'))).toEqual([])
    })

    test('want LE, and with the name of their LS', async () => {
      expect(await shortened('004010', '850', bounded('LS*LDT', 'LDT*AF*3*DA'))).toEqual(['AK304:3 LE @6'])
      expect(await shortened('004010', '850', bounded('LS*LDT', 'LDT*AF*3*DA', 'LE*REF'))).toEqual(['AK403:7 LE01 @6'])
    })

    test('are called by LS01 in findings', async () => {
      const [finding] = await found('004010', '850', bounded('LS*2000', 'LDT*AF*3*DA', 'QTY*01', 'LE*2000'))
      expect(finding).toMatchObject({ standardCode: 'AK403:2', segment: 'QTY', loop: '2000' })
    })
  })

  test('a finding says where it is, what stands there and what would be right', async () => {
    const segments = order('REF*DP*1', line.replace('EA', 'QQ'))
    const [finding, ...others] = await found('004010', '850', segments)
    expect(others).toEqual([])
    expect(finding).toMatchObject({
      code: 'X12-SYNTAX',
      standardCode: 'AK403:7',
      scope: 'transaction',
      segment: 'PO1',
      element: 3,
      dataElement: '355',
      segmentPosition: 4,
      loop: 'PO1',
      value: 'QQ',
      expected: 'a code of data element 355',
      message: 'PO103: the unit of measure "QQ" is no code of data element 355',
      line: 6,
      byteLength: segments[2]?.length,
    })
  })

  test('segments that 005010 has no more are told, and those it brought are right', async () => {
    const note = (text: string) => order('N9*L1*NOTE', text, line)
    expect(await shortened('004010', '850', note('MSG*handle with care'))).toEqual([])
    expect(await shortened('005010', '850', note('MTX**handle with care'))).toEqual([])
    expect(await shortened('005010', '850', note('MSG*handle with care'))).toEqual(['AK304:6 MSG @4'])
  })

  test('acknowledgments of both kinds are held to their tables', async () => {
    const body = (trailer: string) => ['AK1*PO*1', 'AK2*850*0001', trailer, 'AK9*A*1*1*1']
    expect(await shortened('004010', '997', body('AK5*A'))).toEqual([])
    expect(await shortened('005010X231A1', '999', body('IK5*A'))).toEqual([])
    expect(await shortened('004010', '997', body('IK5*A'))).toEqual(['AK304:1 IK5 @4', 'AK304:3 AK5 @5'])
    expect(await shortened('005010', '999', body('AK5*A'))).toEqual(['AK304:6 AK5 @4', 'AK304:3 IK5 @5'])
    const errors = [
      'AK1*PO*1',
      'AK2*850*0001',
      'IK3*PO1*4**8',
      'CTX*BEG03>4500017',
      'IK4*3*355*I6*QQ',
      'IK5*E*5',
      'AK9*E*1*1*1',
    ]
    expect(await shortened('005010', '999', errors)).toEqual([])
    expect(await shortened('005010', '999', errors.with(4, 'IK4*3*355*11*QQ'))).toEqual(['AK403:7 IK403 @6'])
  })
})
