import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { PartnerGuide } from '../../../src/config/partner-guide.js'
import { CodeList } from '../../../src/formats/x12/guide/code-list.js'
import {
  applyPartnerGuide,
  describeGuide,
  guidesHeld,
  loadGuide,
  partnerGuideMistakes,
} from '../../../src/formats/x12/index.js'
import { found, guideFor, short } from './checked.js'

const sets = ['810', '820', '824', '832', '846', '850', '855', '856', '860', '864', '865', '997', 'TA1']

describe('guides held', () => {
  test('are those of every set in both versions, the 999 in 005010 only', () => {
    const held = guidesHeld().map(({ version, set }) => `${version} ${set}`)
    const expected = [...sets.map((set) => `004010 ${set}`), ...sets.map((set) => `005010 ${set}`), '005010 999']
    expect(held.toSorted()).toEqual(expected.toSorted())
  })

  test.each(guidesHeld())(
    '$set in $version: every segment has its elements, and codes are within their length',
    async ({ version, set }) => {
      const guide = await guideFor(version, set)
      expect(guide).toMatchObject({ set, version, requestedVersion: version, lenient: false })
      expect(guide.ids.size).toBeGreaterThan(0)
      const wrong: string[] = []
      for (const { id, elements, conditions } of guide.segments.values()) {
        const beyond = (position: number) => position < 1 || position > elements.length || position > 31
        const odd = conditions.filter((condition) => condition.elements.length < 2 || condition.elements.some(beyond))
        wrong.push(...odd.map(({ kind }) => `a condition ${kind} of ${id}`))
        if (elements.length === 0) wrong.push(`${id} has no elements`)
        for (const { number, min, max, codes = [] } of elements) {
          if (!(min <= max)) wrong.push(`the length of ${number}`)
          for (const { length } of codes) if (length < min || length > max) wrong.push(`a code of ${number}`)
        }
      }
      expect(wrong).toEqual([])
    },
  )

  test('of industry versions are those of the standard', async () => {
    expect(await loadGuide('004010VICS', '850')).toMatchObject({ version: '004010', lenient: false })
    expect(await loadGuide('005010X231A1', '999')).toMatchObject({ version: '005010', lenient: false })
  })

  test('of versions that are written short are those of the standard too', async () => {
    expect(await loadGuide('4010', '850')).toMatchObject({ version: '004010', lenient: false })
    expect(await loadGuide('00501', '850')).toMatchObject({ version: '005010', lenient: false })
    expect(await loadGuide('VICS', '850')).toMatchObject({ version: '004010', lenient: true })
  })

  test('before 004010 take dates of six digits and the century in a DTM; behind it they do not', async () => {
    const invoice = ['BIG*981014*1', 'DTM*011*981012***19', 'TDS*100', 'CTT*0']
    const shortened = async (version: string) => (await found(version, '810', invoice)).map(short)
    expect(await shortened('003040')).toEqual([])
    expect(await shortened('003060')).toEqual([])
    expect(await shortened('004030')).toEqual(['AK403:4 BIG01 @2', 'AK403:4 DTM02 @3', 'AK403:2 DTM06 @3'])
  })

  test('of a neighbouring version do not count how often a segment comes, but of those that come once in all', async () => {
    const order = (...lines: string[]) => ['BEG*00*SA*1**20261101', ...lines, 'PO1**1*EA', 'CTT*1']
    const twice = ['CUR*BY*USD', 'CUR*BY*CAD']
    expect((await found('004010', '850', order(...twice))).map(short)).toEqual(['AK304:5 CUR @4'])
    expect(await found('004030', '850', order(...twice))).toEqual([])
    expect((await found('004030', '850', ['BEG*00*SA*1**20261101', ...order()])).map(short)).toEqual(['AK304:5 BEG @3'])
  })

  test.each([
    ['003040', '004010'],
    ['004030', '004010'],
    ['004060', '005010'],
    ['006020', '005010'],
    ['004010', '005010', '999'],
  ])('of version %s are those of %s, and lenient', async (asked, version, set = '850') => {
    expect(await loadGuide(asked, set)).toMatchObject({ version, requestedVersion: asked, lenient: true })
  })

  test('of other sets are not there', async () => {
    expect(await loadGuide('004010', '840')).toBeUndefined()
    expect(await loadGuide('004010', 'toString')).toBeUndefined()
  })

  test('of a neighbouring version let pass what it may have brought, and nothing that no version has', async () => {
    const order = (...lines: string[]) => [
      'BEG*00*SA*4500017**20261101',
      ...lines,
      'PO1**1*QQ',
      'CTT*1*2*3*EA*4*EA*x*new',
    ]
    const lenient = async (...lines: string[]) => (await found('004030', '850', order(...lines))).map(short)
    const reference = `REF*0Z*${'9'.repeat(50)}`
    expect((await found('004010', '850', order(reference))).map(short)).toHaveLength(4)
    expect(await lenient(reference, 'XQZ*1', 'TDS*100')).toEqual([])
    expect(await lenient('REF*DP', 'DTM*002*20260229')).toEqual(['AK403:2 REF02 @3', 'AK403:8 DTM02 @4'])
  })

  test('before 004010 dates have six digits', async () => {
    const order = (date: string) => ['BEG*00*SA*4500017**941101', `DTM*002*${date}`, 'PO1**1*EA', 'CTT*1']
    expect((await found('003040', '850', order('941130'))).map(short)).toEqual([])
    expect((await found('003040', '850', order('941131'))).map(short)).toEqual(['AK403:8 DTM02 @3'])
  })

  test('before 003030 a remittance (820) begins with BPS and lists what is paid by RMT', async () => {
    const paid = ['LS*R', 'N1*LI*WARD', 'RMT*IV*INV-1*90*100***10', 'DTM*011*910215', 'RMT*IV*INV-2*40', 'LE*R']
    const remittance = (...first: string[]) => [...first, 'N1*SU*CARDEN', ...paid]
    const of = async (version: string, ...first: string[]) =>
      (await found(version, '820', remittance(...first))).map(short)
    const bps = 'BPS*PBC*130*I********1234567*910301'
    expect(await of('003010', bps)).toEqual([])
    expect(await of('003010', bps.replace('130', ''))).toEqual(['AK403:1 BPS02 @2'])
    expect(await of('003010', bps.replace('910301', '910231'))).toEqual(['AK403:8 BPS12 @2'])
    expect(await of('003040', bps)).toEqual(['AK304:3 BPR @3'])
  })

  test('before 003030 a remittance may be written as later ones are', async () => {
    const later = ['BPR*C*130*C*ACH', 'ENT*1', 'RMR*IV*INV-1**130']
    expect(await found('003020', '820', later)).toEqual([])
  })

  test('are described as a table, loops indented', async () => {
    const lines = describeGuide(await guideFor('004010', '997'))
    expect(
      lines.map(({ id, depth, max, mandatory }) => `${'  '.repeat(depth)}${id} ${mandatory ? 'M' : 'O'} ${max ?? '*'}`),
    ).toEqual(['ST M 1', 'AK1 M 1', '  AK2 O *', '    AK3 O *', '    AK4 O 99', '  AK5 M 1', 'AK9 M 1', 'SE M 1'])
  })

  test('lists of codes may be written short', () => {
    expect([...new CodeList('A[0-2X] 0[12][9A] ZZ')]).toEqual([
      'A0',
      'A1',
      'A2',
      'AX',
      '019',
      '01A',
      '029',
      '02A',
      'ZZ',
    ])
  })
})

describe("a partner's guide", () => {
  const order = (...lines: string[]) => ['BEG*00*SA*4500017**20261101', ...lines, 'CTT*1']
  const line = 'PO1*1*10*EA*24.5*PE*VN*A-1'

  async function against(segments: PartnerGuide['segments'], lines: string[], version = '004010'): Promise<string[]> {
    const partnerGuide = PartnerGuide.parse({ set: '850', segments })
    const guide = applyPartnerGuide(await guideFor(version, '850'), partnerGuide, 'Carden')
    return (await found(version, '850', order(...lines), guide)).map(short)
  }

  test.each<[string, PartnerGuide['segments'], string[], string[], string[]]>([
    ['asks for a segment', { 'ST/CUR': { required: true } }, [line], ['AK304:3 CUR @3'], ['CUR*BY*USD', line]],
    ['does without a segment', { CTT: { required: false } }, [line], [], [line]],
    ['does not use a segment', { FOB: { used: false } }, ['FOB*PP', line], ['AK304:2 FOB @3'], [line]],
    [
      'limits how often',
      { REF: { 'max-uses': 1 } },
      ['REF*DP*1', 'REF*VR*2', line],
      ['AK304:5 REF @4'],
      ['REF*DP*1', line],
    ],
    [
      'asks for a qualifier',
      { 'ST/REF': { 'must-occur-with': ['DP'] } },
      ['REF*VR*1', line],
      ['AK304:3 REF @4'],
      ['REF*VR*1', 'REF*DP*1', line],
    ],
    [
      'asks for a product qualifier',
      { PO1: { 'must-carry': ['UP', 'UK'] } },
      [line],
      ['AK403:2 PO101 @3'],
      [`${line}*UP*0123`],
    ],
    [
      'asks for an element',
      { PO1: { elements: { '01': { required: true } } } },
      ['PO1**10*EA*24.5'],
      ['AK403:1 PO101 @3'],
      [line],
    ],
    [
      'does not use an element',
      { PO1: { elements: { '05': { used: false } } } },
      [line],
      ['AK403:10 PO105 @3'],
      ['PO1*1*10*EA*24.5'],
    ],
    [
      'allows some codes',
      { PO1: { elements: { '03': { codes: ['BX', 'CA'] } } } },
      [line],
      ['AK403:7 PO103 @3'],
      ['PO1*1*10*BX*24.5'],
    ],
    ['shortens an element', { BEG: { elements: { '03': { 'max-length': 6 } } } }, [line], ['AK403:5 BEG03 @2'], []],
    ['wants an element longer', { BEG: { elements: { '03': { 'min-length': 9 } } } }, [line], ['AK403:4 BEG03 @2'], []],
  ])('%s', async (_, segments, wrong, expected, right) => {
    expect(await against(segments, wrong)).toEqual(expected)
    if (right.length > 0) expect(await against(segments, right)).toEqual([])
  })

  test('has codes of its own in 005010', async () => {
    expect(await against({ FOB: { used: false } }, ['FOB*PP', line], '005010')).toEqual(['AK304:I4 FOB @3'])
    const five = (rule: PartnerGuide['segments'][string]) => against({ PO1: rule }, [line], '005010')
    expect(await five({ elements: { '03': { codes: ['BX'] } } })).toEqual(['AK403:I6 PO103 @3'])
    expect(await five({ elements: { '05': { used: false } } })).toEqual(['AK403:I10 PO105 @3'])
    expect(await five({ 'must-carry': ['UP'] })).toEqual(['AK403:I9 PO101 @3'])
    const qualifier = { 'ST/REF': { 'must-occur-with': ['DP'] } }
    expect(await against(qualifier, [line], '005010')).toEqual(['AK304:I6 REF @3'])
  })

  test('holds where its path fits, and the longer path wins', async () => {
    const party = ['N1*ST*WARD', 'REF*DP*1', line, 'REF*DP*1', 'N1*ST*WARD', 'REF*DP*1']
    expect(await against({ REF: { used: false } }, party)).toEqual([
      'AK304:2 REF @4',
      'AK304:2 REF @6',
      'AK304:2 REF @8',
    ])
    expect(await against({ 'N1/REF': { used: false } }, party)).toEqual(['AK304:2 REF @4', 'AK304:2 REF @8'])
    expect(await against({ 'PO1/N1/REF': { used: false } }, party)).toEqual(['AK304:2 REF @8'])
    const both = {
      REF: { elements: { '01': { codes: ['VR'] } } },
      'PO1/REF': { elements: { '01': { codes: ['DP'] } } },
    }
    expect(await against(both, party)).toEqual(['AK403:7 REF01 @4', 'AK403:7 REF01 @8'])
  })

  test('is held strictly also where a neighbouring guide stands in for the version', async () => {
    const rules = { PO1: { elements: { '03': { codes: ['BX'] } } }, BEG: { elements: { '03': { 'max-length': 6 } } } }
    expect(await against(rules, [line], '004030')).toEqual(['AK403:5 BEG03 @2', 'AK403:7 PO103 @3'])
  })

  test('wants a qualifier in every line when it stands in the line', async () => {
    const lines = [line, 'REF*DP*1', line.replace('PO1*1', 'PO1*2')]
    expect(await against({ 'PO1/REF': { 'must-occur-with': ['DP'] } }, lines)).toEqual(['AK304:3 REF @6'])
  })

  test('is named in what it finds', async () => {
    const partnerGuide = PartnerGuide.parse({
      set: '850',
      segments: { PO1: { elements: { '03': { codes: ['BX', 'CA'] } } } },
    })
    const guide = applyPartnerGuide(await guideFor('004010', '850'), partnerGuide, 'Carden')
    const [finding] = await found('004010', '850', order(line), guide)
    expect(finding).toMatchObject({ value: 'EA', expected: 'one of BX, CA (Carden)' })
  })

  test('of another set or version changes nothing', async () => {
    const guide = await guideFor('004010', '850')
    const rules = { segments: { CUR: { required: true } } }
    expect(applyPartnerGuide(guide, PartnerGuide.parse({ set: '810', ...rules }), 'Carden')).toBe(guide)
    expect(applyPartnerGuide(guide, PartnerGuide.parse({ set: '850', version: '005010', ...rules }), 'Carden')).toBe(
      guide,
    )
    expect(
      applyPartnerGuide(guide, PartnerGuide.parse({ set: '850', version: '004010', ...rules }), 'Carden'),
    ).not.toBe(guide)
  })

  test('leaves the guide of the standard as it is', async () => {
    await against({ CUR: { required: true }, PO1: { elements: { '03': { codes: ['BX'] } } } }, [line])
    expect((await found('004010', '850', order(line))).map(short)).toEqual([])
  })

  test('that fits nothing is told to who wrote it', async () => {
    const guide = await guideFor('004010', '850')
    const segments = { TDS: {}, 'PO1/CUR': {}, 'N1/PO1': {}, CTT: { elements: { '08': { used: false } } } }
    expect(partnerGuideMistakes(guide, PartnerGuide.parse({ set: '850', segments }))).toEqual([
      'TDS is in no place of a 850 in 004010',
      'N1/PO1 is in no place of a 850 in 004010',
      'CTT has no element 08: CTT has 7',
    ])
  })

  test('as the documentation shows it fits the guide, and is broken by what it says', async () => {
    const text = readFileSync(path.join(import.meta.dirname, '../../../docs/x12-guides.md'), 'utf8')
    const example = PartnerGuide.parse(parse(/```yaml\n([^`]+)```/.exec(text)?.[1] ?? ''))
    const standard = await guideFor('004010', '850')
    expect(partnerGuideMistakes(standard, example)).toEqual([])
    const guide = applyPartnerGuide(standard, example, 'Carden')
    const right = ['REF*DP*1', 'N1*ST*WARD', 'N4*LYON**69001', 'PO1*1*10*EA*24.5**VN*A-1']
    expect((await found('004010', '850', order(...right), guide)).map(short)).toEqual([])
    const wrong = ['REF*VR*1', 'FOB*PP', 'N1*ST*WARD', 'N4*LYON', 'PO1**10*PK*24.5*PE*MG*A-1']
    expect((await found('004010', '850', order(...wrong), guide)).map(short)).toEqual([
      'AK304:3 REF @4',
      'AK304:2 FOB @4',
      'AK403:1 N403 @6',
      'AK403:1 PO101 @7',
      'AK403:7 PO103 @7',
      'AK403:10 PO105 @7',
      'AK403:2 PO101 @7',
    ])
  })

  test('is read strictly', () => {
    const wrong = { set: '850', segments: { PO1: { must_carry: ['UP'] } } }
    expect(PartnerGuide.safeParse(wrong).success).toBe(false)
    expect(PartnerGuide.safeParse({ set: '850', segments: { po1: {} } }).success).toBe(false)
    expect(PartnerGuide.safeParse({ set: '850', segments: { PO1: { elements: { '3': {} } } } }).success).toBe(false)
  })
})
