import { literal, type SetEngine } from '../../canonical/index.js'
import type { JobSettings } from '../../config/index.js'
import type { LoadPlan } from '../../outputs/load/index.js'
import { type LoadRow, listLoads, loadPlan, loadResults, type StoredLoadResult } from '../../state/index.js'
import type { Tools } from '../tools.js'

/** A load that takes another back, was sent, and is not wholly seen. */
interface Reversal {
  readonly load: LoadRow
  readonly plan: LoadPlan
  readonly seen: ReadonlySet<string>
}

async function reversals(job: JobSettings, { state: { database } }: Tools): Promise<Reversal[]> {
  const found: Reversal[] = []
  for (const load of await listLoads(database, { job: job.job, statuses: ['sent'] })) {
    if (load.reverses === null) continue
    const stored = await loadPlan(database, load.id)
    if (stored === undefined) continue
    const told = await loadResults(database, [load.id])
    const seen = new Set(told.flatMap(({ status, row_id }) => (status === 'loaded' ? [row_id] : [])))
    found.push({ load, plan: JSON.parse(stored.plan), seen })
  }
  return found
}

/** Invoices that take others back and that tonight's vouchers show under their own number. */
export async function creditsSeen(engine: SetEngine, job: JobSettings, tools: Tools): Promise<StoredLoadResult[]> {
  const asked = (await reversals(job, tools)).flatMap(({ load, plan, seen }) =>
    plan.invoices.filter(({ invoiceId }) => !seen.has(invoiceId)).map((invoice) => ({ load, invoice })),
  )
  if (asked.length === 0) return []
  const values = asked.map(({ invoice }, n) => `(${n}, ${literal(invoice.supplier)}, ${literal(invoice.number)})`)
  const rows = await engine.rows<{ n: number; voucher_number: string | null }>(`
    SELECT asked.n, min(voucher_line.voucher_number) AS voucher_number
    FROM (VALUES ${values.join(', ')}) AS asked(n, supplier, number)
    JOIN voucher_line ON voucher_line.supplier = asked.supplier
      AND upper(trim(voucher_line.invoice_number)) = upper(trim(asked.number))
      AND voucher_line.status <> 'cancelled'
    GROUP BY asked.n ORDER BY asked.n`)
  return rows.flatMap(({ n, voucher_number }) => {
    const one = asked[Number(n)]
    return one === undefined
      ? []
      : [seenNow(one.load, one.invoice.invoiceId, one.invoice.number, voucher_number, tools)]
  })
}

/** Rows that were taken back and that tonight's rules ask for again: the extracts show that the ERP no longer has them. `asked`: identities. */
export async function rowsAskedAgain(
  job: JobSettings,
  asked: ReadonlySet<string>,
  tools: Tools,
): Promise<StoredLoadResult[]> {
  return (await reversals(job, tools)).flatMap(({ load, plan, seen }) =>
    Object.values(plan.tables)
      .flatMap(({ rows }) => rows)
      .flatMap(({ key, identities }) =>
        identities.filter((id) => asked.has(id) && !seen.has(id)).map((id) => seenNow(load, id, key, null, tools)),
      ),
  )
}

const seenNow = (
  { id }: LoadRow,
  rowId: string,
  reference: string,
  number: string | null,
  { now }: Tools,
): StoredLoadResult => ({
  load_id: id,
  row_id: rowId,
  reference,
  status: 'loaded',
  reason_code: null,
  reason: null,
  erp_number: number,
  file_name: null,
  file_sha256: null,
  record: null,
  told_at: now(),
})
