import path from 'node:path'
import type { Workspace } from '../../config/index.js'
import { ExitCode } from '../../errors/index.js'
import type { StateDatabase } from '../../state/index.js'
import { openTools, type ToolOptions } from '../compose.js'
import { actingPerson, personOf } from '../roles/acting-person.js'
import type { Tools } from '../tools.js'
import { noteConfiguration } from '../workspace/note-configuration.js'
import { mayNotMap } from './may-map.js'
import { type PutOutcome, putReference, type Saying } from './put-reference.js'
import { type ReferenceFile, readReferenceFile } from './read-reference-file.js'
import { type KnownNames, type RowProblem, referenceOfRow } from './reference-row.js'
import { agreeToFile, needsAnother, type ProposedFile, proposedByAnother, proposeFile } from './second-person.js'

export interface ReferenceImportRequest extends ToolOptions {
  readonly file: string
  /** Why, for rows that do not say. */
  readonly note: string | undefined
  readonly as: string | undefined
}

export interface ReferenceRowOutcome extends Omit<PutOutcome, 'outcome'> {
  /** proposed: it would be made or changed, and waits with its whole file for another person. */
  readonly outcome: PutOutcome['outcome'] | 'proposed'
  /** Physical line, 1-based. */
  readonly line: number
  /** What is wrong with the row, and where: 1-based place of the column in the file, null where it has no such column. */
  readonly problems: readonly (RowProblem & { readonly place: number | null })[]
}

export interface ReferenceImportOutcome {
  readonly file: string
  readonly dryRun: boolean
  readonly counts: Readonly<Record<ReferenceRowOutcome['outcome'], number>>
  /** Who proposed these bytes before; null: nobody, or no second person was needed. */
  readonly proposedBy: string | null
  readonly rows: readonly ReferenceRowOutcome[]
  /** Refused where any row was; the others are kept. */
  readonly exit: ExitCode
}

/**
 * Takes cross-references from a CSV file, all that are right in one transaction. What is in force already is left as it is, so the same
 * file twice changes nothing. Where a row that would change something needs another person, nothing of the file is kept before another
 * person gives the same bytes: giving them again is agreeing.
 * @throws REFERENCE-FILE when no row can be read
 */
export async function importReferences(request: ReferenceImportRequest): Promise<ReferenceImportOutcome> {
  const file = await readReferenceFile(request.file)
  const tools = await openTools(request, 'cross-reference')
  try {
    await noteConfiguration(tools)
    const name = path.basename(request.file)
    const { database } = tools.state
    const { sha256 } = file
    const [person, actor, now] = [personOf(request.as), actingPerson(request.as, tools), tools.now()]
    const proposed = await proposedByAnother(database, sha256, person)
    const note = request.note ?? proposed?.note ?? ''
    const by = proposed === undefined ? { person } : { person: proposed.person, agreedBy: person }
    const saying = { ...by, actor, now, source: name, note }
    const rows = await putAll(tools, file, saying, proposed)
    if (rows.some(({ outcome }) => outcome === 'proposed'))
      await database
        .transaction()
        .execute((transaction) => proposeFile(transaction, { sha256, file: name, person, note }, { actor, now }))
    const counts = { made: 0, changed: 0, proposed: 0, unchanged: 0, refused: 0 }
    for (const { outcome } of rows) counts[outcome] += 1
    return {
      file: name,
      dryRun: request.dryRun,
      counts,
      proposedBy: proposed?.person ?? null,
      rows,
      exit: counts.refused > 0 ? ExitCode.refused : ExitCode.done,
    }
  } finally {
    await tools.close()
  }
}

const changes = ({ outcome }: Pick<ReferenceRowOutcome, 'outcome'>): boolean =>
  outcome === 'made' || outcome === 'changed'

/** What is not kept has no number. */
const proposedRow = (row: ReferenceRowOutcome): ReferenceRowOutcome =>
  changes(row) || row.outcome === 'proposed' ? { ...row, outcome: 'proposed', reference: null } : row

/** All rows in one transaction, taken back where one needs another person. */
async function putAll(
  { state: { database }, workspace }: Tools,
  file: ReferenceFile,
  saying: Saying,
  proposed: ProposedFile | undefined,
): Promise<readonly ReferenceRowOutcome[]> {
  const transaction = await database.startTransaction().execute()
  try {
    const rows = await putRows(transaction, file, saying, workspace)
    const waits = rows.some(({ outcome }) => outcome === 'proposed')
    if (!waits && proposed !== undefined && saying.agreedBy)
      await agreeToFile(transaction, proposed, { agreedBy: saying.agreedBy, actor: saying.actor, now: saying.now })
    await (waits ? transaction.rollback() : transaction.commit()).execute()
    return waits ? rows.map(proposedRow) : rows
  } catch (error) {
    if (!transaction.isCommitted && !transaction.isRolledBack) await transaction.rollback().execute()
    throw error
  }
}

/** Rows that give a standing one its last day come first, so that a file may end one and begin the next in any order. */
async function putRows(
  database: StateDatabase,
  { lines, columns }: ReferenceFile,
  saying: Saying,
  workspace: Workspace,
): Promise<ReferenceRowOutcome[]> {
  const names = knownNames(workspace)
  const outcomes: ReferenceRowOutcome[] = []
  const read = lines.map(({ line, record }) => {
    const note = record.note || saying.note
    return { line, note, row: referenceOfRow({ ...record, note }, names) }
  })
  const ends = ({ row }: (typeof read)[number]): boolean => 'meaning' in row && row.meaning.effectiveTo !== null
  for (const one of [...read.filter(ends), ...read.filter((row) => !ends(row))]) {
    const { line, note, row } = one
    if ('problems' in row) {
      const problems = row.problems.map((problem) => ({
        ...problem,
        place: columns.indexOf(problem.column) + 1 || null,
      }))
      const said = problems.map(({ column, said }) => `${column}: ${said}`).join('; ')
      outcomes.push({ line, outcome: 'refused', reference: null, said, problems })
      continue
    }
    const { kind } = row.meaning
    const { person, agreedBy = null, now } = saying
    const refused =
      mayNotMap(person, kind, now, workspace) ??
      (agreedBy === null ? undefined : mayNotMap(agreedBy, kind, now, workspace))
    const put: Pick<ReferenceRowOutcome, keyof PutOutcome> =
      refused === undefined
        ? await putReference(database, row.meaning, { ...saying, note })
        : { outcome: 'refused', reference: null, said: refused }
    const waits = changes(put) && agreedBy === null && needsAnother(person, kind, now, workspace)
    outcomes.push({ line, ...put, ...(waits ? { outcome: 'proposed' } : {}), problems: [] })
  }
  return outcomes.sort((a, b) => a.line - b.line)
}

/** Names that identifiers may be of. */
export function knownNames({ settings, contracts }: Workspace): KnownNames {
  const systems = [...contracts.values()].flatMap(({ projections }) =>
    projections.flatMap(({ map }) => {
      const system = (map as Readonly<Record<string, unknown>>).system
      return typeof system === 'object' && system !== null && 'constant' in system ? [String(system.constant)] : []
    }),
  )
  const vendors = Object.values(settings.partners).flatMap(({ vendors }) => vendors.map(({ vendor }) => vendor))
  return {
    partners: Object.keys(settings.partners),
    others: [...new Set([...Object.keys(settings.endpoints), ...systems, ...vendors])],
  }
}
