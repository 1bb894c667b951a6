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

  describe('in running text that no rule needs', () => {
    const usage = (map: object = {}, columns: object[] = []): ExtractContract =>
      receipts({
        columns: [
          { name: 'ID', kind: 'text', required: true },
          { name: 'CASE', kind: 'text', required: true, sensitivity: 'personal' },
          { name: 'WHO', kind: 'text', sensitivity: 'personal' },
          { name: 'ITEM', kind: 'text', required: true },
          { name: 'TEXT', kind: 'text' },
          { name: 'MORE', kind: 'text' },
          { name: 'QTY', kind: 'decimal', scale: 4, required: true },
          { name: 'DAY', kind: 'date', formats: ['%Y-%m-%d'], required: true },
          ...columns,
        ],
        projections: [
          {
            relation: 'usage_line',
            key: ['usage'],
            map: {
              usage: 'ID',
              case_hash: { column: 'CASE', transform: ['keyed-hash'] },
              line: { constant: '1' },
              identifier: 'ITEM',
              description: { column: 'TEXT', join: [{ column: 'MORE', between: ' ' }] },
              quantity: 'QTY',
              uom: { constant: 'EA' },
              location: { constant: 'OR' },
              used_on: 'DAY',
              ...map,
            },
          },
        ],
      })
    const head = 'ID|CASE|WHO|ITEM|TEXT|MORE|QTY|DAY\n'
    const used = (file: number) =>
      bench.engine.rows(
        `SELECT usage, identifier, description, quantity::VARCHAR AS quantity FROM usage_line WHERE source_file = ${file} ORDER BY source_record`,
      )

    it('that text alone is left out: the record is used, and told by line, column and its key', async () => {
      const check = await bench.check(
        usage(),
        `${head}U1|CASE-1|DOE^JANE|5501|"plate,\nlong"|4 holes|1|2026-03-01\n` +
          'U2|CASE-2|ROE^ANN|5502|screw for Ann Roe|3.5 mm|2|2026-03-01\nU3|CASE-3||5503|plate|MRN 4400123|3|2026-03-01\n',
      )
      expect(check).toMatchObject({ usable: true, records: 3, accepted: 3, rejected: 0 })
      expect(await used(check.file.index)).toEqual([
        { usage: 'U1', identifier: '5501', description: 'plate,\nlong 4 holes', quantity: '1.0000' },
        { usage: 'U2', identifier: '5502', description: null, quantity: '2.0000' },
        { usage: 'U3', identifier: '5503', description: null, quantity: '3.0000' },
      ])
      expect(
        check.findings.map(({ code, keys, message, evidence }) => [code, keys.record, message, evidence[0]?.line]),
      ).toEqual([
        [
          'DATA-PHI',
          'U2',
          'extract.txt: line 4 (record 2): TEXT holds what looks like the identity of a patient; the record is used without it',
          4,
        ],
        [
          'DATA-PHI',
          'U3',
          'extract.txt: line 5 (record 3): MORE holds what looks like the identity of a patient; the record is used without it',
          5,
        ],
      ])
      const left = [await bench.engine.rows('FROM reject'), await bench.engine.rows('FROM blanked'), check]
      expect(JSON.stringify(left)).not.toMatch(/Ann|Roe|4400123/i)
    })

    it.each([
      ['where an item stands, the record stays out', 'U1|C1|ROE^ANN|ROE^ANN|plate||1|2026-03-01', 'ITEM', {}],
      ['where the text is the item too', `U1|C1|ROE^ANN|1|for Ann Roe||1|2026-03-01`, 'TEXT', { identifier: 'TEXT' }],
      [
        'where the text decides which records count',
        'U1|C1|ROE^ANN|1|for Ann Roe||1|2026-03-01',
        'TEXT',
        { lot: { column: 'ITEM', 'only-where': { column: 'TEXT', codes: { plate: 'use' } } } },
      ],
    ])('%s', async (_, record, column, map) => {
      const check = await bench.check(usage(map), `${head}${record}\nU9|C9||9|plate||1|2026-03-01\n`)
      expect(check).toMatchObject({ records: 2, rejected: check.records - check.accepted })
      expect(check.findings.map(({ code, keys }) => [code, keys.field])).toContainEqual(['DATA-PHI', column])
      expect(await used(check.file.index)).not.toContainEqual(expect.objectContaining({ usage: 'U1' }))
      expect(JSON.stringify(check.findings)).not.toMatch(/Ann Roe|Roe.Ann/i)
    })

    it('a record with another fault stays out, and nothing of it is shown', async () => {
      const check = await bench.check(
        usage(),
        `${head}U1|C1|ROE^ANN|1|for Ann Roe||x|2026-03-01\nU9|C9||9|plate||1|2026-03-01\n`,
      )
      expect(check).toMatchObject({ accepted: 1, rejected: 1 })
      expect(check.findings.map(({ code, keys, values }) => [code, keys.field, values])).toEqual([
        ['DATA-TYPE', 'QTY', { QTY: null }],
        ['DATA-PHI', 'TEXT', { TEXT: null }],
      ])
      expect(check.findings.map(({ message }) => message).join()).not.toContain('used without')
    })

    it('a file that has it in most records has another layout than agreed, and is not used', async () => {
      const records = Array.from({ length: 30 }, (_, n) => `U${n}|C${n}||9|MRN 44001${n + 10}||1|2026-03-01`)
      const check = await bench.check(usage(), `${head}${records.join('\n')}\n`)
      expect(check).toMatchObject({ usable: false, findings: [{ code: 'DATA-PHI' }] })
      expect(await used(check.file.index)).toEqual([])
    })
  })

  it('may be projected in no other way', () => {
    expect(contractMistakes(hashed(['upper'])).join()).toContain('personal and never projected but as a keyed hash')
    expect(contractMistakes(hashed(['keyed-hash', 'upper'])).join()).toContain('keyed-hash is the last')
  })
})
