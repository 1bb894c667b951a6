import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { finished } from 'node:stream/promises'
import { itemOf } from './three-way.items.js'
import { layouts } from './three-way.layouts.js'

/**
 * A health system's trade in the files it really has. The ERP's extracts are laid out as the shipped contracts say
 * (templates/extracts/lawson-*.yaml): PO lines with 36 columns, 1.2 receipt lines for each with 11, the item master with 17; pipes,
 * mm/dd/yyyy, vendor numbers right-justified, a trailer with count and sum. Invoices, 1.1 lines for each PO line, are the flat files an
 * EDI translator writes (24 and 22 columns, yyyymmdd). Every column is filled as such
 * programs fill it. The item master, and who may bill as which vendor, only Matchbook asks for.
 *
 * A few in a hundred are wrong: priced too high, billed over the order or the receipt, not received at all, received and not billed,
 * on a closed PO line, under another line number than the PO's; invoices that are sent twice, add up wrongly, name an unknown PO, or
 * come from another supplier than the PO's. Seeded: the same bytes on every machine.
 */
export async function generate(folder, poLines) {
  if (existsSync(folder)) return
  const building = `${folder}.building`
  await rm(building, { recursive: true, force: true })
  await mkdir(building, { recursive: true })
  const next = mulberry(20260320)
  const below = (n) => Math.floor(next() * n)
  const poFile = await open(building, 'po-lines')
  const receiptFile = await open(building, 'receipts')
  const invoiceFile = await open(building, 'invoices')
  const lineFile = await open(building, 'invoice-lines')
  const tolerances = await open(building, 'tolerances', 'supplier,percent')
  await tolerances.write(',0.5')
  for (let supplier = 10_000; supplier < 10_100; supplier++) await tolerances.write(`${supplier},2`)
  await tolerances.close()
  const items = new Map()
  const suppliers = new Set()
  let receipt = 0
  let ordered = 0
  let arrived = 0
  let invoice = 0
  for (let made = 0, po = 0; made < poLines; po++) {
    const company = po % 2 === 0 ? '10' : '20'
    const supplier = 10_000 + below(400)
    suppliers.add(supplier)
    const number = 4_500_000 + po
    const count = Math.min(1 + below(9), poLines - made)
    const day = 1 + below(20)
    const vendor = String(supplier).padStart(9)
    const dock = `DOCK-${po % 7}`
    /** @type {{ text: string, cents: number }[][]} lines of the first and, where something is billed later, of the second invoice */
    const bills = [[], []]
    for (let line = 1; line <= count; line++, made++) {
      // No item twice in a PO.
      const n = below(4_000) * 10 + line
      if (!items.has(n)) items.set(n, itemOf(n))
      const item = items.get(n)
      const closed = below(400) === 0 ? 'Y' : 'N'
      const quantity = 2 + below(60)
      const cents = 100 + below(90_000)
      const fate = below(1000)
      const received = fate < 15 ? quantity - 1 : quantity
      const parts =
        fate >= 20 && received > 1 && below(100) < 22 ? [received - 1, 1] : fate >= 15 && fate < 20 ? [] : [received]
      const taken = parts.reduce((sum, part) => sum + part, 0)
      ordered += quantity
      arrived += taken
      await poFile.write(
        `${company}|${number}|0000|STD|${line}|${vendor}|${item.item}|${item.type}|${item.vendorItem}|${item.manufacturerPart}|${item.gtin}|${item.ndc}|${item.hibc}|${item.description}` +
          `|${quantity}.0000|0.0000|${taken}.0000|BX|10.0000|${money(cents)}000||${closed}|Y|${dock}|F${po % 7}|${item.category}|${70_000 + (n % 90)}-${6_100 + (po % 40)}` +
          `|${american('01', day)}|N30|Y|25.00|N|USD|AG-${supplier}-${n % 5}|B${po % 23}|${american('02', day)}`,
      )
      for (const part of parts)
        await receiptFile.write(
          `${company}|${++receipt}|1|${number}|0000|STD|${line}|${item.item}|${part}.0000|BX|${american('02', day)}`,
        )
      if (fate >= 45 && fate < 55) continue
      const billed = fate >= 20 && fate < 30 ? quantity + 2 : quantity
      const dear = fate >= 30 && fate < 45 ? cents + 1 + below(500) : cents
      const split = below(100) < 10 && billed > 3 ? [billed - 1, 1] : [billed]
      split.forEach((part, bill) => {
        // One in twelve is billed by the each at the price of a tenth.
        const each = below(12) === 0
        const price = each ? mills(dear) : money(dear)
        const named = below(300) === 0 ? 90 + line : line
        const text =
          `${named}|${each ? part * 10 : part}|${each ? 'EA' : 'BX'}|${price}||${money(part * dear)}|${item.item}|${item.vendorItem}|${item.manufacturerPart}|${item.gtin}|${item.ndc}|${item.hibc}` +
          `|${item.description}|L${260_000 + (n % 3_000)}||202806${two(1 + (n % 28))}|202602${two(day)}|PS${number}-${bill + 1}|US|0.00`
        bills[bill].push({ text, cents: part * dear })
      })
    }
    for (const [n, lines] of bills.entries()) {
      if (lines.length === 0) continue
      const fate = below(1000)
      const total = lines.reduce((sum, line) => sum + line.cents, 0) + (fate < 3 ? 500 : 0)
      const partner = fate >= 3 && fate < 5 ? supplier + 500 : supplier
      const named = fate >= 5 && fate < 7 ? `9${number}` : number
      const bill = ++invoice
      // One in four hundred is sent twice, the second time three days later.
      const days = below(400) === 0 ? [n, n + 3] : [n]
      for (const [copy, later] of days.entries()) {
        const id = copy === 0 ? `inv-${bill}` : `inv-${bill}-again`
        const date = `202602${two(day + later)}`
        await invoiceFile.write(
          `${id}|${partner}|${company}|${String(bill >> 5).padStart(9, '0')}|${bill >> 5}|${String(1 + (bill % 32)).padStart(4, '0')}|${800_000_000 + bill * 3}|${date}|DI|${named}||202601${two(day)}|USD` +
            `|${dock}|CENTRAL DOCK ${po % 7}|R-${partner}|||30|202602${two(day)}|UPSN|${money(total)}|${lines.length}|${date}`,
        )
        for (const [place, { text }] of lines.entries()) await lineFile.write(`${id}|${place + 1}|${text}`)
      }
    }
  }
  await poFile.close(`TRL|${poLines}|${ordered}.0000`)
  await receiptFile.close(`TRL|${receipt}|${arrived}.0000`)
  await invoiceFile.close()
  await lineFile.close()
  const master = await open(building, 'items')
  for (const [n, item] of items)
    await master.write(
      `${item.item}|${item.description}|EA|BX|10.0000|${item.gtin}||||MF${n % 300}|${item.manufacturerPart}||${item.ndc}|${item.hibc}|${item.category}|A|N`,
    )
  await master.close(`TRL|${items.size}`)
  const partners = await open(building, 'partner-vendors', 'partner,supplier')
  for (const supplier of suppliers) await partners.write(`${supplier},${supplier}`)
  await partners.close()
  await rename(building, folder)
}

const two = (n) => String(n).padStart(2, '0')
const american = (month, day) => `${month}/${two(day)}/2026`
const money = (cents) => `${Math.floor(cents / 100)}.${two(cents % 100)}`
/** A tenth of so many cents. */
const mills = (cents) => `${Math.floor(cents / 1000)}.${String(cents % 1000).padStart(3, '0')}`

async function open(folder, name, header = layouts[name].replaceAll(' ', '|')) {
  const stream = createWriteStream(path.join(folder, `${name}.csv`), { highWaterMark: 1 << 20 })
  stream.write(`${header}\n`)
  return {
    write: (record) =>
      stream.write(`${record}\n`) ? undefined : new Promise((resolve) => stream.once('drain', resolve)),
    close: (trailer) => {
      stream.end(trailer === undefined ? '' : `${trailer}\n`)
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
