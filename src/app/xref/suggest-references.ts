import { type ExceptionCode, identifierKey, parseDecimal, type ReferenceMeaning } from '../../canonical/index.js'
import type { JobSettings } from '../../config/index.js'
import { MatchbookError } from '../../errors/index.js'
import { unsettled } from '../../exceptions/index.js'
import { type AskedException, type SaidBefore, suggestLinks } from '../../match/index.js'
import {
  crossReferences,
  listExceptions,
  type NewSuggestion,
  type StateDatabase,
  type StoredException,
  type Suggestion,
  saveSuggestions,
  suggestions,
} from '../../state/index.js'
import { openTools, type ToolOptions } from '../compose.js'
import { exceptionId } from '../exceptions/list-exceptions.js'
import { today } from '../given-day.js'
import type { Tools } from '../tools.js'
import { bindLastRelations } from './last-relations.js'
import { packIn } from './mapped-target.js'
import { type Asked, identifierOf } from './meaning-of-decision.js'
import { meaningWords, referenceId, suggestionId } from './reference-words.js'

export interface SuggestRequest extends ToolOptions {
  /** Without any, every job. */
  readonly jobs: readonly string[]
  /** Files that take the place of extracts, as INPUT=FILE. */
  readonly extracts: readonly string[]
  /** Nothing less sure is suggested, 1 to 99. */
  readonly least: number
}

/** A suggestion as --json shows it. */
export interface SuggestionListing extends Omit<Suggestion, 'id' | 'exceptions'> {
  readonly id: string
  /** The cross-reference it would be, in one sentence. */
  readonly said: string
  readonly exceptions: readonly string[]
}

export interface SuggestOutcome {
  readonly dryRun: boolean
  /** Those that wait for somebody, surest first. */
  readonly suggestions: readonly SuggestionListing[]
  /** Identifiers of open exceptions for which nothing was found. */
  readonly without: readonly string[]
}

const suggestionListing = ({ id, exceptions, ...same }: Suggestion): SuggestionListing => ({
  ...same,
  id: suggestionId(id),
  said: meaningWords(same.meaning),
  exceptions: exceptions.map(exceptionId),
})

/** Exceptions about an identifier or a unit that led nowhere. */
const codes: ReadonlySet<ExceptionCode> = new Set([
  'XREF-ITEM',
  'XREF-SUPPLIER',
  'XREF-LOCATION',
  'INV-NOT-ON-PO',
  'ACK-NOT-ON-PO',
  'ACK-PART',
  'INV-UOM',
  'XREF-UOM',
])

/**
 * Proposes what the identifiers of open exceptions may be, by the extracts and documents of the last runs. Nothing is applied: a person
 * approves it, or does not.
 * @throws JOB-UNKNOWN, USAGE
 */
export async function suggestReferences(request: SuggestRequest): Promise<SuggestOutcome> {
  const tools = await openTools(request, 'look')
  try {
    const jobs = chosenJobs(request, tools)
    const given = givenExtracts(request.extracts, jobs)
    const { database } = tools.state
    const found: NewSuggestion[] = []
    const without: string[] = []
    for (const job of jobs) {
      const open = (await listExceptions(database, { job: job.job, statuses: unsettled })).filter(({ code }) =>
        codes.has(code),
      )
      const asked = await askedOf(database, open, tools)
      if (asked.length === 0) continue
      const links = await linksOf(job, asked, given, tools)
      for (const [n, one] of asked.entries()) {
        const own = links.filter(({ asked: place, confidence }) => place === n && confidence >= request.least)
        if (own.length === 0) without.push(askedWords(one.meaning))
        found.push(
          ...own.map(({ target, confidence, speaksFor, speaksAgainst }) => ({
            meaning: { ...one.meaning, ...targetOf(one.meaning, target) },
            confidence,
            speaksFor,
            speaksAgainst,
            exceptions: one.exceptions.map(({ id }) => id),
          })),
        )
      }
    }
    const names = new Set(jobs.map(({ job }) => job))
    const jobOf = await jobsOfSuggestions(database)
    await database
      .transaction()
      .execute((transaction) =>
        saveSuggestions(transaction, merged(found), tools.now(), ({ exceptions }) =>
          exceptions.every((id) => names.has(jobOf.get(id) ?? '')),
        ),
      )
    return {
      dryRun: request.dryRun,
      suggestions: (await suggestions(database, { states: ['open', 'proposed'] })).map(suggestionListing),
      without: [...new Set(without)].sort(),
    }
  } finally {
    await tools.close()
  }
}

/** The same of two jobs is one suggestion: the surer one speaks, and the exceptions of both stand behind it. */
function merged(found: readonly NewSuggestion[]): NewSuggestion[] {
  const byMeaning = new Map<string, NewSuggestion>()
  for (const one of found) {
    const { kind, partner, type, identifier, item, company, target, factor } = one.meaning
    const key = JSON.stringify([kind, partner, type, identifierKey(type, identifier), item, company, target, factor])
    const other = byMeaning.get(key)
    const surer = other === undefined || one.confidence > other.confidence ? one : other
    byMeaning.set(key, { ...surer, exceptions: [...new Set([...(other?.exceptions ?? []), ...one.exceptions])] })
  }
  return [...byMeaning.values()]
}

async function jobsOfSuggestions(database: StateDatabase): Promise<ReadonlyMap<number, string>> {
  const ids = [...new Set((await suggestions(database, {})).flatMap(({ exceptions }) => exceptions))]
  const jobs = new Map<number, string>()
  for (let from = 0; from < ids.length; from += 500)
    for (const { id, job } of await listExceptions(database, { ids: ids.slice(from, from + 500) })) jobs.set(id, job)
  return jobs
}

interface AskedOf {
  /** Without its target. */
  readonly meaning: Omit<ReferenceMeaning, 'target'>
  readonly exceptions: readonly StoredException[]
}

async function askedOf(
  database: StateDatabase,
  open: readonly StoredException[],
  { workspace: { settings } }: Tools,
): Promise<AskedOf[]> {
  const asked = new Map<string, { meaning: AskedOf['meaning']; exceptions: StoredException[] }>()
  for (const exception of open) {
    const found = await identifierOf(database, { exception, settings })
    if (found === undefined || 'refused' in found) continue
    const meaning = withoutTarget(found)
    const { kind, partner, type, identifier, item, company } = meaning
    const key = JSON.stringify([kind, partner, type, identifierKey(type, identifier), item, company])
    const known = asked.get(key)
    if (known === undefined) asked.set(key, { meaning, exceptions: [exception] })
    else known.exceptions.push(exception)
  }
  return [...asked.values()]
}

/** Of a unit it is a size: '12 EA'. */
function targetOf({ kind }: AskedOf['meaning'], target: string): Pick<ReferenceMeaning, 'target' | 'factor'> {
  if (kind !== 'unit') return { target, factor: null }
  const pack = packIn(target)
  if (pack?.unit === undefined) throw new RangeError(`"${target}" is no size of a unit`)
  return { target: pack.unit, factor: pack.factor }
}

const askedWords = ({ kind, type, identifier, item }: AskedOf['meaning']): string =>
  `${type || kind} ${identifier}${item === '' ? '' : ` of item ${item}`}`

/** What is asked, as what was said before is found by. */
const keyOf = ({ kind, type, identifier, item }: Pick<ReferenceMeaning, 'kind' | 'type' | 'identifier' | 'item'>) =>
  kind === 'unit' ? `${item} ${identifier}` : identifierKey(type, identifier)

const withoutTarget = ({
  kind,
  partner,
  identifier,
  type = '',
  item = '',
  company = '',
}: Asked): AskedOf['meaning'] => ({
  kind,
  partner,
  type,
  identifier,
  item,
  company,
  factor: null,
  effectiveFrom: null,
  effectiveTo: null,
})

async function linksOf(
  job: JobSettings,
  asked: readonly AskedOf[],
  given: ReadonlyMap<string, string>,
  tools: Tools,
): ReturnType<typeof suggestLinks> {
  const engine = await tools.openEngine()
  try {
    await bindLastRelations(engine, job, given, today(tools), tools)
    return await suggestLinks(
      engine,
      asked.map(({ meaning }) => {
        const { kind, partner, type, identifier, company, item } = meaning
        return { kind, partner, type, identifier, key: keyOf(meaning), company, item }
      }),
      asked.flatMap(({ meaning, exceptions }, n) =>
        exceptions.map((exception) => askedException(n, meaning, exception)),
      ),
      await saidBefore(tools),
      today(tools),
    )
  } finally {
    await engine.close()
  }
}

function askedException(
  asked: number,
  { identifier }: AskedOf['meaning'],
  { id, keys, document }: StoredException,
): AskedException {
  const sequence = parseDecimal(keys.invoiceLine ?? '')
  return {
    asked,
    exception: id,
    document: document ?? null,
    sequence: sequence === undefined ? null : Number(sequence),
    company: keys.company ?? null,
    po: keys.po ?? null,
    release: keys.release ?? null,
    identifier: keys.identifier ?? identifier,
    seller: keys.other === 'supplier' ? (keys.supplier ?? null) : (keys.other ?? null),
  }
}

async function saidBefore(tools: Tools): Promise<SaidBefore[]> {
  const day = today(tools)
  return (await crossReferences(tools.state.database, { withdrawn: true })).map((reference) => ({
    kind: reference.kind,
    key: keyOf(reference),
    partner: reference.partner,
    target: reference.kind === 'unit' ? `${reference.factor} ${reference.target}` : reference.target,
    reference: referenceId(reference.id),
    state:
      reference.withdrawnAt !== null
        ? 'withdrawn'
        : reference.effectiveTo !== null && reference.effectiveTo < day
          ? 'ended'
          : 'standing',
    by: reference.withdrawnBy ?? reference.madeBy,
    effective_to: reference.effectiveTo,
  }))
}

function chosenJobs({ jobs }: SuggestRequest, { workspace }: Tools): JobSettings[] {
  if (jobs.length === 0) return [...workspace.jobs.values()]
  return jobs.map((name) => {
    const job = workspace.jobs.get(name)
    if (job === undefined) throw new MatchbookError('JOB-UNKNOWN', `there is no job ${name}`)
    return job
  })
}

function givenExtracts(extracts: readonly string[], jobs: readonly JobSettings[]): ReadonlyMap<string, string> {
  const inputs = new Set(
    jobs.flatMap((job) => Object.keys(job.inputs).filter((name) => job.inputs[name]?.kind === 'extract')),
  )
  return new Map(
    extracts.map((text) => {
      const [, input = '', file = ''] = /^([^=]+)=(.+)$/.exec(text) ?? []
      if (inputs.has(input)) return [input, file]
      throw new MatchbookError(
        'USAGE',
        `--extract "${text}" names no extract of ${jobs.map(({ job }) => job).join(', ')}`,
        {
          hint: `Write it as INPUT=FILE with one of ${[...inputs].join(', ')}`,
        },
      )
    }),
  )
}
