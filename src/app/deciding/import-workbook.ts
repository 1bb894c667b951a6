import { compareText } from '../../canonical/index.js'
import { hashOfFile } from '../../outputs/place-file.js'
import type { DecisionRow } from '../../outputs/report/index.js'
import { appendAudit, type StateDatabase, saveWorkbookImport, workbookImport } from '../../state/index.js'
import { exceptionId } from '../exceptions/list-exceptions.js'
import { applyWishes } from './apply-wishes.js'
import { readWorkbook } from './read-workbook.js'
import { rowToken } from './row-tokens.js'
import type { Applying, WishOutcome } from './wish.js'
import { type Bringer, workbookWishes } from './workbook-wishes.js'

/** What became of a row: of the exception it speaks of, or of one of its cluster. */
export interface RowOutcome {
  readonly sheet: string
  readonly row: number
  /** Id; null where the row does not say which. */
  readonly exception: string | null
  readonly decision: string | null
  readonly outcome: WishOutcome['outcome']
  readonly said: string
}

export interface ImportedWorkbook {
  readonly name: string
  readonly sha256: string
  /** These bytes were taken in before: nothing was done now, and what became of them then is told. */
  readonly repeated: boolean
  /** False: all or nothing was asked for, and something was refused. */
  readonly applied: boolean
  readonly counts: Readonly<Record<WishOutcome['outcome'], number>>
  /** Rows that came to something or were refused; of a repeated workbook the refused ones. */
  readonly rows: readonly RowOutcome[]
  readonly unusable: readonly { readonly sheet: string; readonly said: string }[]
}

/** The rows that were filled in, for the copy that goes back. */
export interface ImportDetail {
  readonly imported: ImportedWorkbook
  /** Rows refused before any exception was looked for, or with what they asked of it. */
  readonly asked: readonly { readonly row: DecisionRow; readonly outcome: RowOutcome }[]
}

export interface ImportOptions {
  /** Nothing is taken when a row has to be refused. */
  readonly allOrNothing: boolean
  /** What else is true when the workbook is taken, in the same transaction. */
  readonly alongside?: (database: StateDatabase, detail: ImportDetail) => Promise<void>
}

/** Rolls a workbook back of which a row was refused. */
class NothingApplied extends Error {
  constructor(readonly outcomes: readonly WishOutcome[]) {
    super('a row was refused, and all or nothing was asked for')
  }
}

/**
 * Takes the decisions of a workbook in one transaction, with the leases of the jobs held by whoever calls. The same bytes a second
 * time change nothing.
 * @throws WORKBOOK-REFUSED
 */
export async function importWorkbook(
  database: StateDatabase,
  file: string,
  bringer: Bringer,
  applying: Applying,
  { allOrNothing, alongside }: ImportOptions,
): Promise<ImportDetail> {
  const { sha256 } = await hashOfFile(file)
  const before = await workbookImport(database, sha256)
  if (before !== undefined) return { imported: { ...JSON.parse(before.outcome), repeated: true }, asked: [] }

  const read = await readWorkbook(file)
  const { wishes, refused } = await workbookWishes(database, read, bringer)
  const early = [...read.refused, ...refused].map(({ row, said }) => ({ row, outcome: refusedRow(row, said) }))
  const late = (outcomes: readonly WishOutcome[]) =>
    outcomes.flatMap((outcome, n) => {
      const row = wishes[n]?.row
      // A cell that only says what is so already asks for nothing.
      return row === undefined || (outcome.outcome === 'unchanged' && row.decision === '')
        ? []
        : [{ row, outcome: rowOf(row, outcome) }]
    })
  const finished = (outcomes: readonly WishOutcome[], applied: boolean): ImportDetail => {
    const asked = [...early, ...late(outcomes)].sort((a, b) => compareText(placeOf(a.outcome), placeOf(b.outcome)))
    const rows = asked.map(({ outcome }) => outcome)
    return {
      asked,
      imported: {
        name: bringer.name,
        sha256,
        repeated: false,
        applied,
        counts: countsOf(rows),
        rows,
        unusable: read.unusable,
      },
    }
  }
  try {
    return await database.transaction().execute(async (transaction) => {
      const outcomes = await applyWishes(transaction, wishes, applying)
      const isRefused = early.length > 0 || outcomes.some(({ outcome }) => outcome === 'refused')
      if (allOrNothing && isRefused) throw new NothingApplied(outcomes)
      const detail = finished(outcomes, true)
      await book(transaction, detail.imported, bringer, applying.now)
      await alongside?.(transaction, detail)
      return detail
    })
  } catch (error) {
    if (!(error instanceof NothingApplied)) throw error
    return finished(error.outcomes.map(takenBack), false)
  }
}

/** Nothing is kept of a workbook that was rolled back, so that it can be mended and brought again. */
async function book(
  database: StateDatabase,
  imported: ImportedWorkbook,
  { name, actor }: Bringer,
  now: string,
): Promise<void> {
  const { sha256, counts, rows } = imported
  const by = actor ?? `drop of ${name}`
  await saveWorkbookImport(database, {
    sha256,
    name,
    imported_at: now,
    imported_by: by,
    outcome: JSON.stringify({ ...imported, rows: rows.filter(({ outcome }) => outcome === 'refused') }),
  })
  await appendAudit(database, {
    at: now,
    actor: by,
    action: 'workbook taken in',
    subject: name,
    detail: { sha256, ...counts },
  })
}

const takenBack = (outcome: WishOutcome): WishOutcome =>
  outcome.outcome === 'refused' || outcome.outcome === 'unchanged'
    ? outcome
    : {
        ...outcome,
        outcome: 'refused',
        said: `not taken, because another row was refused (all or nothing): ${outcome.said}`,
      }

const refusedRow = (row: DecisionRow, said: string): RowOutcome => {
  const subject = rowToken(row.token)
  const exception = subject?.kind === 'exception' ? exceptionId(subject.id) : (subject?.id ?? null)
  return { sheet: row.sheet, row: row.row, exception, decision: row.decision || null, outcome: 'refused', said }
}

const rowOf = ({ sheet, row, decision }: DecisionRow, { exception, outcome, said }: WishOutcome): RowOutcome => ({
  sheet,
  row,
  exception: exceptionId(exception),
  decision: decision || null,
  outcome,
  said,
})

const placeOf = ({ sheet, row, exception }: RowOutcome): string =>
  `${sheet}\u0000${String(row).padStart(8, '0')}${exception}`

function countsOf(rows: readonly RowOutcome[]): ImportedWorkbook['counts'] {
  const counts = { decided: 0, proposed: 0, agreed: 0, assigned: 0, reopened: 0, unchanged: 0, refused: 0 }
  for (const { outcome } of rows) counts[outcome] += 1
  return counts
}
