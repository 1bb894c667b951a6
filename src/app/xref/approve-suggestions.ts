import { amountsOf, compare, type ExceptionCode, ZERO } from '../../canonical/index.js'
import { ExitCode, MatchbookError } from '../../errors/index.js'
import {
  type Authority,
  allowedDecision,
  authorityOf,
  type Decision,
  isSamePerson,
  route,
  unsettled,
} from '../../exceptions/index.js'
import {
  appendAudit,
  bookVerdict,
  decideSuggestion,
  listExceptions,
  type StateDatabase,
  type StoredException,
  type Suggestion,
  suggestions,
} from '../../state/index.js'
import { openTools, type ToolOptions } from '../compose.js'
import { exceptionId } from '../exceptions/list-exceptions.js'
import { routingOf } from '../exceptions/routing.js'
import { checkedDate, today } from '../given-day.js'
import { withJobLeases } from '../leases/job-leases.js'
import { deliverQuietly } from '../notify/deliver.js'
import { noteDecided } from '../notify/note-decided.js'
import { actingPerson, personOf } from '../roles/acting-person.js'
import { decidersOf } from '../roles/deciders-of.js'
import type { Tools } from '../tools.js'
import { codeOfKind } from './may-map.js'
import { putReference } from './put-reference.js'
import { meaningWords, numberIn, suggestionId } from './reference-words.js'

export interface ApproveRequest extends ToolOptions {
  readonly suggestions: readonly string[]
  readonly note: string
  readonly as: string | undefined
  /** It is not so, and is not to be suggested again. */
  readonly refuse: boolean
  /** First and last day; without them those it was proposed with, or from today on. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export interface ApproveOutcome {
  readonly dryRun: boolean
  readonly outcomes: readonly {
    readonly suggestion: string
    readonly outcome: 'approved' | 'proposed' | 'refused' | 'turned down' | 'unchanged'
    readonly said: string
    readonly reference: string | null
    /** Exceptions that are decided by it. */
    readonly exceptions: readonly string[]
  }[]
  /** Refused where any was. */
  readonly exit: ExitCode
}
type Outcome = ApproveOutcome['outcomes'][number]

/**
 * Makes suggestions cross-references and decides `map` for the exceptions behind them. Who may, and over which amount a second person must
 * agree, is as for `map` of the exceptions together.
 * @throws REFERENCE-UNKNOWN, USAGE, RUN-ACTIVE
 */
export async function approveSuggestions(request: ApproveRequest): Promise<ApproveOutcome> {
  const days = {
    effectiveFrom: request.from === undefined ? undefined : checkedDate(request.from, '--from'),
    effectiveTo: request.to === undefined ? undefined : checkedDate(request.to, '--to'),
  }
  const ids = [...new Set(request.suggestions.map((text) => numberIn('XS', text)))]
  const tools = await openTools(request, 'cross-reference')
  try {
    const { database } = tools.state
    const behind = (await suggestions(database, { ids })).flatMap(({ exceptions }) => exceptions)
    const jobs = (await listExceptions(database, { ids: behind })).map(({ job }) => job)
    const outcomes = await withJobLeases(jobs, tools, () =>
      database.transaction().execute(async (transaction) => {
        const done: Outcome[] = []
        for (const id of ids) done.push(await approve(transaction, id, request, days, tools))
        const decided = done.flatMap(({ exceptions }) => exceptions)
        if (decided.length > 0)
          await noteDecided(transaction, new Set(jobs), { settings: tools.workspace.settings, now: tools.now() })
        return done
      }),
    )
    if (!request.dryRun) await deliverQuietly(tools)
    const isRefused = outcomes.some(({ outcome }) => outcome === 'refused')
    return { dryRun: request.dryRun, outcomes, exit: isRefused ? ExitCode.refused : ExitCode.done }
  } finally {
    await tools.close()
  }
}

async function approve(
  database: StateDatabase,
  id: number,
  { note, as, refuse }: ApproveRequest,
  given: { readonly effectiveFrom: string | undefined; readonly effectiveTo: string | undefined },
  tools: Tools,
): Promise<Outcome> {
  const suggestion = suggestionId(id)
  const end = (outcome: Outcome['outcome'], said: string, more: Partial<Outcome> = {}): Outcome => ({
    suggestion,
    outcome,
    said,
    reference: null,
    exceptions: [],
    ...more,
  })
  const [found] = await suggestions(database, { ids: [id] })
  if (found === undefined) return end('refused', 'there is no such suggestion')
  if (found.state === 'approved' || found.state === 'refused')
    return end('unchanged', `it was ${found.state === 'approved' ? 'approved' : 'turned down'} by ${found.decidedBy}`)
  if (found.state === 'gone') return end('refused', 'nothing asks for it any more; see: matchbook xref suggest')
  const behind = await exceptionsBehind(database, found)
  const [person, actor, now] = [personOf(as), actingPerson(as, tools), tools.now()]
  const authority = authorityOver(person, found, behind, tools)
  if (authority === 'no') return end('refused', `${person} may not decide map for ${codeOf(found, behind)}`)
  const said = meaningWords(found.meaning)
  const audit = (action: string, detail: Readonly<Record<string, unknown>>) =>
    appendAudit(database, {
      at: now,
      actor,
      action,
      subject: suggestion,
      detail: { said, note, source: suggestion, ...detail },
    })
  if (refuse) {
    await decideSuggestion(database, id, { state: 'refused', decided_by: person, decided_at: now, note })
    await audit('suggestion turned down', {})
    return end('turned down', `it is not suggested again: ${said}`)
  }
  const { proposedBy } = found
  const effectiveFrom = given.effectiveFrom ?? found.meaning.effectiveFrom
  const effectiveTo = given.effectiveTo ?? found.meaning.effectiveTo
  const firstDay = effectiveFrom ?? today(tools)
  if (effectiveTo !== null && effectiveTo < firstDay)
    throw new MatchbookError('USAGE', `${suggestion} would end on ${effectiveTo}, before it begins on ${firstDay}`)
  const isAgreed = proposedBy !== null && !isSamePerson(proposedBy, person)
  if (authority === 'with-another' && !isAgreed) {
    if (proposedBy !== null) return end('unchanged', `it is proposed by ${proposedBy}; another person must agree`)
    // Whoever agrees agrees to these days.
    const proposed = JSON.stringify({ ...found.meaning, effectiveFrom, effectiveTo })
    await decideSuggestion(database, id, { state: 'proposed', proposed_by: person, note, meaning: proposed })
    await audit('suggestion proposed', { amount: riskWords(behind) })
    return end('proposed', `${riskWords(behind)} is over the limit of ${person}, so another person must agree`)
  }
  const [decidedBy, agreedBy] = isAgreed ? [proposedBy, person] : [person, null]
  const meaning = { ...found.meaning, effectiveFrom: firstDay, effectiveTo }
  const put = await putReference(database, meaning, {
    person: decidedBy,
    agreedBy,
    actor,
    now,
    note,
    source: suggestion,
  })
  if (put.outcome === 'refused') return end('refused', put.said)
  await decideSuggestion(database, id, { state: 'approved', decided_by: person, decided_at: now, note })
  await audit('suggestion approved', {
    reference: put.reference,
    confidence: found.confidence,
    for: found.speaksFor,
    against: found.speaksAgainst,
    ...(agreedBy === null ? {} : { agreedBy }),
  })
  const decided = behind.filter(({ code }) => allowedDecision(code, 'map') !== undefined)
  const by = {
    decidedBy,
    agreedBy,
    note: `${meaning.factor === null ? '' : `${meaning.factor} `}${meaning.target}: ${note}`,
    via: `suggestion ${suggestion}`,
  }
  for (const exception of decided) await decideMap(database, exception, by, { actor, now })
  return end('approved', put.said, { reference: put.reference, exceptions: decided.map((one) => exceptionId(one.id)) })
}

/** Those that nobody settled yet. */
const exceptionsBehind = async (database: StateDatabase, { exceptions }: Suggestion): Promise<StoredException[]> =>
  exceptions.length === 0
    ? []
    : (await listExceptions(database, { ids: exceptions })).filter(({ status }) => unsettled.includes(status))

/** In words; what is in two currencies is not added. */
const riskWords = (behind: readonly StoredException[]): string =>
  Object.entries(risk(behind))
    .map(([currency, amount]) => `${currency} ${amount}`)
    .join(' and ') || '0'

const risk = (behind: readonly StoredException[]) =>
  amountsOf(behind.map(({ currency, amountAtRisk }) => ({ currency, amount: amountAtRisk })))

/** The exception with the most money at risk says whose it is. */
const codeOf = ({ meaning }: Suggestion, behind: readonly StoredException[]): ExceptionCode =>
  [...behind]
    .filter(({ code }) => allowedDecision(code, 'map') !== undefined)
    .sort((a, b) => compare(b.amountAtRisk, a.amountAtRisk))[0]?.code ?? codeOfKind[meaning.kind]

function authorityOver(
  person: string,
  suggestion: Suggestion,
  behind: readonly StoredException[],
  { workspace, now }: Tools,
): Authority {
  const code = codeOf(suggestion, behind)
  const { queue } = route(code, now(), routingOf(workspace))
  const [[currency, amount] = [workspace.settings.currency, ZERO], ...others] = Object.entries(risk(behind))
  // In several currencies it is over every limit.
  const amountAtRisk = others.length === 0 ? amount : null
  return authorityOf(person, { code, queue, amountAtRisk, currency }, 'map', decidersOf(workspace))
}

async function decideMap(
  database: StateDatabase,
  exception: StoredException,
  by: Pick<Decision, 'decidedBy' | 'agreedBy' | 'note' | 'via'>,
  doing: { readonly actor: string; readonly now: string },
): Promise<void> {
  const decision: Decision = {
    ...by,
    decision: 'map',
    state: 'standing',
    amount: exception.amountAtRisk,
    facts: exception.values,
    decidedAt: doing.now,
    agreedAt: by.agreedBy === null ? null : doing.now,
    rule: null,
  }
  const said = `map by ${by.decidedBy}${by.agreedBy === null ? '' : `, agreed by ${by.agreedBy}`}, as ${by.via} says`
  await bookVerdict(database, exception, { kind: 'decided', decision, said }, doing)
  await appendAudit(database, {
    at: doing.now,
    actor: doing.actor,
    action: 'exception decided',
    subject: exceptionId(exception.id),
    detail: { said, via: by.via, decision: 'map', note: by.note },
  })
}
