import { createRelation } from '../src/canonical/index.js'
import { openDuckDb } from '../src/match/engine/duckdb.js'
import { matchThreeWay } from '../src/match/three-way/index.js'

/** What a night's trade looks like where it does not look as usual: few suppliers, standing orders, invoices that name little. */
interface Shape {
  readonly lines: number
  readonly suppliers: number
  readonly shipTos: number
  readonly items: number
  readonly linesPerPo: number
  /** IT101 is the number of the PO line. */
  readonly isNumbered: boolean
  /** SQL of the vendor's item on an invoice line. */
  readonly named: string
  /** In a thousand. */
  readonly withoutPo: number
  readonly withUnknownPo: number
}

const usual: Shape = {
  lines: Number(process.argv[2] ?? 100_000),
  suppliers: 400,
  shipTos: 40,
  items: 5000,
  linesPerPo: 8,
  isNumbered: true,
  named: 'vendor_item',
  withoutPo: 0,
  withUnknownPo: 0,
}

const shapes: Readonly<Record<string, Shape>> = {
  'four hundred suppliers, PO lines numbered': usual,
  'three suppliers': { ...usual, suppliers: 3, shipTos: 2 },
  'no line numbers on invoices': { ...usual, isNumbered: false },
  '... nor items, price and quantity alone': { ...usual, isNumbered: false, named: 'NULL' },
  'standing orders of 5,000 lines, no line numbers': { ...usual, suppliers: 3, linesPerPo: 5000, isNumbered: false },
  'a fifth without PO, three suppliers, two docks': { ...usual, suppliers: 3, shipTos: 2, withoutPo: 200 },
  'a third of an unknown PO': { ...usual, withUnknownPo: 333 },
  'items that no PO knows': { ...usual, named: "'Z' || record" },
  'five items, no line numbers': { ...usual, items: 5, isNumbered: false },
}

let plain: number | undefined
for (const [name, shape] of Object.entries(shapes)) {
  const seconds = await matched(shape)
  plain ??= seconds
  console.log(`${name.padEnd(50)} ${seconds.toFixed(1).padStart(6)} s   ${(seconds / plain).toFixed(1)} x the first`)
}

/** An invoice for each four lines of a PO, at its price and for its quantity; a tenth of the lines is not received. */
async function matched(shape: Shape): Promise<number> {
  const engine = await openDuckDb()
  for (const relation of ['po_line', 'receipt_line', 'invoice', 'invoice_line', 'partner_vendor', 'tolerance'] as const)
    await engine.run(createRelation(relation))
  await engine.run(`
    INSERT INTO po_line BY NAME
    SELECT '10' AS company, '45' || n // ${shape.linesPerPo} AS po_number, (n % ${shape.linesPerPo} + 1)::VARCHAR AS line_number,
      'S' || n // ${shape.linesPerPo} % ${shape.suppliers} AS supplier, 'I' || n * 7919 % ${shape.items} AS item, 'V' || n * 7919 % ${shape.items} AS vendor_item,
      5 AS quantity, 'BX' AS uom, 10 AS uom_factor, n % 977 + 0.5 AS unit_price, 'open' AS status, 'three-way' AS matching, DATE '2026-01-03' AS po_date,
      'DOCK-' || n // ${shape.linesPerPo} % ${shape.shipTos} AS ship_to, 0 AS source_file, n AS source_record
    FROM range(${shape.lines}) r(n);
    INSERT INTO receipt_line BY NAME
    SELECT company, po_number, line_number, line_number AS receipt_number, quantity, uom, DATE '2026-02-01' AS received_on, 1 AS source_file, source_record
    FROM po_line WHERE source_record % 10 <> 3;
    CREATE TEMP TABLE billed AS
    SELECT *, source_record AS record, source_record // 4 AS document, source_record % 4 + 1 AS sequence FROM po_line;
    INSERT INTO invoice BY NAME
    SELECT 'inv-' || document AS invoice_id, min(supplier) AS partner, '10' AS company, 'N' || document AS invoice_number, DATE '2026-02-03' AS invoice_date,
      DATE '2026-02-03' AS received_on, false AS credit,
      CASE WHEN document * 389 % 1000 < ${shape.withoutPo} THEN NULL WHEN document * 389 % 1000 < ${shape.withUnknownPo} THEN 'X' ELSE '' END || min(po_number) AS po_number,
      min(ship_to) AS ship_to, 'USD' AS currency, sum(quantity * unit_price) AS total, 'open' AS state, 2 AS source_file
    FROM billed GROUP BY document;
    INSERT INTO invoice_line BY NAME
    SELECT 'inv-' || document AS invoice_id, sequence, ${shape.isNumbered ? 'line_number' : 'NULL'} AS assigned_id, quantity, uom, unit_price,
      ${shape.named} AS vendor_item, 0 AS byte_offset, 0 AS byte_length, 3 AS source_file
    FROM billed;
    INSERT INTO partner_vendor BY NAME SELECT DISTINCT supplier AS partner, supplier FROM po_line;
    INSERT INTO tolerance BY NAME SELECT 'price' AS rule, 'zero' AS over_mode, 'zero' AS under_mode`)
  const from = performance.now()
  await matchThreeWay(engine, {
    asOf: '2026-03-10',
    currency: 'USD',
    receiptGraceDays: 3,
    receivedNotInvoicedDays: 25,
    duplicateWindowDays: 90,
    noPoWindowDays: 60,
  })
  const seconds = (performance.now() - from) / 1000
  await engine.close()
  return seconds
}
