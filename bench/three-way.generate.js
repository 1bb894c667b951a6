import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { finished } from 'node:stream/promises'

/**
 * Seeded CSV files of a health system's trade: PO lines, 1.2 receipt lines and 1.1 invoice lines for each, and price tolerances; also
 * the item master and who may bill as which vendor, which only Matchbook asks for.
 * A few in a hundred are wrong: priced too high, billed over the order or the receipt, not received at all, received and not billed,
 * on a closed PO line, under another line number than the PO's; invoices that are sent twice, add up wrongly, name an unknown PO, or
 * come from another supplier than the PO's.
 */
export async function generate(folder, poLines) {
  if (existsSync(folder)) return
  const building = `${folder}.building`
  await rm(building, { recursive: true, force: true })
  await mkdir(building, { recursive: true })
  const next = mulberry(20260320)
  const below = (n) => Math.floor(next() * n)
  const files = {
    po: await open(
      path.join(building, 'po-lines.csv'),
      'company,po_number,line_number,supplier,item,vendor_item,quantity,uom,uom_factor,unit_price,status,matching,ship_to,facility,po_date',
    ),
    receipts: await open(
      path.join(building, 'receipts.csv'),
      'company,po_number,line_number,receipt_number,quantity,uom,received_on',
    ),
    invoices: await open(
      path.join(building, 'invoices.csv'),
      'invoice_id,partner,company,invoice_number,invoice_date,po_number,total',
    ),
    lines: await open(
      path.join(building, 'invoice-lines.csv'),
      'invoice_id,sequence,assigned_id,quantity,uom,unit_price,vendor_item',
    ),
  }
  const tolerances = await open(path.join(building, 'tolerances.csv'), 'supplier,percent')
  await tolerances.write(',0.5\n')
  for (let supplier = 10_000; supplier < 10_100; supplier++) await tolerances.write(`${supplier},2\n`)
  await tolerances.close()
  const items = new Set()
  const suppliers = new Set()
  let receipt = 0
  let invoice = 0
  for (let made = 0, po = 0; made < poLines; po++) {
    const company = po % 2 === 0 ? '10' : '20'
    const supplier = 10_000 + below(400)
    suppliers.add(supplier)
    const number = 4_500_000 + po
    const count = Math.min(1 + below(9), poLines - made)
    const day = below(20)
    /** @type {string[][]} lines of the first and, where something is billed later, of the second invoice */
    const bills = [[], []]
    for (let line = 1; line <= count; line++, made++) {
      // No item twice in a PO.
      const item = below(4_000) * 10 + line
      items.add(100_000 + item)
      const status = below(400) === 0 ? 'closed' : 'open'
      const quantity = 2 + below(60)
      const cents = 100 + below(90_000)
      const price = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
      await files.po.write(
        `${company},${number},${line},${supplier},${100_000 + item},V-${item},${quantity},BX,10,${price},${status},three-way,DOCK-${po % 7},F${po % 7},2026-01-${String(1 + day).padStart(2, '0')}\n`,
      )
      const fate = below(1000)
      const received = fate < 15 ? quantity - 1 : quantity
      const parts =
        fate >= 20 && received > 1 && below(100) < 22 ? [received - 1, 1] : fate >= 15 && fate < 20 ? [] : [received]
      for (const part of parts)
        await files.receipts.write(
          `${company},${number},${line},R${++receipt},${part},BX,2026-02-${String(1 + day).padStart(2, '0')}\n`,
        )
      if (fate >= 45 && fate < 55) continue
      const billed = fate >= 20 && fate < 30 ? quantity + 2 : quantity
      const dear = fate >= 30 && fate < 45 ? cents + 1 + below(500) : cents
      const split = below(100) < 10 && billed > 3 ? [billed - 1, 1] : [billed]
      split.forEach((part, n) => {
        // One in twelve is billed by the each at the price of a tenth.
        const each = below(12) === 0
        const billedPrice = each
          ? `${Math.floor(dear / 1000)}.${String(dear % 1000).padStart(3, '0')}`
          : `${Math.floor(dear / 100)}.${String(dear % 100).padStart(2, '0')}`
        const named = below(300) === 0 ? 90 + line : line
        bills[n].push([named, each ? part * 10 : part, each ? 'EA' : 'BX', billedPrice, `V-${item}`, part * dear])
      })
    }
    for (const [n, lines] of bills.entries()) {
      if (lines.length === 0) continue
      const fate = below(1000)
      const total = lines.reduce((sum, line) => sum + line[5], 0) + (fate < 3 ? 500 : 0)
      const partner = fate >= 3 && fate < 5 ? supplier + 500 : supplier
      const named = fate >= 5 && fate < 7 ? `9${number}` : number
      const bill = ++invoice
      // One in four hundred is sent twice, the second time three days later.
      const days = below(400) === 0 ? [n, n + 3] : [n]
      for (const [copy, later] of days.entries()) {
        const id = copy === 0 ? `inv-${bill}` : `inv-${bill}-again`
        await files.invoices.write(
          `${id},${partner},${company},${800_000_000 + bill * 3},2026-02-${String(1 + day + later).padStart(2, '0')},${named},${Math.floor(total / 100)}.${String(total % 100).padStart(2, '0')}\n`,
        )
        for (const [sequence, [line, quantity, uom, price, vendorItem]] of lines.entries())
          await files.lines.write(`${id},${sequence + 1},${line},${quantity},${uom},${price},${vendorItem}\n`)
      }
    }
  }
  for (const file of Object.values(files)) await file.close()
  const master = await open(path.join(building, 'items.csv'), 'item,base_uom,status')
  for (const item of items) await master.write(`${item},EA,active\n`)
  await master.close()
  const partners = await open(path.join(building, 'partner-vendors.csv'), 'partner,supplier')
  for (const supplier of suppliers) await partners.write(`${supplier},${supplier}\n`)
  await partners.close()
  await rename(building, folder)
}

async function open(file, header) {
  const stream = createWriteStream(file, { highWaterMark: 1 << 20 })
  stream.write(`${header}\n`)
  return {
    write: (text) => (stream.write(text) ? undefined : new Promise((resolve) => stream.once('drain', resolve))),
    close: () => {
      stream.end()
      return finished(stream)
    },
  }
}

/** A small seeded generator; the same numbers on every machine. */
function mulberry(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
