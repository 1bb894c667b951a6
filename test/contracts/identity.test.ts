import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ExtractContract } from '../../src/config/index.js'
import { contractMistakes, useIdentityKey } from '../../src/contracts/index.js'
import { type Bench, openBench, receipts } from './extract-fixture.js'

const key = 'a key that nobody guesses, of 40 letters'
const columns = [
  { name: 'CO', kind: 'text', required: true },
  { name: 'PATIENT', kind: 'text', required: true, sensitivity: 'personal' },
  { name: 'LINE', kind: 'text', required: true },
  { name: 'NAME', kind: 'text', sensitivity: 'personal' },
  { name: 'QTY', kind: 'decimal', scale: 4, required: true },
  { name: 'UOM', kind: 'text', required: true },
  { name: 'DAY', kind: 'date', formats: ['%Y-%m-%d'], required: true },
]
const head = 'CO|PATIENT|LINE|NAME|QTY|UOM|DAY'

/** The case is a patient's number in the file and a keyed hash in the relation; the name is dropped. */
const hashed = (transform = ['upper', 'keyed-hash']): ExtractContract =>
  receipts({
    columns,
    projections: [
      {
        relation: 'receipt_line',
        key: ['company', 'po_number', 'line_number', 'receipt_number'],
        map: {
          company: 'CO',
          po_number: { column: 'PATIENT', transform },
          line_number: 'LINE',
          receipt_number: { constant: '1' },
          quantity: 'QTY',
          uom: 'UOM',
          received_on: 'DAY',
        },
      },
    ],
  })

const hashOf = (identity: string): string => createHmac('sha256', key).update(identity).digest('hex').slice(0, 32)

describe('identities at intake', () => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench()
    await useIdentityKey(bench.engine, key)
  })
  afterAll(() => bench.close())

  const rows = (file: number) =>
    bench.engine.rows<{ po_number: string; line_number: string }>(
      `SELECT po_number, line_number FROM receipt_line WHERE source_file = ${file} ORDER BY source_record`,
    )

  it('are HMAC-SHA-256 of the text, the same for the same person however it is written', async () => {
    const check = await bench.check(
      hashed(),
      `${head}\n10|mrn77001|1|DOE^JANE|1|EA|2026-03-01\n10|MRN77001|2|DOE^JANE|1|EA|2026-03-01\n10|Ärztin é|3||1|EA|2026-03-01\n`,
    )
    expect(check.findings).toEqual([])
    expect(await rows(check.file.index)).toEqual([
      { po_number: hashOf('MRN77001'), line_number: '1' },
      { po_number: hashOf('MRN77001'), line_number: '2' },
      { po_number: hashOf('ÄRZTIN É'), line_number: '3' },
    ])
  })

  it('under a key longer than a block too', async () => {
    const long = 'k'.repeat(100)
    await useIdentityKey(bench.engine, long)
    const [row] = await bench.engine.rows<{ hash: string }>(`SELECT keyed_hash('MRN77001') AS hash`)
    await useIdentityKey(bench.engine, key)
    expect(row?.hash).toBe(createHmac('sha256', long).update('MRN77001').digest('hex').slice(0, 32))
  })

  it('are told of in no reject, not even as the key of the record', async () => {
    const check = await bench.check(hashed(), `${head}\n10|MRN77002|1|DOE^JANE|x|EA|2026-03-01\n`)
    expect(check.findings.map(({ code }) => code)).toEqual(['DATA-TYPE'])
    expect(check.findings[0]?.keys.record).toBe(`10/${hashOf('MRN77002')}/1`)
    expect(JSON.stringify(check)).not.toMatch(/MRN77002|DOE/)
  })

  it.each([
    ['a social security number in a unit', '10|MRN77003|1||1|SSN 123-45-6789|2026-03-01', 'UOM'],
    ["the patient's number within a line number", '10|MRN77003|mrn77003-1||1|EA|2026-03-01', 'LINE'],
    ['a social security number for a date', '10|MRN77003|1||1|EA|123-45-6789', 'DAY'],
    ['a name as the company', '10 DOE^JANE|MRN77003|1|Doe^Jane|1|EA|2026-03-01', 'CO'],
  ])('in a column that is not personal, %s, it is DATA-PHI, and the record stays out', async (_, record, column) => {
    const check = await bench.check(hashed(), `${head}\n${record}\n10|MRN77004|1||1|EA|2026-03-01\n`)
    expect(check.findings.map(({ code, keys }) => [code, keys.field])).toContainEqual(['DATA-PHI', column])
    expect(check).toMatchObject({ records: 2, accepted: 1, rejected: 1 })
    expect(JSON.stringify(check.findings)).not.toMatch(/123-45-6789|doe|mrn77003/i)
  })

  it.each([
    ['a number that is never given out', '10|MRN77005|1||1|000-12-3456|2026-03-01'],
    ['a longer part number', '10|MRN77005|A-123-45-6789-B||1|EA|2026-03-01'],
    ['the same letters within another word', '10|P77005X|P77005X1||1|EA|2026-03-01'],
  ])('%s is none', async (_, record) => {
    expect((await bench.check(hashed(), `${head}\n${record}\n`)).findings).toEqual([])
  })

  describe('in running text', () => {
    const noted = (personal: boolean): ExtractContract =>
      receipts({
        columns: [
          { name: 'LIST', kind: 'text', required: true },
          { name: 'ENTRY', kind: 'text', required: true },
          { name: 'TEXT', kind: 'text' },
          { name: 'WHO', kind: 'text', sensitivity: personal ? 'personal' : 'none' },
        ],
        projections: [
          {
            relation: 'listed_item',
            key: ['system', 'entry'],
            map: { system: 'LIST', entry: 'ENTRY', description: 'TEXT' },
          },
        ],
      })
    const told = async (text: string, who: string, personal = true) => {
      const check = await bench.check(noted(personal), `LIST|ENTRY|TEXT|WHO\nehr|123-45-6780|${text}|${who}\n`)
      return check.findings.map(({ code, keys }) => `${code} ${keys.field}`)
    }

    it.each([
      ['the same patient in another order', 'plate for Jane Doe', 'DOE^JANE^Q'],
      ['with an accent', 'placa de Ana García', 'García, Ana'],
      ['the same number without what stands before it', 'see 4400013', 'MRN004400013'],
    ])('it is found: %s', async (_, text, who) => {
      expect(await told(text, who)).toContain('DATA-PHI TEXT')
    })

    it.each([
      'Plate SSN 523456790',
      'Plate, Soc. Sec. No. 523 45 6790',
      'FOR MRN: 0044123',
      'patient id 55123',
      'patient no: 5512',
      'DOB 04/18/1931',
      'born 18-APR-1931',
      'PEREZ^LUISA plate',
      'plate 523-45-6790',
    ])('by its form, in every extract: %s', async (text) => {
      expect(await told(text, '', false)).toEqual(['DATA-PHI TEXT'])
    })

    it.each([
      ['Screw SS 302 14 1234, 3.5 mm', 'DOE^JANE'],
      ['PATIENT ID BAND 1000/CS', 'DOE^JANE'],
      ['Band, adult, patient ID 1000/BX', 'DOE^JANE'],
      ['Folder medical record 10000/CS', 'DOE^JANE'],
      ['A4649^SYRINGE^LN', 'DOE^JANE'],
      ['Total knee system', 'TOTAL KNEE ARTHROPLASTY'],
      ['Born-again spares 2026', 'DOE^JANE'],
      ['Doe gloves, size 7', 'DOE^JANE'],
      ['Kit 44000', 'MRN004400013'],
    ])('what only looks a little like it is none: %s', async (text, who) => {
      expect(await told(text, who, false)).toEqual([])
    })

    it('a number of a part or an order may look like a social security number where no patients are near', async () => {
      expect(await told('Plate', '', false)).toEqual([])
      expect(await told('Plate', '')).toEqual(['DATA-PHI ENTRY'])
    })
  })

  it('may be projected in no other way', () => {
    expect(contractMistakes(hashed(['upper'])).join()).toContain('personal and never projected but as a keyed hash')
    expect(contractMistakes(hashed(['keyed-hash', 'upper'])).join()).toContain('keyed-hash is the last')
  })
})
