import { counted } from '../../canonical/index.js'
import type { JobSettings } from '../../config/index.js'
import {
  findLoad,
  giveBack,
  invoicesOfLoad,
  type LoadRow,
  listExceptions,
  loadResults,
  type RowIdentity,
  rowsOfLoad,
  type StateDatabase,
  type StoredException,
  setDocumentState,
} from '../../state/index.js'
import { exceptionId } from '../exceptions/list-exceptions.js'
import type { Run, StepResult } from '../run.js'
import type { Tools } from '../tools.js'
import { noteEvent } from './approve-load.js'
import { invoicesTakenBack } from './reversed-rows.js'
import { identityText } from './row-identity.js'

/** The decisions that let rows of a load go into another, by the code they are made about. */
const sendsAgain: Readonly<Record<string, string>> = {
  'LOAD-REJECTED': 'correct',
  'LOAD-UNCONFIRMED': 'resend',
  'LOAD-PARTIAL': 'resend',
}

/** Rows that a load gives back, because somebody decided so about an exception. */
interface GivenBack {
  readonly load: LoadRow
  readonly exception: StoredException
  readonly invoices: readonly string[]
  readonly rows: readonly RowIdentity[]
}

/**
 * What the ERP refused and somebody has mended, and what never arrived and somebody wants sent again: the night judges it anew and may load
 * it again.
 */
export async function giveBackDecided(run: Run, job: JobSettings, tools: Tools): Promise<StepResult<{ rows: number }>> {
  const { database } = tools.state
  const given: GivenBack[] = []
  if (!run.onlyJudges)
    for (const exception of await listExceptions(database, { job: job.job, statuses: ['decided'] })) {
      const { code, decision, keys } = exception
      if (decision?.state !== 'standing' || sendsAgain[code] !== decision.decision || keys.load === undefined) continue
      const load = await findLoad(database, keys.load)
      if (load === undefined || load.status !== 'sent') continue
      const some = await rowsMeant(database, load, exception)
      if (some.invoices.length + some.rows.length > 0) given.push({ load, exception, ...some })
    }
  const rows = given.reduce((sum, one) => sum + one.invoices.length + one.rows.length, 0)
  return {
    output: { rows },
    said:
      rows === 0 ? 'no row of an earlier load is to go again' : `${counted(rows, 'row')} of earlier loads judged again`,
    commit: async (transaction) => {
      for (const { load, exception, invoices, rows: some } of given) {
        await giveBack(transaction, load.id, tools.now(), { invoices, rows: some })
        await setDocumentState(transaction, invoices, 'open')
        const { decision, id, code } = exception
        const reason = `${invoices.length + some.length} rows, because ${decision?.decidedBy} decided ${decision?.decision} for ${code} ${exceptionId(id)}`
        await noteEvent(transaction, load, 'rows given back', { person: null, actor: `run ${run.id}`, reason }, tools)
      }
    },
  }
}

async function rowsMeant(
  database: StateDatabase,
  load: LoadRow,
  { code, keys }: StoredException,
): Promise<Pick<GivenBack, 'invoices' | 'rows'>> {
  const told = new Map((await loadResults(database, [load.id])).map((one) => [one.row_id, one]))
  const isMeant = (id: string): boolean => {
    const one = told.get(id)
    if (code !== 'LOAD-REJECTED') return one?.status !== 'rejected'
    return one?.status === 'rejected' && (one.reason_code ?? '') === (keys.identifier ?? '')
  }
  const invoices = await invoicesOfLoad(database, load.id)
  const rows = await rowsOfLoad(database, load.id)
  const takenBack = await invoicesTakenBack(database, load.id)
  return {
    invoices: invoices
      .filter(
        ({ invoice_id, state, given_back_at }) =>
          state === 'loaded' && given_back_at === null && !takenBack.has(invoice_id) && isMeant(invoice_id),
      )
      .map(({ invoice_id }) => invoice_id),
    rows: rows.filter(
      (row) =>
        row.confirmed_at === null &&
        row.given_back_at === null &&
        row.taken_back_at === null &&
        isMeant(identityText(row)),
    ),
  }
}
