import { isUtf8 } from 'node:buffer'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Transform } from 'node:stream'
import { X12Parser as NodeX12 } from 'node-x12'
import { describe, expect, it } from 'vitest'
import { X12parser } from 'x12-parser'
import { type InterchangeToWrite, writeInterchange } from '../../../src/formats/x12/index.js'
import fc from '../../properties.js'
import { latin1, type Scan, scan } from './scanned.js'
import { twoInvoices } from './two-invoices.js'

/** Id and elements. */
type Row = readonly string[]

/** The component separator of the file, as the peers take it. */
const componentOf = (bytes: Buffer): string => String.fromCharCode(bytes[104] ?? 0)

/**
 * What the peers treat each in their own way is left out: line ends within elements, blanks around components, and at the end of a
 * segment the separators of components that do not follow.
 */
function leveled(row: Row, component: string): Row {
  const level = row.map((text) =>
    text
      .replace(/[\r\n]/g, '')
      .split(component)
      .map((part) => part.trim())
      .join(component),
  )
  let last = level.at(-1) ?? ''
  while (row[0] !== 'ISA' && last.endsWith(component)) last = last.slice(0, -component.length)
  return [...level.slice(0, -1), last]
}

/** All that comes out for the file in one chunk. Some peers throw out of the middle of a stream: then that is what comes out. */
async function read<T>(parser: Transform, bytes: Buffer, rowOf: (segment: T) => Row): Promise<Row[]> {
  const rows: Row[] = []
  const ended = once(parser, 'end')
  parser.on('data', (segment: T) => rows.push(rowOf(segment)))
  try {
    parser.write(bytes)
    parser.end()
  } catch (error) {
    return [['it throws', String(error)]]
  }
  await ended
  return rows
}

/** x12-parser splits elements into components and names them 4, 4-1, 4-2. Behind the last terminator it finds a segment of nothing. */
async function byX12Parser(bytes: Buffer): Promise<Row[]> {
  const component = componentOf(bytes)
  const rows = await read(new X12parser('utf8'), bytes, ({ name = '', ...parts }: Record<string, string>) => {
    const elements: string[] = []
    for (const [key, value] of Object.entries(parts)) {
      const position = Number(key.split('-')[0]) - 1
      elements[position] = key.includes('-') ? `${elements[position]}${component}${value}` : value
    }
    return [name, ...elements]
  })
  return rows.filter(([id, ...elements]) => id !== '' || elements.length > 0)
}

interface NodeX12Segment {
  readonly tag: string
  readonly elements: readonly { readonly value: string }[]
}

const byNodeX12 = (bytes: Buffer): Promise<Row[]> =>
  read(new NodeX12(false, 'utf8'), bytes, ({ tag, elements }: NodeX12Segment) => [
    tag,
    ...elements.map(({ value }) => value),
  ])

/** node-x12 makes ISA13 and IEA02 numbers, and loses their zeros. */
const withNumbers = (row: Row): Row =>
  row.map((text, index) =>
    (row[0] === 'ISA' && index === 13) || (row[0] === 'IEA' && index === 2) ? String(Number.parseInt(text, 10)) : text,
  )

interface Flaw {
  readonly name: string
  readonly peers: readonly ('x12-parser' | 'node-x12')[]
  readonly explains: (text: string, scan: Scan) => boolean
}

const isaOffsets = ({ segments }: Scan) => segments.filter(({ id }) => id === 'ISA').map(({ byteOffset }) => byteOffset)
const delimitersAt = (text: string, isa: number) => [3, 104, 105].map((offset) => text[isa + offset]).join('')

/** What the peers are known to get wrong, each with the mark of a file that it concerns. */
const FLAWS: readonly Flaw[] = [
  {
    name: 'takes the first bytes of the file for the ISA, whatever they are (byte order mark, blank lines, rubbish)',
    peers: ['x12-parser', 'node-x12'],
    explains: (_text, scan) => isaOffsets(scan)[0] !== 0,
  },
  {
    name: 'reads the delimiters at bytes 3, 104 and 105 although the ISA is shorter, longer or wrapped',
    peers: ['x12-parser', 'node-x12'],
    explains: (_text, { segments }) => segments.some(({ id, byteLength }) => id === 'ISA' && byteLength !== 105),
  },
  {
    name: 'keeps the delimiters of the first interchange for those that follow',
    peers: ['x12-parser', 'node-x12'],
    explains: (text, scan) => new Set(isaOffsets(scan).map((isa) => delimitersAt(text, isa))).size > 1,
  },
  {
    name: 'knows no length of binary data',
    peers: ['x12-parser', 'node-x12'],
    explains: (_text, { segments }) => segments.some(({ binary }) => binary > 0),
  },
  {
    name: 'takes bytes outside any interchange for segments',
    peers: ['x12-parser', 'node-x12'],
    explains: (_text, { problems }) => problems.length > 0,
  },
  {
    name: 'makes CR LF one LF before it looks for a terminator that is CR',
    peers: ['x12-parser'],
    explains: (text) => text[105] === '\r' && text[106] === '\n',
  },
  {
    name: 'takes the whole file for UTF-8, also where it is not',
    peers: ['x12-parser', 'node-x12'],
    explains: (text) => !isUtf8(latin1(text)),
  },
  {
    name: 'takes a remark between two segments for the id of the next',
    peers: ['x12-parser', 'node-x12'],
    explains: (_text, { segments }) => segments.some(({ remark }) => remark !== undefined),
  },
  {
    name: 'loses a last segment without its terminator',
    peers: ['node-x12'],
    explains: (_text, { segments }) => segments.at(-1)?.terminated === false,
  },
  {
    name: 'loses files shorter than 113 characters, and is lost when a segment has no elements',
    peers: ['node-x12'],
    explains: (text, { segments }) => text.length < 113 || segments.some(({ elements }) => elements.length === 0),
  },
]

const PEERS = [
  { peer: 'x12-parser', read: byX12Parser, same: (row: Row) => row },
  { peer: 'node-x12', read: byNodeX12, same: withNumbers },
] as const

/** The same rows, or the flaws that explain why not. */
async function compare({ peer, read, same }: (typeof PEERS)[number], bytes: Buffer): Promise<'same' | string[]> {
  const scanned = scan(bytes)
  const comparable = (row: Row) => same(leveled(row, componentOf(bytes)))
  const rows = scanned.segments.map(({ id, elements }) => comparable([id, ...elements]))
  const others = (await read(bytes)).map(comparable)
  if (JSON.stringify(others) === JSON.stringify(rows)) return 'same'
  const text = bytes.toString('latin1')
  const explained = FLAWS.filter(({ peers, explains }) => peers.includes(peer) && explains(text, scanned))
  if (explained.length === 0) expect(others, `${peer} differs`).toEqual(rows)
  return explained.map(({ name }) => name)
}

const samples = path.resolve(import.meta.dirname, '../../../../shared/samples')
const index = path.join(samples, 'INDEX.tsv')
const publicFiles = existsSync(index)
  ? readFileSync(index, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t')[0] as string)
  : []
if (publicFiles.length === 0) console.warn(`the peers are not compared on public samples: there is no ${index}`)

const ownSamples = path.resolve(import.meta.dirname, '../../../edi-samples')
const ownFiles = readdirSync(ownSamples, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.edi'))

describe.each(PEERS)('$peer and we', (peer) => {
  it('read the same segments and elements of our own samples', async () => {
    const results = await Promise.all(ownFiles.map((file) => compare(peer, readFileSync(path.join(ownSamples, file)))))
    expect(results.filter((result) => result === 'same').length).toBeGreaterThan(results.length * 0.9)
  })

  it.skipIf(publicFiles.length === 0)(
    'read the same of the files of public projects, or it is known why not',
    async () => {
      const results = await Promise.all(
        publicFiles.map((file) => compare(peer, readFileSync(path.join(samples, file)))),
      )
      expect(results.filter((result) => result === 'same').length).toBeGreaterThan(results.length / 2)
    },
  )

  it('read the same of whatever interchanges are written', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(interchange, { minLength: 1, maxLength: 3 }),
        delimiters,
        async (written, delimiters) => {
          const bytes = Buffer.concat(written.map((one) => writeInterchange({ ...one, delimiters })))
          expect(await compare(peer, bytes)).toBe('same')
        },
      ),
      { numRuns: 300 },
    )
  })
})

/** Each of its own kind in pairs that are no data of the generated files. */
const delimiters = fc.record({
  element: fc.constantFrom('*', '|', '+', '\x1d', '^'),
  component: fc.constantFrom('>', ':', '<', '\x1f'),
  segment: fc.constantFrom('~', "'", '!', '\x1c'),
  newline: fc.constantFrom('', '\n', '\r\n'),
})

const element = fc.string({ unit: fc.constantFrom(...'ABCXYZ0189 .,-/#&()éß'), maxLength: 20 })
const segment = fc
  .tuple(
    fc.constantFrom('REF', 'N1', 'PO1', 'IT1', 'DTM', 'LIN', 'SN1'),
    fc.array(element, { minLength: 1, maxLength: 12 }),
  )
  .map(([id, elements]) => [id, ...elements.map((text) => text.trim()), 'X'])

const interchange: fc.Arbitrary<InterchangeToWrite> = fc
  .array(fc.array(segment, { maxLength: 6 }), { minLength: 1, maxLength: 4 })
  .map((sets) => ({
    ...twoInvoices,
    groups: twoInvoices.groups.map((group) => ({
      ...group,
      transactions: sets.map((segments, index) => ({
        set: '810',
        control: String(index + 1).padStart(4, '0'),
        segments,
      })),
    })),
  }))

describe('what the peers get wrong', () => {
  const plain = writeInterchange(twoInvoices)
  const other = writeInterchange({ ...twoInvoices, delimiters: { element: '|', component: ':', segment: '!' } })
  const binary = latin1(plain.toString('latin1').replace('N1*', 'BIN*9*A~B*C~\r\nD~N1*'))

  it.each([
    ['x12-parser', 'a byte order mark', Buffer.concat([latin1('\xef\xbb\xbf'), plain])],
    ['x12-parser', 'other delimiters in the next interchange', Buffer.concat([plain, other])],
    ['x12-parser', 'binary data', binary],
    ['node-x12', 'a byte order mark', Buffer.concat([latin1('\xef\xbb\xbf'), plain])],
    ['node-x12', 'other delimiters in the next interchange', Buffer.concat([plain, other])],
    ['node-x12', 'binary data', binary],
  ])('still is: %s with %s', async (name, _case, bytes) => {
    const peer = PEERS.find(({ peer }) => peer === name) as (typeof PEERS)[number]
    expect(await compare(peer, bytes)).not.toBe('same')
  })
})
