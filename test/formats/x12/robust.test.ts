import { describe, expect, it } from 'vitest'
import { readInterchanges, SegmentScanner } from '../../../src/formats/x12/index.js'
import { latin1, scan } from './scanned.js'
import { fileText, outcome, twoInvoices } from './two-invoices.js'

const FILE = fileText()
const IDS = scan(latin1(FILE)).segments.map(({ id }) => id)
const SIZES = [[1], [7], [64], [255, 1], [4096]]

/** The file with a segment put in behind the first BIG, and what the scanner makes of it, the same in chunks of any size. */
function withSegment(written: string | Uint8Array) {
  const at = FILE.indexOf('N1*')
  const put = typeof written === 'string' ? latin1(written) : written
  const bytes = Buffer.concat([latin1(FILE.slice(0, at)), put, latin1(FILE.slice(at))])
  const scanned = scan(bytes)
  for (const sizes of SIZES) {
    const { segments, problems } = scan(bytes, sizes)
    expect({ segments, problems }).toEqual({ segments: scanned.segments, problems: scanned.problems })
  }
  return { bytes, ...scanned, ids: scanned.segments.map(({ id }) => id), put: scanned.segments[4] }
}

const idsWith = (...ids: string[]) => [...IDS.slice(0, 4), ...ids, ...IDS.slice(4)]
const NASTY = '~\r\nSE*9~ISA*00*~IEA*1*905~\0\xff\xfe**>>~\n'

describe('binary data', () => {
  it('of a BIN is taken by its declared length, whatever stands in it', () => {
    for (const data of ['PLAIN', NASTY, '~', '*', '\n', '', fileText(), NASTY.repeat(400)]) {
      const { ids, put, problems } = withSegment(`BIN*${data.length}*${data}~\n`)
      expect(ids).toEqual(idsWith('BIN'))
      expect(put).toMatchObject({ elements: [String(data.length), data], binary: 2, terminated: true })
      expect(problems).toEqual([])
    }
  })

  it('of a BDS is taken by its declared length', () => {
    const { ids, put } = withSegment(`BDS*ASB*${NASTY.length}*${NASTY}~\n`)
    expect(ids).toEqual(idsWith('BDS'))
    expect(put).toMatchObject({ elements: ['ASB', String(NASTY.length), NASTY], binary: 3 })
  })

  it('keeps each of its bytes, also those that are no text', () => {
    const data = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    const { put } = withSegment(Buffer.concat([latin1('BIN*256*'), data, latin1('~\n')]))
    expect(Buffer.from(put?.elements[1] ?? '', 'latin1')).toEqual(Buffer.from(data))
  })

  it('counts its line ends, so that what follows is on its right line', () => {
    const { bytes, segments } = withSegment('BIN*7*A\r\nB\nC\r~\n')
    for (const { line, byteOffset } of segments) {
      expect(line).toBe(bytes.toString('latin1', 0, byteOffset).split(/\r\n|\r|\n/).length)
    }
  })

  it.each([
    ['too short', 'BIN*4*AB~CD*EF~\n', 'AB~CD*EF'],
    ['too long by far', 'BIN*5000*AB~CD*EF~\n', 'AB~CD*EF'],
    ['too long for anything', 'BIN*999999999999999*AB~CD*EF~\n', 'AB~CD*EF'],
    ['no number', 'BIN*4X*AB~CD*EF~\n', 'AB~CD*EF'],
    ['not given', 'BIN**AB~CD*EF~\n', 'AB~CD*EF'],
  ])('whose length is %s reaches to where the next segment begins, which is reported', (_case, written, data) => {
    const { ids, put, problems, bytes } = withSegment(written)
    // "~CD*" looks like the next segment: nothing in the file says that it is not.
    const cut = data.slice(0, data.indexOf('~'))
    expect(ids).toEqual(idsWith('BIN', 'CD'))
    expect(put?.elements[1]).toBe(cut)
    expect(problems.map(({ kind }) => kind)).toEqual(['binary-length'])
    const [{ byteOffset, byteLength } = { byteOffset: 0, byteLength: 0 }] = problems
    expect(bytes.toString('latin1', byteOffset, byteOffset + byteLength)).toBe(written.slice(0, written.indexOf('~')))
  })

  it('whose length is wrong does not end at a terminator that no segment follows', () => {
    const { ids, put } = withSegment('BIN*5*~1~~~x*~*~\r\n')
    expect(ids).toEqual(idsWith('BIN'))
    expect(put?.elements[1]).toBe('~1~~~x*~*')
  })

  it('that breaks off does not take the next interchange along', () => {
    const cut = FILE.slice(0, FILE.indexOf('N1*'))
    const { segments } = scan(latin1(`${cut}BIN*500*\x01\x02~\x03${FILE}`))
    expect(segments.map(({ id }) => id)).toEqual([...IDS.slice(0, 4), 'BIN', ...IDS])
    expect(segments[4]).toMatchObject({ elements: ['500', '\x01\x02~\x03'], terminated: false })
  })

  it('at the end of a file that was cut is told as cut', () => {
    const { segments, problems } = scan(latin1(`${FILE.slice(0, FILE.indexOf('N1*'))}BIN*500*ABC`))
    expect(segments.at(-1)).toMatchObject({ elements: ['500', 'ABC'], terminated: false })
    expect(problems).toEqual([])
  })

  it('too long to be kept is passed over, and the segment behind it is read', () => {
    const data = NASTY.repeat(100_000)
    const { ids, problems, bytes } = withSegmentOnce(`BIN*${data.length}*${data}~\n`)
    expect(ids).toEqual(IDS)
    expect(problems).toMatchObject([{ kind: 'segment-too-long' }])
    const [{ byteOffset, byteLength } = { byteOffset: 0, byteLength: 0 }] = problems
    expect(bytes[byteOffset + byteLength]).toBe('~'.charCodeAt(0))
  })

  it('too long to be kept and not as long as declared gives up its interchange and not the next', () => {
    const data = NASTY.repeat(100_000)
    const { ids, problems } = withSegmentOnce(`BIN*${data.length - 5}*${data}~\n`, FILE)
    expect(ids).toEqual([...IDS.slice(0, 4), ...IDS])
    expect(problems.map(({ kind }) => kind)).toEqual(['segment-too-long', 'outside-interchange'])
  })

  it('is only looked for in BIN and BDS', () => {
    expect(withSegment('BIG*3*A~B*C~\n').ids).toEqual(idsWith('BIG', 'B'))
    expect(withSegment('BIN~\n').put).toMatchObject({ id: 'BIN', elements: [] })
    expect(withSegment('BIN*12~\n').put).toMatchObject({ elements: ['12'], binary: 0 })
  })
})

function withSegmentOnce(written: string, behind = '') {
  const bytes = latin1(FILE.replace('N1*', () => `${written}N1*`) + behind)
  const { segments, problems } = scan(bytes, [65536])
  expect(scan(bytes, [4093])).toMatchObject({ segments, problems })
  return { bytes, ids: segments.map(({ id }) => id), problems }
}

describe('delimiters', () => {
  const word = /[A-Za-z0-9 ]/
  it('may be any byte that is no letter, digit or blank', () => {
    for (let byte = 1; byte < 256; byte++) {
      const character = String.fromCharCode(byte)
      if (word.test(character) || fileText(twoInvoices, '').includes(character)) continue
      for (const replaced of ['*', '~', '>']) {
        const isLineEnd = character === '\n' || character === '\r'
        if (isLineEnd && replaced !== '~') continue
        const text = fileText(twoInvoices, '').replaceAll(replaced, character)
        expect(scan(latin1(text)).segments.map(({ id }) => id)).toEqual(IDS)
      }
    }
  })

  it('of each interchange are its own, also when one uses as delimiters what another has as data', async () => {
    const plain = fileText(twoInvoices, '').replace('MERCY GENERAL', 'MERCY|GENERAL')
    const piped = fileText({ ...twoInvoices, delimiters: { element: '|', component: '^', segment: '\n' } }).replace(
      'MERCY GENERAL',
      'MERCY*~>GENERAL',
    )
    const names = (text: string) =>
      scan(latin1(text))
        .segments.filter(({ id }) => id === 'N1')
        .map(({ elements }) => elements[1])
    expect(names(plain + piped + plain)).toEqual([
      'MERCY|GENERAL',
      'MERCY GENERAL',
      'MERCY*~>GENERAL',
      'MERCY GENERAL',
      'MERCY|GENERAL',
      'MERCY GENERAL',
    ])
    expect(await outcome(plain + piped + plain)).toEqual(Array(3).fill(['810 0001', '810 0002']).flat())
  })

  it('include the repetition separator from version 00402 on only', () => {
    const repetition = (version: string, isa11: string) => {
      const scanner = new SegmentScanner()
      scanner.push(latin1(FILE.replace('*U*00401*', `*${isa11}*${version}*`)))
      scanner.end()
      scanner.next()
      return scanner.delimiters?.repetition
    }
    expect(repetition('00501', '^')).toBe('^'.charCodeAt(0))
    expect(repetition('00401', '^')).toBeUndefined()
    expect(repetition('00501', 'U')).toBeUndefined()
  })
})

describe('an ISA', () => {
  it.each([
    ['a sender without its padding', 'SUPPLIER       *01', 'SUPPLIER*01'],
    ['a receiver without its padding', '123456789      *', '123456789*'],
    ['a sender longer than its place', 'SUPPLIER       *', 'SUPPLIER-OF-ALL-GOODS*'],
    ['no authorization at all', 'ISA*00*          *', 'ISA***'],
    ['a control number without zeros', '*000000905*0*P', '*905*0*P'],
    ['a line end in its midst', '*00401*', '*00\r\n401*'],
  ])('with %s is read', async (_case, from, to) => {
    const text = FILE.replace(from, to)
    expect(text).not.toBe(FILE)
    expect((await outcome(text)).filter((item) => item.startsWith('810'))).toEqual(['810 0001', '810 0002'])
    expect(scan(latin1(text), [1])).toMatchObject({ problems: scan(latin1(text)).problems })
  })

  it('that lost an element is reported and does not take the next interchange along', async () => {
    const result = await outcome(FILE.replace('*0*P*>', '*P*>') + FILE)
    expect(result.at(0)).toMatch(/^X12-ENVELOPE TA105:0/)
    expect(result.slice(-2)).toEqual(['810 0001', '810 0002'])
  })
})

describe('a file in an encoding that is not read', () => {
  it.each([
    ['UTF-16', 'UTF-16', Buffer.from(FILE, 'utf16le')],
    ['UTF-16 with its byte order mark', 'UTF-16', Buffer.from(`\ufeff${FILE}`, 'utf16le')],
    ['UTF-16, high byte first', 'UTF-16', Buffer.from(`\ufeff${FILE}`, 'utf16le').swap16()],
    ['EBCDIC', 'EBCDIC', Buffer.from([0xc9, 0xe2, 0xc1, 0x5c, 0xf0, 0xf0, 0x5c, ...Array(120).fill(0x40)])],
  ])('(%s) is told by its name', (_case, encoding, bytes) => {
    const { segments, problems } = scan(bytes)
    expect(segments).toEqual([])
    expect(problems).toMatchObject([{ kind: 'outside-interchange', encoding }])
    expect(problems[0]?.message).toContain(encoding)
    expect(scan(bytes, [3])).toMatchObject({ problems })
  })
})

describe('a control character', () => {
  it('is known to be absent where it is, so that nobody need look for it', () => {
    expect(scan(latin1(FILE)).cleanAt.size).toBe(IDS.length - 1)
    for (const character of ['\0', '\t', '\x1f', '\x7f', '\x85']) {
      const { segments, cleanAt } = scan(latin1(FILE.replaceAll('MERCY', `MER${character}CY`)))
      expect(segments.some(({ id, byteOffset }) => id === 'N1' && cleanAt.has(byteOffset))).toBe(false)
    }
  })
})

describe('memory', () => {
  /** Much of the same in chunks, as a file of any size would come. */
  async function* endless(chunk: Uint8Array, head: string, megabytes: number) {
    yield latin1(head)
    for (let i = 0; i < megabytes * 16; i++) yield chunk
  }
  const head = FILE.slice(0, FILE.indexOf('IT1*'))

  it.each([
    ['a segment that does not end', 'X', 24],
    ['a segment of separators that does not end', '*', 24],
    ['rubbish that looks like an ISA', 'ISA*', 4],
    ['blank lines', '\r\n', 24],
    ['terminators only', '~', 24],
    ['binary data that does not end', 'BIN*60000000*', 24],
  ])('does not grow with %s', async (_case, pattern, megabytes) => {
    const chunk = latin1(pattern.repeat(Math.ceil(65536 / pattern.length)).slice(0, 65536))
    const before = process.memoryUsage()
    let peak = 0
    let items = 0
    const source = endless(chunk, `${head}${pattern}`, megabytes)
    const measured = async function* () {
      for await (const part of source) {
        const { arrayBuffers, heapUsed } = process.memoryUsage()
        peak = Math.max(peak, arrayBuffers - before.arrayBuffers + (heapUsed - before.heapUsed) / 4)
        yield part
      }
    }
    for await (const item of readInterchanges(measured())) items += item.kind === 'finding' ? 1 : 0
    expect(items).toBeGreaterThan(0)
    expect(peak).toBeLessThan(40e6)
  })

  it('is spent on a long segment once, also when it comes byte by byte', () => {
    const scanner = new SegmentScanner()
    const one = latin1('X')
    scanner.push(latin1(head))
    let found = 0
    for (let i = 0; i < 300_000; i++) {
      scanner.push(one)
      while (scanner.next() !== undefined) found++
    }
    expect(found).toBe(scan(latin1(head)).segments.length)
  })
})
