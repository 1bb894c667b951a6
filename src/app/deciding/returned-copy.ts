import path from 'node:path'
import type { ExceptionCode } from '../../canonical/index.js'
import type { PlacedFile } from '../../outputs/place-file.js'
import type { ExceptionRow, NotTaken } from '../../outputs/report/index.js'
import { listExceptions, type StateDatabase, type StoredException } from '../../state/index.js'
import { exceptionRows } from '../exceptions/exception-rows.js'
import { exceptionNumber } from '../exceptions/list-exceptions.js'
import type { Reading } from '../reading.js'
import type { ImportDetail } from './import-workbook.js'

type Asked = ImportDetail['asked'][number]

/** Exceptions read at a time. */
const CHUNK = 500

/** The copy's place: beside others of its kind, named after the workbook and its bytes. */
export function returnedFile({ name, sha256 }: ImportDetail['imported'], folder: string): string {
  const stem = path.basename(name).replace(/\.[^.]*$/, '')
  return path.join(folder, 'returned', `${stem}-returned-${sha256.slice(0, 8)}.xlsx`)
}

/** Writes the copy that goes back. */
export async function returnedCopy(
  file: string,
  { imported, asked }: ImportDetail,
  { workspace, database, now }: Pick<Reading, 'workspace' | 'now'> & { readonly database: StateDatabase },
): Promise<PlacedFile> {
  const { writeReturnedCopy } = await import('../../outputs/report/index.js')
  const takenAt = now()
  const about = asked.filter(({ outcome }) => isException(outcome.exception))
  const existing = await existingCodes(database, about)
  const found = about.filter(({ outcome }) => existing.has(exceptionNumber(outcome.exception ?? '')))
  const isFound = new Set(found)
  return writeReturnedCopy(file, {
    organisation: workspace.settings.workspace,
    name: imported.name,
    takenAt,
    timezone: workspace.settings.timezone,
    summary: countsText(imported.counts),
    rows: returnedRows(database, found, exceptionRows(takenAt, workspace)),
    codes: [...new Set(existing.values())].sort(),
    notTaken: [
      ...imported.unusable.map(
        ({ sheet, said }): NotTaken => ({ sheet, row: null, subject: '', decision: '', note: '', said }),
      ),
      ...asked.filter((one) => !isFound.has(one)).map(notTaken),
    ],
  })
}

/** 12 decided, 3 refused. */
export function countsText(counts: ImportDetail['imported']['counts']): string {
  const some = Object.entries(counts).filter(([, many]) => many > 0)
  return some.length === 0 ? 'nothing was asked for' : some.map(([outcome, many]) => `${many} ${outcome}`).join(', ')
}

const isException = (id: string | null): boolean => id?.startsWith('EX-') ?? false

async function existingCodes(database: StateDatabase, asked: readonly Asked[]): Promise<Map<number, ExceptionCode>> {
  const codes = new Map<number, ExceptionCode>()
  for await (const [, exception] of exceptionsOf(database, asked)) codes.set(exception.id, exception.code)
  return codes
}

async function* exceptionsOf(
  database: StateDatabase,
  asked: readonly Asked[],
): AsyncGenerator<[Asked, StoredException]> {
  for (let from = 0; from < asked.length; from += CHUNK) {
    const some = asked.slice(from, from + CHUNK)
    const ids = some.map(({ outcome }) => exceptionNumber(outcome.exception ?? ''))
    const byId = new Map((await listExceptions(database, { ids })).map((exception) => [exception.id, exception]))
    for (const [n, one] of some.entries()) {
      const exception = byId.get(ids[n] ?? 0)
      if (exception !== undefined) yield [one, exception]
    }
  }
}

async function* returnedRows(
  database: StateDatabase,
  asked: readonly Asked[],
  rowOf: (exception: StoredException) => ExceptionRow,
): AsyncGenerator<ExceptionRow> {
  for await (const [{ row, outcome }, exception] of exceptionsOf(database, asked)) {
    const result = `${outcome.outcome}: ${outcome.said}`
    const { decision, assignee, note, decidedBy, ruleUntil } = row
    // What was refused stands there as it was filled in, to be mended; what was taken is done.
    yield {
      ...rowOf(exception),
      result,
      ...(outcome.outcome === 'refused' ? { decision, assignee, note, decidedBy, ruleUntil } : {}),
    }
  }
}

const notTaken = ({ row, outcome }: Asked): NotTaken => ({
  sheet: row.sheet,
  row: row.row,
  subject: outcome.exception ?? '',
  decision: row.decision,
  note: row.note,
  said: outcome.said,
})
