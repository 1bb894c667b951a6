import { writeInterchange } from '../formats/x12/write.js'
import { x12Date } from './days.js'
import type { LaidFile } from './laid-out.js'
import type { Ledger } from './ledger.js'
import type { PoLine } from './ledger-entries.js'
import { suppliers } from './parties.js'
import { orderSegments } from './x12-order.js'

/** Copies of the 850s that went out, a file for each company and supplier. */
export function ordersSent(ledger: Ledger): LaidFile[] {
  let sequence = 0
  return ledger.companies.flatMap((company) =>
    suppliers.flatMap((supplier) => {
      const mine = ledger.poLines.filter((order) => order.company === company && order.supplier === supplier)
      const orders = ordersOf(mine.filter((order) => !ledger.unsent.has(order)))
      const transactions = orders.flatMap((lines, index) => {
        const sent = lines.flatMap((order) => {
          const otherwise = ledger.sentOtherwise.get(order) ?? {}
          return otherwise.leftOut === true ? [] : [[order, otherwise] as const]
        })
        sent.push(...(ledger.sentBeside.get(lines[0] as PoLine) ?? []).map((order) => [order, {}] as const))
        if (sent.length === 0) return []
        return [{ set: '850', control: String(index + 1).padStart(4, '0'), segments: orderSegments(sent) }]
      })
      if (transactions.length === 0) return []
      sequence++
      const bytes = writeInterchange({
        sender: company.isa,
        receiver: supplier.isa,
        usage: 'P',
        version: '004010',
        date: ledger.asOf,
        time: '0130',
        control: 700_000 + sequence,
        delimiters: { newline: '\n' },
        groups: [
          { functionalId: 'PO', sender: company.isa.id, receiver: supplier.group, control: sequence, transactions },
        ],
      })
      const name = `LAKESIDE_850_${x12Date(ledger.asOf)}_${String(sequence).padStart(2, '0')}.edi`
      return [{ path: `erp/orders-sent/${name}`, bytes, records: transactions.length }]
    }),
  )
}

/** Lines of PO after PO; a release is an order of its own. */
export function ordersOf(poLines: readonly PoLine[]): PoLine[][] {
  const orders = new Map<string, PoLine[]>()
  for (const line of poLines) {
    const key = `${line.company.company} ${line.po} ${line.release}`
    const known = orders.get(key)
    if (known === undefined) orders.set(key, [line])
    else known.push(line)
  }
  return [...orders.values()]
}
