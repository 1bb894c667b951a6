import { createHash } from 'node:crypto'
import type { JobSettings, PartnerX12 } from '../../config/index.js'
import { matcherOf, tableOf } from '../../match/index.js'
import { appendAudit, saveLoad } from '../../state/index.js'
import { queueInterchange } from '../acknowledging/queue-interchange.js'
import type { Run } from '../run.js'
import type { Tools } from '../tools.js'
import { type BookableLoad, loadMoney, moneyRow } from './book-load.js'
import { contentOf, freeRows, type RowToLoad } from './plan-table-load.js'
import { replenishmentOrder } from './replenishment-order.js'

/** GS08 where the partner has agreed on none. */
const VERSION = '004010'

/** Proposals that go to one partner, one order for each company and location. */
interface Orders {
  readonly partner: string
  readonly x12: PartnerX12
  readonly to: NonNullable<PartnerX12['send-to']>
  readonly rows: readonly RowToLoad[]
}

/**
 * 850s for the reorder proposals that may be ordered: an interchange a partner, under its next control numbers, booked as a load, so that
 * no proposal is ordered twice as long as its need is the same. What no partner with a place to send to sells stays for people.
 */
export async function planOrders(run: Run, job: JobSettings, tools: Tools): Promise<BookableLoad[]> {
  if (job.matcher !== 'usage-to-replenishment' || job.settings['order-by'] !== '850') return []
  const table = tableOf(matcherOf(job.matcher), 'replenishment')
  if (table === undefined) throw new Error('the matcher leaves no table replenishment')
  const rows = await freeRows(run, job, table, tools)
  return Promise.all(byPartner(rows, tools).map((orders) => interchangeOf(run, job, orders, tools)))
}

function byPartner(rows: readonly RowToLoad[], { workspace }: Tools): Orders[] {
  return Object.entries(workspace.settings.partners).flatMap(([partner, { vendors, x12 }]) => {
    const to = x12?.['send-to']
    if (x12 === undefined || to === undefined) return []
    const theirs = rows.filter(({ planned: { company, fields } }) =>
      vendors.some((one) => one.vendor === fields.supplier && (one.company ?? company) === company),
    )
    return theirs.length === 0 ? [] : [{ partner, x12, to, rows: theirs }]
  })
}

async function interchangeOf(run: Run, job: JobSettings, orders: Orders, tools: Tools): Promise<BookableLoad> {
  const { setsOf } = await import('../edi/document-json.js')
  const { partner, x12, to, rows } = orders
  const { settings } = tools.workspace
  const { booked, money, audited, commit: saveDecisions, ids } = contentOf(rows)
  const asOf = run.row.as_of
  const key = createHash('sha256')
    .update(JSON.stringify([job.job, partner, asOf, [...ids].sort()]))
    .digest('hex')
  const id = `${asOf.replaceAll('-', '')}-${key.slice(0, 8)}`
  const purchases = destinations(rows).map((some, n) => replenishmentOrder(some, `${id}-${n + 1}`, asOf))
  const version = x12.versions?.[0] ?? VERSION
  const [ours] = settings.identity
  const [theirs] = settings.partners[partner]?.isa ?? []
  if (ours === undefined || theirs === undefined) throw new Error(`partner ${partner} has no ISA id`)
  const group = {
    functionalId: 'PO',
    sender: ours.isa.id,
    receiver: theirs.id,
    transactions: setsOf(purchases).map(({ set, segments }, n) => ({
      set,
      control: String(n + 1).padStart(4, '0'),
      segments: segments(version),
    })),
  }
  const figures = { invoices: 0, lines: rows.length, ...loadMoney(money, settings.currency) }
  return {
    output: {
      id,
      file: `850 to ${partner}`,
      endpoint: to.endpoint,
      title: `Replenishment orders to ${partner}`,
      ...figures,
      approval: null,
    },
    commit: async (database) => {
      const now = tools.now()
      const load = {
        id,
        idempotency_key: key,
        job: job.job,
        run_id: run.id,
        template: '850',
        status: 'planned' as const,
        planned_at: now,
        sent_at: null,
        currency: settings.currency,
        invoices: figures.invoices,
        lines: figures.lines,
        ...moneyRow(figures),
      }
      const queued = await queueInterchange(
        database,
        {
          idempotencyKey: key,
          job: job.job,
          partner,
          interchange: {
            sender: ours.isa,
            receiver: theirs,
            usage: settings.profile === 'production' ? 'P' : 'T',
            version,
            groups: [group],
          },
          set: '850',
          to,
          answerHours: x12['answer-hours'] ?? null,
          businessKey: (_, n) => purchases[n]?.poNumber ?? '',
          load: {
            id,
            book: ({ path, sha256 }) => saveLoad(database, { load: { ...load, file: path, sha256 }, ...booked }),
          },
        },
        tools,
      )
      if (queued === undefined) return
      await saveDecisions?.(database, id)
      await appendAudit(database, {
        at: now,
        actor: `run ${run.id}`,
        action: 'orders planned',
        subject: id,
        detail: {
          partner,
          orders: purchases.map(({ poNumber }) => poNumber),
          ...figures,
          sha256: queued.sha256,
          ...audited,
        },
      })
    },
  }
}

/** An order goes to one place of one company. */
function destinations(rows: readonly RowToLoad[]): RowToLoad[][] {
  const places = new Map<string, RowToLoad[]>()
  for (const row of rows) {
    const { company, location } = row.planned.fields
    const place = JSON.stringify([company, location])
    places.set(place, [...(places.get(place) ?? []), row])
  }
  return [...places.values()]
}
