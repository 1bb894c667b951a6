import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { DuckDBInstance } from '@duckdb/node-api'

/**
 * CSV files of orders and their answers, the same on every machine: PO lines, five a PO, a line of an 855 for each, 1.01 statuses a line.
 * A few in a hundred are answered otherwise: dearer, less, later, the balance backordered, rejected, left out, substituted; whole orders
 * rejected or not answered, and answers to POs nobody has. One in twelve is answered by the each at the price of a tenth.
 */
export async function generate(folder, poLines) {
  if (existsSync(folder)) return
  const building = `${folder}.building`
  await rm(building, { recursive: true, force: true })
  await mkdir(building, { recursive: true })
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  await connection.run(`
    CREATE TABLE line AS
    SELECT i, i // 5 AS po, (i % 5 + 1)::VARCHAR AS line_number, (4500000 + i // 5)::VARCHAR AS po_number,
      CASE WHEN i // 5 % 2 = 0 THEN '10' ELSE '20' END AS company, (10000 + i // 5 % 400)::VARCHAR AS supplier, (100000 + i * 31 % 40000)::VARCHAR AS item,
      2 + i * 17 % 60 AS quantity, 100 + i * 7901 % 90000 AS cents, DATE '2026-03-01' + (i // 5 % 8)::INTEGER AS po_date,
      (i // 5 * 7919 + 13) % 1000 AS po_fate, (i * 7919 + 29) % 1000 AS fate
    FROM range(${poLines}) AS r(i);
    CREATE TABLE answered AS SELECT *, 'ack-' || po AS document_id, fate BETWEEN 60 AND 139 AS by_each FROM line WHERE po_fate >= 17 OR po_fate IN (10, 11);
    CREATE TABLE answered_line AS SELECT *, CASE WHEN fate < 10 THEN cents * 11 ELSE cents * 10 END AS mills FROM answered WHERE fate NOT BETWEEN 45 AND 49`)
  const write = (name, query) => connection.run(`COPY (${query}) TO '${building}/${name}.csv' (HEADER)`)
  const money = (mills) => `((${mills}) * 0.001::DECIMAL(4,3))::DECIMAL(12,3)`
  await write(
    'po-lines',
    `SELECT company, po_number, line_number, supplier, item, 'V-' || item AS vendor_item, quantity, 'BX' AS uom, 10 AS uom_factor, ${money('cents * 10')} AS unit_price,
       'open' AS status, 'three-way' AS matching, po_date, po_date + 7 AS requested_on FROM line ORDER BY i`,
  )
  await write(
    'acknowledgments',
    `SELECT DISTINCT 'ack-' || po AS document_id, supplier AS partner, company, CASE WHEN po_fate IN (10, 11) THEN '9' ELSE '' END || po_number AS po_number,
       CASE WHEN po_fate BETWEEN 12 AND 16 THEN 'RJ' ELSE 'AC' END AS type, po_date + 1 AS acknowledged_on FROM line WHERE po_fate >= 10 ORDER BY ALL`,
  )
  await write(
    'acknowledgment-lines',
    `SELECT document_id, line_number AS sequence, line_number AS assigned_id, CASE WHEN by_each THEN quantity * 10 ELSE quantity END AS quantity,
       CASE WHEN by_each THEN 'EA' ELSE 'BX' END AS uom, CASE WHEN by_each THEN ${money('mills // 10')} ELSE ${money('mills')} END AS unit_price, 'V-' || item AS vendor_item
     FROM answered_line ORDER BY i`,
  )
  await write(
    'acknowledgment-statuses',
    `SELECT document_id, line_number AS sequence, 1 AS place,
       CASE WHEN fate < 10 THEN 'IP' WHEN fate < 20 THEN 'IQ' WHEN fate < 30 THEN 'DR' WHEN fate BETWEEN 40 AND 44 THEN 'IR' WHEN fate = 50 THEN 'IS' ELSE 'IA' END AS status,
       CASE WHEN fate BETWEEN 10 AND 19 OR fate BETWEEN 30 AND 39 THEN quantity - 1 WHEN by_each THEN quantity * 10 ELSE quantity END AS quantity,
       CASE WHEN by_each THEN 'EA' ELSE 'BX' END AS uom, CASE WHEN fate BETWEEN 20 AND 29 THEN po_date + 10 ELSE po_date + 7 END AS promised_on,
       CASE WHEN fate = 50 THEN 'S-' || item END AS vendor_item
     FROM answered_line
     UNION ALL
     SELECT document_id, line_number, 2, 'IB', 1, 'BX', po_date + 21, NULL FROM answered_line WHERE fate BETWEEN 30 AND 39
     ORDER BY ALL`,
  )
  await write('items', `SELECT DISTINCT item, 'EA' AS base_uom, 'active' AS status FROM line ORDER BY item`)
  await write('partner-vendors', `SELECT DISTINCT supplier AS partner, supplier FROM line ORDER BY supplier`)
  await write(
    'due',
    `SELECT DISTINCT supplier AS partner, po_date, (po_date + 2)::VARCHAR || ' 00:00' AS due_at, true AS is_over FROM line ORDER BY ALL`,
  )
  instance.closeSync()
  await rename(building, folder)
}
