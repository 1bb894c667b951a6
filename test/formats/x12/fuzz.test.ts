import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import fc from '../../properties.js'
import { mutated } from './fuzz-mutator.js'
import { tryBytes, tryItems } from './fuzz-target.js'
import { latin1, scan } from './scanned.js'
import { fileText, twoInvoices } from './two-invoices.js'

const root = path.resolve(import.meta.dirname, '../../..')
const filesIn = (folder: string) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.edi'))
    .sort()
    .map((name) => ({ name, bytes: readFileSync(path.join(root, folder, name)) }))

const found = filesIn('test/formats/x12/fuzz-found')
const samples = filesIn('edi-samples').map(({ bytes }) => bytes)

/** Interchanges of segments of every kind, binary ones too, whose pieces are right and whose order and numbers need not be. */
const element = fc.oneof(
  fc.constantFrom(
    '',
    '1',
    '10',
    '12.5',
    '-3',
    '20240304',
    '0312',
    'EA',
    'BX',
    'VP',
    'CM-4410',
    '0001',
    '000000905',
    '810',
  ),
  fc.string({ maxLength: 12 }),
  fc.uint8Array({ maxLength: 6 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
)
const id = fc.constantFrom(
  ...[
    'ST',
    'SE',
    'GS',
    'GE',
    'IEA',
    'TA1',
    'BIG',
    'BAK',
    'BEG',
    'BSN',
    'N1',
    'IT1',
    'PO1',
    'ACK',
    'HL',
    'LIN',
    'TDS',
    'SAC',
    'CTT',
  ],
)
const segment = fc.tuple(id, fc.array(element, { maxLength: 10 })).map(([id, elements]) => [id, ...elements].join('*'))
const binary = fc
  .tuple(fc.uint8Array({ maxLength: 60 }), fc.constantFrom(0, 0, 0, 1, -1, 300))
  .map(([data, wrong]) => `BIN*${data.length + wrong}*${Buffer.from(data).toString('latin1')}`)
const header = fileText().slice(0, fileText().indexOf('GS*'))
const interchange = fc
  .tuple(
    fc.array(fc.oneof({ weight: 9, arbitrary: segment }, { weight: 1, arbitrary: binary }), { maxLength: 30 }),
    fc.boolean(),
  )
  .map(([segments, ends]) =>
    [header.trimEnd(), ...segments.map((text) => `${text}~`), ends ? 'IEA*0*000000905~' : ''].join('\n'),
  )
const anyFile = fc.oneof(
  fc.array(interchange, { minLength: 1, maxLength: 3 }).map((parts) => latin1(parts.join('\n'))),
  fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes)),
)
const sizes = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 4 })

describe('whatever bytes come', () => {
  it('they are read the same in any chunks, each place is in the file, and no byte is dropped in silence', async () => {
    await fc.assert(
      fc.asyncProperty(anyFile, sizes, async (bytes, sizes) => {
        await tryBytes(bytes, sizes)
        await tryItems(bytes, sizes)
      }),
      { numRuns: 600 },
    )
  })

  it('also where they were files to which something happened', async () => {
    for (let number = 0; number < 2000; number++) await tryBytes(mutated(samples, 1, number), [1 + (number % 97)])
  })

  it('the result of a long file is the same in small and large chunks', () => {
    const long = latin1(Array.from({ length: 300 }, () => fileText(twoInvoices, '\r\n')).join(''))
    const whole = scan(long)
    expect(whole.segments).toHaveLength(300 * 18)
    for (const sizes of [[64 * 1024], [1021]]) expect(scan(long, sizes)).toMatchObject({ segments: whole.segments })
  })
})

describe('what a fuzzer found once', () => {
  it.each(found)('is read without fault: $name', async ({ bytes }) => {
    for (const sizes of [[1], [3], [100], [1000, 1]]) {
      await tryBytes(bytes, sizes)
      await tryItems(bytes, sizes)
    }
  })

  it('is kept', () => {
    expect(found.length).toBeGreaterThan(3)
  })
})
