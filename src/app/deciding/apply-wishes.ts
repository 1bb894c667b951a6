import { type Decider, decide, type Verdict } from '../../exceptions/index.js'
import {
  type AuditEntry,
  appendAudits,
  bookAssignment,
  bookVerdict,
  type Doing,
  listExceptions,
  type StateDatabase,
  type StoredException,
} from '../../state/index.js'
import { exceptionId } from '../exceptions/list-exceptions.js'
import { noteDecided } from '../notify/note-decided.js'
import { type MappedMeaning, meaningOfDecision } from '../xref/meaning-of-decision.js'
import { putReference } from '../xref/put-reference.js'
import { makeRule, refusedRule } from './make-rule.js'
import type { Applying, Wish, WishOutcome } from './wish.js'

/** Exceptions read at a time: the store takes so many numbers in one question. */
const CHUNK = 500

/**
 * Judges each wish and books what may be, with its audit entry. A refusal is an outcome and keeps none of the others back.
 * Call it inside a transaction, with the lease of the jobs concerned: nothing else may settle or decide in between.
 */
export async function applyWishes(
  database: StateDatabase,
  wishes: readonly Wish[],
  applying: Applying,
): Promise<WishOutcome[]> {
  const outcomes: WishOutcome[] = []
  const jobs = new Set<string>()
  for (let from = 0; from < wishes.length; from += CHUNK) {
    const some = wishes.slice(from, from + CHUNK)
    const found = await listExceptions(database, { ids: some.map(({ exception }) => exception) })
    const byId = new Map(found.map((exception) => [exception.id, exception]))
    const entries: AuditEntry[] = []
    for (const wish of some) {
      const exception = byId.get(wish.exception)
      const outcome =
        exception === undefined || !exception.fingerprint.startsWith(wish.fingerprint ?? '')
          ? refused(wish, 'there is no such exception in this workspace')
          : await applyWish(database, exception, wish, applying)
      outcomes.push(outcome)
      if (outcome.outcome === 'refused' || outcome.outcome === 'unchanged') continue
      entries.push(entryOf(wish, outcome, applying))
      if (exception !== undefined) jobs.add(exception.job)
    }
    await appendAudits(database, entries)
  }
  await noteDecided(database, jobs, applying)
  return outcomes
}

const refused = ({ exception }: Wish, said: string): WishOutcome => ({ exception, outcome: 'refused', said })

async function applyWish(
  database: StateDatabase,
  exception: StoredException,
  wish: Wish,
  applying: Applying,
): Promise<WishOutcome> {
  const { deciders, now, job = exception.job } = applying
  if (job !== exception.job) return refused(wish, `it belongs to the job ${exception.job}`)
  const doing = { actor: wish.actor, now }
  const assignment = newOf(exception, wish)
  const verdict = wish.decision === undefined ? undefined : judge(exception, wish, wish.decision, deciders, now)
  if (verdict?.kind === 'refused') return refused(wish, verdict.said)
  if (verdict !== undefined && verdict.kind !== 'unchanged') {
    const wrongRule = refusedRule(exception, verdict, wish, applying)
    if (wrongRule !== undefined) return refused(wish, wrongRule)
    const mapped = await mapping(database, exception, verdict, applying)
    if (mapped !== undefined && 'refused' in mapped) return refused(wish, mapped.refused)
    if (mapped !== undefined && wish.rule !== undefined)
      return refused(wish, 'what one identifier is makes no rule for others')
    await bookVerdict(database, exception, verdict, doing)
    const rule = await makeRule(database, exception, verdict, wish, applying)
    const reference = await makeReference(database, exception, verdict, mapped, doing)
    if (assignment.assignee !== undefined)
      await bookAssignment(database, exception, { assignee: assignment.assignee }, doing)
    return {
      exception: exception.id,
      outcome: verdict.kind,
      said: [verdict.said, rule, reference].filter((words) => words !== undefined).join('; '),
    }
  }
  if (Object.keys(assignment).length === 0)
    return { exception: exception.id, outcome: 'unchanged', said: verdict?.said ?? 'it is so already' }
  await bookAssignment(database, exception, assignment, doing)
  return { exception: exception.id, outcome: 'assigned', said: words(assignment) }
}

/** What a decision `map` says of an identifier. */
const mapping = async (
  database: StateDatabase,
  exception: StoredException,
  verdict: Verdict,
  { today, settings }: Applying,
): Promise<MappedMeaning> =>
  'decision' in verdict && verdict.decision.decision === 'map'
    ? meaningOfDecision(database, { exception, note: verdict.decision.note, today, settings })
    : undefined

/** Makes the cross-reference of a decision that stands, in words; another one about the same identifier gives way to it. */
async function makeReference(
  database: StateDatabase,
  { id }: StoredException,
  verdict: Verdict,
  mapped: MappedMeaning,
  { actor, now }: Doing,
): Promise<string | undefined> {
  if (mapped === undefined || !('meaning' in mapped) || !('decision' in verdict)) return undefined
  const { state, decidedBy, agreedBy, note } = verdict.decision
  if (state !== 'standing') return undefined
  const saying = { person: decidedBy, agreedBy, actor, now, note: note ?? '', source: exceptionId(id) }
  const { reference, said } = await putReference(database, mapped.meaning, saying, { instead: true })
  return reference === null || said.startsWith(reference) ? said : `${reference}: ${said}`
}

/** A row written from an older version is refused, unless what it asks for is what was decided since. */
function judge(
  exception: StoredException,
  { version, note, person, via }: Wish,
  decision: string,
  deciders: readonly Decider[],
  now: string,
): Verdict {
  const verdict = decide(exception, { decision, note: note ?? null, person, via }, deciders, now)
  if (version === undefined || version === exception.version || verdict.kind === 'unchanged') return verdict
  const why = exception.status === 'decided' ? `: ${verdict.said}` : `, it is ${exception.status} now`
  return { kind: 'refused', said: `the row is out of date: the exception has changed since${why}` }
}

/** What of assignee and note is not so already. */
const newOf = (exception: StoredException, { assignee, note }: Wish): { assignee?: string; note?: string } => ({
  ...(assignee === undefined || assignee === exception.assignee ? {} : { assignee }),
  ...(note === undefined || note === exception.note ? {} : { note }),
})

const words = ({ assignee, note }: { assignee?: string; note?: string }): string =>
  [...(assignee === undefined ? [] : [`assigned to ${assignee}`]), ...(note === undefined ? [] : ['noted'])].join(', ')

function entryOf(wish: Wish, { outcome, said }: WishOutcome, { now }: Applying): AuditEntry {
  const { decision, assignee, note, via } = wish
  return {
    at: now,
    actor: wish.actor,
    action: `exception ${outcome}`,
    subject: exceptionId(wish.exception),
    detail: {
      said,
      via,
      ...(decision === undefined ? {} : { decision }),
      ...(assignee === undefined ? {} : { assignee }),
      ...(note === undefined ? {} : { note }),
    },
  }
}
