import { describe, expect, test } from 'vitest'
import { found, short } from './checked.js'

/** An 850 with these segments in its header, and what is found in them. */
async function inHeader(segment: string, version = '004010'): Promise<string[]> {
  const segments = ['BEG*00*SA*4500017**20261101', segment, 'PO1*1*10*EA*24.5*PE*VN*A-1', 'CTT*1']
  return (await found(version, '850', segments)).map((finding) => short(finding).replace(' @3', ''))
}

async function inLine(segment: string, version = '004010'): Promise<string[]> {
  const segments = ['BEG*00*SA*4500017**20261101', segment, 'CTT*1']
  return (await found(version, '850', segments)).map((finding) => short(finding).replace(' @3', ''))
}

describe('elements of a segment', () => {
  test.each([
    ['mandatory element missing (1)', 'CUR**USD', ['AK403:1 CUR01'], 'CUR*BY*USD'],
    ['mandatory element of spaces only (1)', 'CUR*   *USD', ['AK403:1 CUR01'], 'CUR*BY*USD'],
    ['mandatory element behind the last one sent (1)', 'CUR*BY', ['AK403:1 CUR02'], 'CUR*BY*USD'],
    ['pair with one missing, P (2)', 'PER*BD**TE', ['AK403:2 PER04'], 'PER*BD**TE*5550100'],
    ['none of several, R (2)', 'REF*DP', ['AK403:2 REF02'], 'REF*DP**emergency'],
    ['a first without what it asks for, C (2)', 'FOB*PP**dock', ['AK403:2 FOB02'], 'FOB*PP*OR*dock'],
    ['a first without any of several, L (2)', 'ITD*01*3*2', ['AK403:2 ITD04'], 'ITD*01*3*2**10**30'],
    ['too many elements (3)', 'FOB*PP*OR*dock*******', ['AK403:3 FOB10'], 'FOB*PP*OR*dock******'],
    ['too short (4)', 'REF*D*1', ['AK403:4 REF01'], 'REF*DP*1'],
    ['too long (5)', `REF*DP*${'9'.repeat(31)}`, ['AK403:5 REF02'], `REF*DP*${'9'.repeat(30)}`],
    ['a tab in text (6)', 'REF*DP*a\tb', ['AK403:6 REF02'], 'REF*DP*a b'],
    ['the component separator in text (6 before 005010)', 'REF*DP*a>b', ['AK403:6 REF02'], 'REF*DP*a/b'],
    ['no code of the list (7)', 'REF*0Z*1', ['AK403:7 REF01'], 'REF*ZZ*1'],
    ['no day of the calendar (8)', 'DTM*002*20260229', ['AK403:8 DTM02'], 'DTM*002*20280229'],
    ['no time of the day (9)', 'DTM*002**2400', ['AK403:9 DTM03'], 'DTM*002**2359'],
    ['two that exclude each other, E (10)', 'TD3*TL*********22G1', ['AK403:10 TD310'], 'TD3*TL'],
  ])('%s', async (_, wrong, expected, right) => {
    expect(await inHeader(wrong)).toEqual(expected)
    expect(await inHeader(right)).toEqual([])
  })

  test('a city of one letter is too short (4), unless it is padded', async () => {
    const city = (name: string) =>
      found('004010', '850', ['BEG*00*SA*1**20261101', 'N1*ST*WARD', `N4*${name}`, 'PO1**1*EA'])
    expect((await city('X')).map(short)).toEqual(['AK403:4 N401 @4'])
    expect((await city('X ')).map(short)).toEqual([])
    expect((await city('XY')).map(short)).toEqual([])
  })

  test('a changed line says what is left to receive before 005010, where it need not', async () => {
    const change = (version: string, line: string) =>
      found(version, '860', ['BCH*04*SA*4500017***20261101', line, 'CTT*1'])
    expect((await change('004010', 'POC*1*QD*60**EA')).map(short)).toEqual(['AK403:2 POC04 @3'])
    expect((await change('004010', 'POC*1*QD*60*20*EA')).map(short)).toEqual([])
    expect((await change('005010', 'POC*1*QD*60**EA')).map(short)).toEqual([])
    expect((await change('005010', 'POC*1*QD*60*20')).map(short)).toEqual(['AK403:2 POC05 @3'])
  })

  test('an installment says how many there are before 005010, where it need not', async () => {
    const installment = (version: string) => inHeader('INC*01*EA*4', version)
    expect(await installment('004010')).toEqual(['AK403:1 INC04'])
    expect(await installment('005010')).toEqual([])
  })

  test('what may have become a composite after 005010 is no wrong character', async () => {
    const change = (version: string) =>
      found(version, '860', ['BCH*04*SA*4500017***20261101', 'POC*1*QC*60*100>40*EA', 'CTT*1'])
    expect((await change('005010')).map(short)).toEqual(['AK403:6 POC04 @3'])
    expect((await change('007020')).map(short)).toEqual([])
  })

  test('a quantity and its range exclude each other, E (10)', async () => {
    const stock = (quantity: string) =>
      found('004010', '846', ['BIA*00*DD*1*20261101', 'LIN**VN*A-1', quantity, 'CTT*1'])
    expect((await stock('QTY*33*5**about five')).map(short)).toEqual(['AK403:10 QTY04 @4'])
    expect((await stock('QTY*33*5')).map(short)).toEqual([])
    expect((await stock('QTY*33***about five')).map(short)).toEqual([])
  })

  test.each([
    ['digits beyond the most', '1234567890123456', ['AK403:5 PO102']],
    ['as many digits as there may be, with sign, point and leading zeros', '-00123456789012.345', []],
    ['trailing spaces', '10  ', []],
    ['a letter', '1O', ['AK403:6 PO102']],
    ['two points', '1.2.3', ['AK403:6 PO102']],
    ['a plus sign', '+10', ['AK403:6 PO102']],
    ['a sign behind', '10-', ['AK403:6 PO102']],
    ['a point alone', '.', ['AK403:6 PO102']],
    ['a leading point', '.5', []],
    ['a comma', '1,000', ['AK403:6 PO102']],
    ['an exponent', '1E3', ['AK403:6 PO102']],
  ])('a decimal number with %s', async (_, quantity, expected) => {
    expect(await inLine(`PO1*1*${quantity}*EA*24.5`)).toEqual(expected)
  })

  test('a decimal number may have an exponent from 005010 on', async () => {
    expect(await inLine('PO1*1*1E3*EA*24.5', '005010')).toEqual([])
    expect(await inLine('PO1*1*1E*EA*24.5', '005010')).toEqual(['AK403:6 PO102'])
  })

  test('a number with implied decimals has no point', async () => {
    const invoice = (total: string) => found('004010', '810', ['BIG*20261101*1', `TDS*${total}`])
    expect((await invoice('245.00')).map(short)).toEqual(['AK403:6 TDS01 @3'])
    expect((await invoice('-24500')).map(short)).toEqual([])
    expect((await invoice('1234567890123456')).map(short)).toEqual(['AK403:5 TDS01 @3'])
    expect((await invoice('0001234567890123')).map(short)).toEqual([])
  })

  test.each([
    ['20261301', ['AK403:8 DTM02']],
    ['20260431', ['AK403:8 DTM02']],
    ['20260400', ['AK403:8 DTM02']],
    ['21000229', ['AK403:8 DTM02']],
    ['20000229', []],
    ['2026043O', ['AK403:8 DTM02']],
    ['261101', ['AK403:4 DTM02']],
    ['202611010', ['AK403:5 DTM02']],
  ])('the date %s', async (date, expected) => {
    expect(await inHeader(`DTM*002*${date}`)).toEqual(expected)
  })

  test.each([
    ['08', ['AK403:4 DTM03']],
    ['0860', ['AK403:9 DTM03']],
    ['08300', ['AK403:9 DTM03']],
    ['083059', []],
    ['083060', ['AK403:9 DTM03']],
    ['08305999', []],
    ['083059999', ['AK403:5 DTM03']],
    ['8h30', ['AK403:9 DTM03']],
  ])('the time %s', async (time, expected) => {
    expect(await inHeader(`DTM*002**${time}`)).toEqual(expected)
  })

  test('a composite is looked into component by component', async () => {
    const kit = (unit: string, version = '004010') =>
      found(version, '850', ['BEG*00*SA*1**20261101', 'PO1**1*EA', `SLN*1*1*I*2*${unit}`, 'CTT*1'])
    expect((await kit('EA>1>2')).map(short)).toEqual([])
    expect((await kit('QQ>1>2')).map(short)).toEqual(['AK403:7 SLN05-1 @4'])
    expect((await kit('>1>2')).map(short)).toEqual(['AK403:1 SLN05-1 @4'])
    expect((await kit('EA>x>2')).map(short)).toEqual(['AK403:6 SLN05-2 @4'])
    const sixteen = `${Array.from({ length: 5 }, () => 'EA>1>2').join('>')}>EA`
    expect((await kit(sixteen)).map(short)).toEqual(['AK403:6 SLN05 @4'])
    expect((await kit(sixteen, '005010')).map(short)).toEqual(['AK403:13 SLN05 @4'])
  })

  test('conditions within a composite are held too', async () => {
    expect(await inHeader('REF*DP*1**VR>7>CO')).toEqual(['AK403:2 REF04-4'])
    expect(await inHeader('REF*DP*1**VR>7>CO>8')).toEqual([])
  })

  test('a value where one may not be repeated (12), and components where there is one value (13), from 005010 on', async () => {
    expect(await inHeader('REF*DP*1^2', '005010')).toEqual(['AK403:12 REF02'])
    expect(await inHeader('REF*DP*1>2', '005010')).toEqual(['AK403:13 REF02'])
    expect(await inHeader('REF*DP*1-2', '005010')).toEqual([])
    // Before, the circumflex is a character like others.
    expect(await inHeader('REF*DP*1^2')).toEqual([])
  })

  test('005010 allows what it made longer', async () => {
    const reference = `REF*DP*${'9'.repeat(50)}`
    expect(await inHeader(reference, '005010')).toEqual([])
    expect(await inHeader(`${reference}9`, '005010')).toEqual(['AK403:5 REF02'])
    const state = ['BEG*00*SA*1**20261101', 'N1*ST*WARD', 'N4*LYON**69001*FR***ARA', 'PO1**1*EA']
    expect((await found('005010', '850', state)).map(short)).toEqual([])
    expect((await found('004010', '850', state)).map(short)).toEqual(['AK403:3 N407 @4'])
  })

  test('messages say what is wrong in words', async () => {
    const say = async (segment: string) => {
      const segments = ['BEG*00*SA*4500017**20261101', segment, 'PO1*1*10*EA', 'CTT*1']
      return (await found('004010', '850', segments)).map(({ message, expected }) => `${message} [${expected}]`)
    }
    expect(await say('DTM*002*20211350')).toEqual(['DTM02: the date "20211350" is no date CCYYMMDD [a date CCYYMMDD]'])
    expect(await say('PER*BD**TE')).toEqual(['PER04: PER04 is missing though PER03 is there: they go together [PER04]'])
    expect(await say('REF*DP')).toEqual([
      'REF02: REF02 or REF03 is missing: one of them must be there [REF02 or REF03]',
    ])
    expect(await say('SAC*X*D240')).toEqual([
      'SAC01: the allowance or charge "X" is no code of data element 248 [one of A, C, N, P, Q, R, S]',
    ])
    expect(await say('CUR**USD')).toEqual(['CUR01: the entity code is missing [a value]'])
  })
})
