import { describe, expect, it } from 'vitest'
import { latin1, scan } from './scanned.js'
import { fileText, twoInvoices } from './two-invoices.js'

const ids = (bytes: Uint8Array) => scan(bytes).segments.map(({ id }) => id)
const PLAIN = [
  'ISA',
  'GS',
  'ST',
  'BIG',
  'N1',
  'IT1',
  'TDS',
  'CTT',
  'SE',
  'ST',
  'BIG',
  'N1',
  'IT1',
  'TDS',
  'CTT',
  'SE',
  'GE',
  'IEA',
]
const it1 = (bytes: Uint8Array) => scan(bytes).segments.find(({ id }) => id === 'IT1')
const IT1 = ['1', '10', 'BX', '12.5', 'PE', 'IN', '100234', 'VN', 'AB-77']

describe('segments of a file', () => {
  it.each([
    ['no line ends', ''],
    ['LF', '\n'],
    ['CR LF', '\r\n'],
    ['CR', '\r'],
    ['blank lines', '\n\n\n'],
  ])('are found with %s after the terminators', (_case, newline) => {
    const bytes = latin1(fileText().replaceAll('\n', newline))
    expect(ids(bytes)).toEqual(PLAIN)
    expect(it1(bytes)?.elements).toEqual(IT1)
  })

  it('stand where their offset, length and line say', () => {
    const text = fileText(twoInvoices, '\r\n')
    const { segments } = scan(latin1(text))
    for (const [index, { id, elements, byteOffset, byteLength, line }] of segments.entries()) {
      const cut = text.slice(byteOffset, byteOffset + byteLength)
      expect(cut.split('*')).toEqual([id, ...elements])
      expect(text[byteOffset + byteLength]).toBe('~')
      expect(line).toBe(index + 1)
    }
  })

  it.each([
    ['LF', '\n'],
    ['CR', '\r'],
    ['file separator 0x1C', '\x1c'],
    ['byte 0x87', '\x87'],
    ['tabulator', '\t'],
  ])('end with any byte the ISA names: %s', (_case, terminator) => {
    const bytes = latin1(fileText(twoInvoices, '').replaceAll('~', terminator))
    expect(ids(bytes)).toEqual(PLAIN)
    expect(it1(bytes)?.elements).toEqual(IT1)
  })

  it('begin behind what somebody wrote between two of them', () => {
    const text = fileText().replace('IT1*', '\n // 12.50 each\n  IT1*')
    const { segments } = scan(latin1(text))
    const line = segments.find(({ id }) => id === 'IT1')
    expect(segments.map(({ id }) => id)).toEqual(PLAIN)
    expect(line).toMatchObject({
      elements: IT1,
      byteOffset: text.indexOf('IT1'),
      remark: { text: '// 12.50 each', lines: 1 },
    })
  })

  it('keep their id where it is wrapped: nothing is a remark', () => {
    const { segments } = scan(latin1(fileText().replace('IT1*', 'I\nT1*')))
    expect(segments.map(({ id }) => id)).toEqual(PLAIN)
    expect(segments.some(({ remark }) => remark !== undefined)).toBe(false)
  })

  it('are on the right line when the terminator is a line end itself', () => {
    for (const terminator of ['\n', '\r']) {
      const { segments } = scan(latin1(fileText(twoInvoices, '').replaceAll('~', terminator)))
      expect(segments.map(({ line }) => line)).toEqual(PLAIN.map((_, index) => index + 1))
    }
  })

  it('end with the first byte of a terminator that is a UTF-8 character', () => {
    const { segments, problems } = scan(Buffer.from(fileText().replaceAll('~', '…'), 'utf8'))
    expect(segments.map(({ id }) => id)).toEqual(PLAIN)
    expect(problems).toEqual([])
  })

  it('are found behind a byte order mark, blank lines and indentation', () => {
    const text = `\xef\xbb\xbf\r\n  ${fileText().replaceAll('\n', '\n\t  ')}\x1a`
    const { segments, problems } = scan(latin1(text))
    expect(segments.map(({ id }) => id)).toEqual(PLAIN)
    expect(segments[0]).toMatchObject({ byteOffset: 7, line: 2 })
    expect(problems).toEqual([])
  })

  it('are put together again from lines wrapped at 80 columns', () => {
    for (const newline of ['\n', '\r\n']) {
      const wrapped = fileText(twoInvoices, '').replace(/.{80}/g, `$&${newline}`)
      const { segments } = scan(latin1(wrapped))
      expect(segments.map(({ id }) => id)).toEqual(PLAIN)
      expect(it1(latin1(wrapped))?.elements).toEqual(IT1)
      expect(segments.at(-1)?.line).toBe(Math.floor((fileText(twoInvoices, '').length - 2) / 80) + 1)
    }
  })

  it('keep their own delimiters when an interchange with others follows', () => {
    const other = fileText({ ...twoInvoices, delimiters: { element: '|', component: ':', segment: "'" } })
    const bytes = latin1(fileText() + other)
    expect(ids(bytes)).toEqual([...PLAIN, ...PLAIN])
    const lines = scan(bytes).segments.filter(({ id }) => id === 'IT1')
    expect(lines.map(({ elements }) => elements)).toEqual([IT1, IT1, IT1, IT1])
  })

  it('of the next interchange are found although the one before breaks off within a segment', () => {
    const broken = fileText().slice(0, fileText().indexOf('IT1') + 12)
    const others = fileText({ ...twoInvoices, delimiters: { element: '|', component: ':', segment: "'" } })
    for (const next of [fileText(), others]) {
      for (const between of ['', '\n', '~', 'VISA', 'ISA*']) {
        const { segments } = scan(latin1(broken + between + next))
        expect(segments.map(({ id }) => id)).toEqual(['ISA', 'GS', 'ST', 'BIG', 'N1', 'IT1', ...PLAIN])
        const cut = `${broken}${between}`.slice(broken.lastIndexOf('IT1')).replace(/[~\n]/g, '')
        expect(segments[5]).toMatchObject({ elements: cut.split('*').slice(1), byteLength: cut.length })
      }
    }
  })

  it('lose separators of components that do not follow, and terminators without a segment', () => {
    const text = fileText().replace('*PE*', '*PE>>*').replace('AB-77~', 'AB-77>~~~')
    expect(it1(latin1(text))?.elements).toEqual(['1', '10', 'BX', '12.5', 'PE>>', 'IN', '100234', 'VN', 'AB-77'])
    expect(ids(latin1(text))).toEqual(PLAIN)
  })

  it('take the repetition separator for data, and keep empty elements', () => {
    const text = fileText({ ...twoInvoices, version: '005010' })
      .replace('*PE*', '**')
      .replace('AB-77', 'AB^77')
    expect(it1(latin1(text))?.elements).toEqual(['1', '10', 'BX', '12.5', '', 'IN', '100234', 'VN', 'AB^77'])
  })

  it.each([
    ['UTF-8', 'utf8', 'Tüllgraset – 5 µm'],
    ['windows-1252', 'latin1', 'T\xfcllgraset \x96 5 \xb5m'],
  ] as const)('are read in %s', (_case, encoding, written) => {
    const bytes = Buffer.from(fileText().replaceAll('MERCY GENERAL', written), encoding)
    const party = scan(bytes).segments.find(({ id }) => id === 'N1')
    expect(party?.elements[1]).toBe('Tüllgraset – 5 µm')
  })

  it('are read from an ISA whose padding was removed, which is reported', () => {
    const { segments, problems } = scan(latin1(fileText().replace(/ +\*/g, ' *')))
    expect(segments.map(({ id }) => id)).toEqual(PLAIN)
    expect(problems).toMatchObject([{ kind: 'irregular-header', standardCode: 'TA105:022', byteOffset: 0, line: 1 }])
  })

  it('are not looked for where delimiters cannot be told apart', () => {
    const { segments, problems } = scan(latin1(`${fileText().replaceAll('~', '*')}${fileText()}`))
    expect(segments.map(({ id }) => id)).toEqual(PLAIN)
    expect(problems.map(({ kind }) => kind)).toEqual(['delimiter-clash', 'outside-interchange'])
    expect(problems[0]).toMatchObject({ standardCode: 'TA105:004' })
  })

  it('do not swallow what stands before, between and behind interchanges: it is reported with its place', () => {
    const text = `VAN 42\n${fileText()}SENT BY FTP\n${fileText()}END OF FILE`
    const { segments, problems } = scan(latin1(text))
    expect(segments.map(({ id }) => id)).toEqual([...PLAIN, ...PLAIN])
    expect(
      problems.map(({ byteOffset, byteLength }) => text.slice(byteOffset, byteOffset + byteLength).trim()),
    ).toEqual(['VAN 42', 'SENT BY FTP', 'END OF FILE'])
    expect(problems.map(({ line }) => line)).toEqual([1, 20, 39])
  })

  it('are given up when a terminator does not come, and the next interchange is read', () => {
    const endless = `${fileText().slice(0, 300)}${'X'.repeat(1_100_000)}`
    const { segments, problems } = scan(latin1(`${endless}\n${fileText()}`))
    expect(segments.slice(-PLAIN.length).map(({ id }) => id)).toEqual(PLAIN)
    expect(problems.map(({ kind }) => kind)).toEqual(['segment-too-long', 'outside-interchange'])
  })
})
