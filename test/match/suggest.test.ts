import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  createRelation,
  identifierKey,
  type RelationName,
  relations,
  type SetEngine,
} from '../../src/canonical/index.js'
import { openDuckDb } from '../../src/match/engine/duckdb.js'
import { type AskedException, type AskedIdentifier, type SuggestedLink, suggestLinks } from '../../src/match/index.js'
import { insert, type Row } from './three-way/night.js'

const rows: [RelationName, Row][] = []
const add = (relation: RelationName, row: Row): void => {
  rows.push([relation, { source_file: 7, source_record: rows.length + 1, ...row }])
}
const asked: AskedIdentifier[] = []
const exceptions: AskedException[] = []
/** An identifier that led nowhere, by its name in these tests. */
function ask(kind: string, identifier: string, more: Partial<AskedIdentifier & AskedException> = {}): void {
  const { partner = '', type = '', seller = null, item = '', document = null, sequence = null, po = null } = more
  exceptions.push({
    asked: asked.length,
    exception: asked.length + 1,
    document,
    sequence,
    company: null,
    po,
    release: null,
    identifier,
    seller,
  })
  const key = kind === 'unit' ? `${item} ${identifier}` : identifierKey('', identifier)
  asked.push({ kind, partner, type, identifier, key, company: '', item })
}

let engine: SetEngine
let links: SuggestedLink[]
const of = (identifier: string) => links.filter((link) => asked[link.asked]?.identifier === identifier)

beforeAll(async () => {
  add('item', {
    item: '1001',
    description: 'GLOVE EXAM NITRILE L',
    base_uom: 'EA',
    gtin: '00614141999996',
    status: 'active',
  })
  add('item', {
    item: '1002',
    description: 'STAPLER SKIN 35W',
    base_uom: 'EA',
    ndc: '0002-1200-02',
    status: 'inactive',
  })
  add('item', { item: '1003', description: 'DRAPE LAP', base_uom: 'EA', manufacturer_part: '0778', status: 'active' })
  add('item_uom', { item: '1001', uom: 'BX', factor: '100' })
  add('partner_vendor', { partner: 'medsupply', supplier: '10432' })
  add('item_vendor', { item: '1003', supplier: '10432', vendor_item: 'MS-STAPLE' })
  add('vendor', { supplier: '20718', name: 'OrthoTech Implants, Inc.', tax_id: '12-3456789', status: 'active' })
  add('location', { company: '10', location: 'OR-01', name: 'Operating room 1', status: 'active' })

  const catalog = { partner: 'medsupply', uom: 'BX' }
  add('catalog_item', { ...catalog, vendor_item: 'MS-BOX', gtin: '10614141999993', uom_factor: '50' })
  ask('item', 'MS-BOX', { partner: 'medsupply', type: 'vendor-item', seller: 'medsupply' })
  add('catalog_item', { ...catalog, vendor_item: 'MS-STAPLE', ndc: '00002120002', description: 'Skin stapler 35W' })
  ask('item', 'MS-STAPLE', { partner: 'medsupply', type: 'vendor-item', seller: 'medsupply' })
  ask('item', '778', { partner: 'ehr', seller: 'ehr' })
  add('usage_line', {
    usage: 'U1',
    case_hash: 'c',
    line: '1',
    identifier: 'E-GLOVE',
    description: 'Exam gloves nitrile L',
    quantity: '1',
    uom: 'EA',
    location: 'OR-01',
    used_on: '2026-03-10',
  })
  ask('item', 'E-GLOVE', { partner: 'ehr' })
  add('listed_vendor', { system: 'procurement', entry: 'P7', name: 'ORTHOTECH IMPLANTS', tax_id: '99-9999999' })
  ask('supplier', 'P7', { partner: 'procurement', seller: 'procurement' })
  ask('location', 'OR1', { partner: 'ehr' })
  ask('item', 'NOTHING-LIKE-IT', { partner: 'ehr' })

  // A carton that nobody knows: the order is in each, the price and the quantity tell, and so does the description.
  const syringe = { item: '2001', base_uom: 'EA', status: 'active', description: 'SYRINGE 10ML 12/CT' }
  add('item', syringe)
  add('item_uom', { item: '2001', uom: 'BX', factor: '12' })
  add('item_uom', { item: '2001', uom: 'CS', factor: '144' })
  const order = {
    company: '10',
    po_number: 'P9',
    line_number: '1',
    supplier: '10432',
    status: 'open',
    matching: 'three-way',
    po_date: '2026-03-01',
  }
  add('po_line', { ...order, item: '2001', quantity: '24', uom: 'EA', unit_price: '10' })
  const billed = { invoice_id: 'I9', byte_offset: 0, byte_length: 1, quantity: '2', uom: 'CT', unit_price: '120' }
  add('invoice_line', { ...billed, sequence: 1 })
  ask('unit', 'CT', { item: '2001', document: 'I9', sequence: 1, po: 'P9' })
  // A pack of which two say different things, one of them withdrawn before.
  add('item', { item: '2002', base_uom: 'EA', status: 'active' })
  add('po_line', {
    ...order,
    po_number: 'P8',
    item: '2002',
    quantity: '1',
    uom: 'PK',
    uom_factor: '40',
    unit_price: '80',
  })
  add('catalog_item', { supplier: '10432', vendor_item: 'MS-PK', item: '2002', uom: 'PK', uom_factor: '50' })
  ask('unit', 'PK', { item: '2002', seller: '10432' })
  // A price near that of ten, and more than was ordered.
  add('item', { item: '2003', base_uom: 'EA', status: 'active' })
  add('po_line', { ...order, po_number: 'P7', item: '2003', quantity: '10', uom: 'EA', unit_price: '10' })
  add('invoice_line', { ...billed, sequence: 2, uom: 'TY', quantity: '3', unit_price: '101' })
  ask('unit', 'TY', { item: '2003', document: 'I9', sequence: 2, po: 'P7' })
  // Two companies have an item each of one manufacturer part, and the document names an order of the second.
  for (const [item, company] of [
    ['3001', '10'],
    ['6001', '20'],
  ] as const) {
    add('item', { item, base_uom: 'EA', manufacturer_part: 'SB-149', status: 'active' })
    add('po_line', { ...order, company, po_number: `PO-${item}`, item, quantity: '1', uom: 'EA', unit_price: '5' })
  }
  add('po_line', { ...order, company: '20', po_number: 'P6', item: '2001', quantity: '1', uom: 'EA', unit_price: '5' })
  add('invoice_line', { ...billed, sequence: 3, uom: 'EA', unit_price: '7' })
  ask('item', 'SB149', { document: 'I9', sequence: 3, po: 'P6' })
  // One whose way is known since, and one of which nobody says anything.
  ask('unit', 'BX', { item: '2001' })
  ask('unit', 'ZZ', { item: '2003' })

  engine = await openDuckDb({ threads: 1 })
  await insert(engine, rows)
  for (const relation of Object.keys(relations) as RelationName[]) await engine.run(createRelation(relation))
  links = await suggestLinks(
    engine,
    asked,
    exceptions,
    [
      {
        kind: 'item',
        key: identifierKey('', 'E-GLOVE'),
        partner: 'ehr',
        target: '1001',
        reference: 'XR-000009',
        state: 'withdrawn',
        by: 'M. Chen',
        effective_to: null,
      },
      {
        kind: 'unit',
        key: '2002 PK',
        partner: '',
        target: '50 EA',
        reference: 'XR-000012',
        state: 'withdrawn',
        by: 'M. Chen',
        effective_to: null,
      },
    ],
    '2026-03-11',
  )
})
afterAll(() => engine.close())

test('the GTIN of another pack speaks for an item, a pack of another size against it', () => {
  expect(of('MS-BOX')).toMatchObject([
    {
      target: '1001',
      confidence: 40,
      speaksFor: ['GTIN 10614141999993 is another pack of item 1001 (00614141999996)'],
      speaksAgainst: ['one BX is 50 in the catalogue, 100 of item 1001 in the ERP'],
    },
  ])
})

test('a part that two items have tells neither apart: the one that the company of the order orders goes first', () => {
  const [first, second] = of('SB149')
  expect([first, second].map((link) => [link?.target, link?.confidence])).toEqual([
    ['6001', 55],
    ['3001', 40],
  ])
  expect(first).toMatchObject({
    speaksFor: [expect.any(String), 'company 20, whose order the document names, orders item 6001'],
    speaksAgainst: ['item 3001 has the same manufacturer part'],
  })
})

test('what the ERP has of the number speaks for one item and against the other', () => {
  expect(of('MS-STAPLE')).toMatchObject([
    { target: '1003', speaksFor: ['the list of supplier parts has this number for item 1003'] },
    {
      target: '1002',
      speaksFor: ['NDC 00002120002 is that of item 1002', '"Skin stapler 35W" is 100 percent like "STAPLER SKIN 35W"'],
      speaksAgainst: [
        'the list of supplier parts has this number for item 1003',
        'item 1002 is inactive',
        'unit BX has no way to EA, the base unit of item 1002',
      ],
    },
  ])
})

test('a part number that lost its leading zero is found', () => {
  expect(of('778')).toMatchObject([
    {
      target: '1003',
      speaksFor: ['the number itself is the manufacturer part of item 1003 (0778) but for leading zeros'],
    },
  ])
})

test('what was said before and withdrawn speaks against it', () => {
  expect(of('E-GLOVE')).toMatchObject([
    { target: '1001', confidence: 5, speaksAgainst: ['XR-000009 said so and was withdrawn by M. Chen'] },
  ])
})

test('a vendor with the same name and another tax id is doubtful; a room written otherwise is found', () => {
  expect(of('P7')).toMatchObject([
    { target: '20718', confidence: 20, speaksAgainst: ['the tax ids differ: ...9999 and ...6789'] },
  ])
  expect(of('OR1')).toMatchObject([
    { target: 'OR-01', speaksFor: [expect.stringMatching(/^OR1 is \d+ percent like OR-01$/)] },
  ])
  expect(of('NOTHING-LIKE-IT')).toEqual([])
})

test('the size of a unit is found by price, quantity, description and the packs of the item', () => {
  expect(of('CT')).toMatchObject([
    {
      target: '12 EA',
      confidence: 99,
      speaksFor: [
        'the document has 120.00 per CT, which is that of 12 EA at 10.00 per EA (PO P9 line 1)',
        '"SYRINGE 10ML 12/CT" says so',
        '2 CT would be all of the 24 EA ordered',
        'item 2001 has a pack of this size: BX',
      ],
      speaksAgainst: [],
    },
    {
      target: '144 EA',
      confidence: 1,
      speaksAgainst: [
        'the document has 120.00 per CT, against 10.00 per EA (PO P9 line 1)',
        '"SYRINGE 10ML 12/CT" says 12',
        '2 CT would be more than the 24 EA ordered',
      ],
    },
  ])
})

test('an order and a catalogue that say different sizes speak against each other, and what was withdrawn against itself', () => {
  expect(of('PK').map(({ target, confidence }) => [target, confidence])).toEqual([
    ['40 EA', 35],
    ['50 EA', 1],
  ])
  expect(of('PK')[1]?.speaksAgainst).toEqual([
    'XR-000012 said so and was withdrawn by M. Chen',
    'PO P8 says 40',
    'item 2002 has no pack of this size in the ERP',
  ])
})

test('a price that is only near, for more than was ordered, is a doubtful size', () => {
  expect(of('TY')).toMatchObject([
    {
      target: '10 EA',
      confidence: 25,
      speaksFor: ['the document has 101.00 per TY, against 10.00 per EA (PO P7 line 1)'],
      speaksAgainst: ['3 TY would be more than the 10 EA ordered', 'item 2003 has no pack of this size in the ERP'],
    },
  ])
})

test('nothing is suggested of a unit whose way is known, or of which nobody says anything', () => {
  expect(of('BX')).toEqual([])
  expect(of('ZZ')).toEqual([])
})
