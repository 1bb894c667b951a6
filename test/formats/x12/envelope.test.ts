import { describe, expect, it } from 'vitest'
import { writeInterchange } from '../../../src/formats/x12/index.js'
import fc from '../../properties.js'
import { fileText, findingsOf, outcome, readAll, transactionsOf, twoInvoices } from './two-invoices.js'

const FILE = fileText()
const BOTH = ['810 0001', '810 0002']

describe('a file of two invoices', () => {
  it('gives both, and nothing to report', async () => {
    expect(await outcome(FILE)).toEqual(BOTH)
  })

  it('gives each with its segments from ST to SE and its place', async () => {
    for (const { segments, span } of transactionsOf(await readAll(FILE))) {
      expect(segments.map(({ id }) => id)).toEqual(['ST', 'BIG', 'N1', 'IT1', 'TDS', 'CTT', 'SE'])
      const cut = FILE.slice(span.byteOffset, span.byteOffset + span.byteLength)
      expect(cut).toMatch(/^ST\*810[\s\S]*SE\*7\*000\d$/)
      expect(FILE.split('\n')[span.line - 1]).toMatch(/^ST/)
    }
  })

  const wrong: [string, [from: string | RegExp, to: string][], string[]][] = [
    ['the first SE counts wrong', [['SE*7*0001', 'SE*8*0001']], ['X12-ENVELOPE AK502:4 transaction', '810 0002']],
    [
      'the first SE counts wrong in a group for others',
      [
        ['SE*7*0001', 'SE*8*0001'],
        ['GS*IN', 'GS*PO'],
      ],
      ['X12-ENVELOPE AK502:6 group', 'X12-ENVELOPE AK502:4 transaction', 'X12-ENVELOPE AK502:6 group', '810 0002'],
    ],
    ['the first SE has no count', [['SE*7*0001', 'SE**0001']], ['X12-ENVELOPE AK502:4 transaction', '810 0002']],
    ['the first SE has another number', [['SE*7*0001', 'SE*7*0009']], ['X12-ENVELOPE AK502:3 transaction', '810 0002']],
    ['the first SE is missing', [['SE*7*0001~\n', '']], ['X12-ENVELOPE AK502:2 transaction', '810 0002']],
    ['the second SE is missing', [['SE*7*0002~\n', '']], ['810 0001', 'X12-ENVELOPE AK502:2 transaction']],
    ['a segment of the first was lost', [['TDS*12500~\n', '']], ['X12-ENVELOPE AK502:4 transaction', '810 0002']],
    ['the first ST has no number', [['ST*810*0001', 'ST*810']], ['X12-ENVELOPE AK502:7 transaction', '810 0002']],
    ['the first ST names no set', [['ST*810*0001', 'ST**0001']], ['X12-ENVELOPE AK502:6 transaction', '810 0002']],
    [
      'the first ST is missing',
      [['ST*810*0001~\n', '']],
      ['X12-SYNTAX AK304:2 group', 'X12-ENVELOPE AK304:2 group', '810 0002', 'X12-ENVELOPE AK905:5 group'],
    ],
    ['GE counts one more', [['GE*2', 'GE*3']], [...BOTH, 'X12-ENVELOPE AK905:5 group']],
    ['GE has another number', [['GE*2*17', 'GE*2*18']], [...BOTH, 'X12-ENVELOPE AK905:4 group']],
    ['GE is missing', [['GE*2*17~\n', '']], [...BOTH, 'X12-ENVELOPE AK905:3 group']],
    [
      'GS is missing',
      [[/GS.*\n/, '']],
      Array(2)
        .fill('X12-ENVELOPE TA105:024 transaction')
        .concat('X12-ENVELOPE TA105:024 interchange', 'X12-ENVELOPE TA105:021 interchange'),
    ],
    ['GS has a date that is none', [['HEALTH*20240304', 'HEALTH*20240231']], ['X12-ENVELOPE TA105:024 group', ...BOTH]],
    ['GS has no version', [['*X*004010', '*X']], ['X12-ENVELOPE AK905:2 group', ...BOTH]],
    ['IEA counts one more', [['IEA*1', 'IEA*2']], [...BOTH, 'X12-ENVELOPE TA105:021 interchange']],
    [
      'IEA has another number',
      [['IEA*1*000000905', 'IEA*1*000000906']],
      [...BOTH, 'X12-ENVELOPE TA105:001 interchange'],
    ],
    ['IEA is missing', [[/IEA.*\n/, '']], [...BOTH, 'FILE-TRUNCATED TA105:023 interchange']],
    ['the usage indicator is unknown', [['*0*P*>', '*0*X*>']], ['X12-ENVELOPE TA105:020 interchange', ...BOTH]],
    ['the interchange date is none', [['*240304*', '*241304*']], ['X12-ENVELOPE TA105:014 interchange', ...BOTH]],
    ['the interchange time is none', [['*0312*U', '*2512*U']], ['X12-ENVELOPE TA105:015 interchange', ...BOTH]],
    [
      'the sender is blank',
      [['SUPPLIER       *01', '               *01']],
      ['X12-ENVELOPE TA105:006 interchange', ...BOTH],
    ],
    ['NUL stands in an item number', [['AB-77', 'AB\x0077']], ['X12-SYNTAX AK403:6 transaction', '810 0002']],
    ['a segment id is damaged', [['TDS*', 'T?S*']], ['X12-SYNTAX AK304:1 transaction', '810 0002']],
    [
      'a segment stands between the sets',
      [['ST*810*0002', 'NTE**HELLO~\nST*810*0002']],
      ['810 0001', 'X12-SYNTAX AK304:2 group', '810 0002'],
    ],
  ]
  it.each(wrong)(
    'where %s: the others are taken, and one finding says what is wrong',
    async (_case, edits, expected) => {
      const text = edits.reduce((text, [from, to]) => text.replace(from, to), FILE)
      expect(text).not.toBe(FILE)
      expect(await outcome(text)).toEqual(expected)
    },
  )

  it('says where in the file, in which element, and what stands there', async () => {
    const text = FILE.replace('SE*7*0001', 'SE*8*0001')
    const [finding] = findingsOf(await readAll(text))
    expect(finding).toMatchObject({ segment: 'SE', element: 1, value: '8', line: 9 })
    expect(text.slice(finding?.byteOffset, (finding?.byteOffset ?? 0) + (finding?.byteLength ?? 0))).toBe('SE*8*0001')
    expect(finding?.message).toBe('SE01 says "8" segments, transaction set 810 0001 has 7: it is not used')
  })

  it('takes control numbers with and without leading zeros for the same', async () => {
    expect(await outcome(FILE.replace('GE*2*17', 'GE*02*0017').replace('IEA*1*000000905', 'IEA*1*905'))).toEqual(BOTH)
  })

  it('takes an answer to something sent before or after the group, or alone', async () => {
    const ta1 = 'TA1*000000001*240304*0312*A*000~\n'
    expect(await outcome(FILE.replace('GS*', `${ta1}GS*`))).toEqual(BOTH)
    expect(await outcome(FILE.replace('IEA*', `${ta1}IEA*`))).toEqual(BOTH)
    expect(await outcome(FILE.replace(/GS[\s\S]*IEA/, `${ta1}IEA`))).toEqual([])
  })

  it('does not suffer from an interchange before it that breaks off', async () => {
    const broken = FILE.slice(0, FILE.indexOf('SE*7*0002'))
    expect(await outcome(broken + FILE)).toEqual(['810 0001', 'X12-ENVELOPE AK502:2 transaction', ...BOTH])
    expect(await outcome(`${FILE.slice(0, FILE.indexOf('GE*'))}${FILE}`)).toEqual([
      ...BOTH,
      'X12-ENVELOPE AK905:3 group',
      ...BOTH,
    ])
  })

  it('does not suffer from an interchange before it whose delimiters cannot be told apart', async () => {
    const clash = FILE.replaceAll('~', '*')
    expect(await outcome(clash + FILE)).toEqual(['X12-ENVELOPE TA105:004 interchange', ...BOTH])
  })
})

describe('a file that was cut', () => {
  it('at any byte gives the invoices that are whole and one finding for what is missing', async () => {
    const [first, second] = [FILE.indexOf('SE*7*0001~') + 9, FILE.indexOf('SE*7*0002~') + 9]
    const whole = FILE.indexOf('~', FILE.indexOf('IEA*'))
    for (let length = 1; length < FILE.length; length++) {
      const items = await readAll(FILE.slice(0, length))
      const expected = length > second ? BOTH : length > first ? BOTH.slice(0, 1) : []
      expect(transactionsOf(items).map(({ set, envelope }) => `${set} ${envelope.transactionControl}`)).toEqual(
        expected,
      )
      const findings = findingsOf(items)
      if (length >= whole) expect(findings).toEqual([])
      else if (length > 2) expect(findings.map(({ code }) => code)).toEqual(['FILE-TRUNCATED'])
      for (const finding of findings) expect(finding.byteOffset + finding.byteLength).toBeLessThanOrEqual(length)
    }
  })

  it('only of the last terminator is told what else is wrong with its IEA', async () => {
    const other = FILE.trimEnd().slice(0, -1).replace('IEA*1*000000905', 'IEA*1*000000906')
    expect(await outcome(other)).toEqual([...BOTH, 'X12-ENVELOPE TA105:001 interchange'])
    expect(await outcome(other.slice(0, -1))).toEqual([...BOTH, 'FILE-TRUNCATED TA105:023 interchange'])
  })

  it('within an invoice counts that invoice as refused', async () => {
    const finding = findingsOf(await readAll(FILE.slice(0, FILE.indexOf('TDS', FILE.indexOf('INV-2')))))
    expect(finding).toMatchObject([
      { code: 'FILE-TRUNCATED', scope: 'transaction', standardCode: 'TA105:023', line: 10 },
    ])
    expect(finding[0]?.message).toContain('transaction set 810 0002')
  })

  it('is told up to its last byte, also where that is within a segment', async () => {
    const within = FILE.slice(0, FILE.indexOf('TDS', FILE.indexOf('INV-2')) + 'TDS*1'.length)
    const [finding] = findingsOf(await readAll(within))
    expect((finding?.byteOffset ?? 0) + (finding?.byteLength ?? 0)).toBe(within.length)
  })
})

describe('a file that is no X12', () => {
  it.each([
    ['nothing at all', '', 'FILE-EMPTY'],
    ['blank lines only', '\xef\xbb\xbf \r\n\r\n', 'FILE-EMPTY'],
    ['a CSV', 'po,line,price\n4711,1,12.50\n', 'FILE-UNREADABLE'],
    ['UTF-16', Buffer.from(FILE, 'utf16le').toString('latin1'), 'FILE-UNREADABLE'],
    ['an ISA that stops', 'ISA*00*          *00*     ', 'FILE-TRUNCATED'],
  ])('with %s is reported once', async (_case, text, code) => {
    expect(findingsOf(await readAll(text)).map((finding) => finding.code)).toEqual([code])
  })
})

describe('each transaction set', () => {
  it('comes out or is refused exactly once, whatever is done to the bytes of the envelope', async () => {
    const lines = FILE.split('\n').filter((line) => line !== '')
    const line = fc.integer({ min: 1, max: lines.length - 1 })
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 3 }), fc.array(line, { maxLength: 3 }), async (dropped, doubled) => {
        const kept = lines.flatMap((text, index) =>
          dropped.includes(index) ? [] : doubled.includes(index) ? [text, text] : [text],
        )
        const items = await readAll(kept.join('\n'))
        const refused = findingsOf(items).filter(({ scope }) => scope === 'transaction').length
        const headers = kept.filter((text) => text.startsWith('ST*')).length
        expect(transactionsOf(items).length + refused).toBe(headers)
      }),
      { numRuns: 300 },
    )
  })

  it('is read from a source of chunks as from a whole buffer', async () => {
    const bytes = writeInterchange(twoInvoices)
    async function* bytewise() {
      for (const byte of bytes) yield Uint8Array.of(byte)
    }
    expect(JSON.stringify(await readAll(bytewise()))).toBe(JSON.stringify(await readAll(bytes)))
  })
})
