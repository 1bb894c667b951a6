import { ExitCode, MatchbookError } from '../../errors/index.js'
import { type RuleScope, scopeKeys } from '../../exceptions/index.js'
import { listExceptions, type StoredException } from '../../state/index.js'
import { openTools, type ToolOptions } from '../compose.js'
import { exceptionId, exceptionNumber } from '../exceptions/list-exceptions.js'
import { checkedDate, today } from '../given-day.js'
import { withJobLeases } from '../leases/job-leases.js'
import { deliverQuietly } from '../notify/deliver.js'
import { actingPerson, personOf } from '../roles/acting-person.js'
import { decidersOf } from '../roles/deciders-of.js'
import type { Tools } from '../tools.js'
import { applyWishes } from './apply-wishes.js'
import { clusterMembers } from './cluster-members.js'
import type { RuleWish, Wish, WishOutcome } from './wish.js'

export interface DecideRequest extends ToolOptions {
  /** Exceptions by id or number, and clusters by id. */
  readonly subjects: readonly string[]
  readonly decision?: string | undefined
  readonly assignee?: string | undefined
  readonly note?: string | undefined
  /** Who decides; without it who is logged in. */
  readonly as: string | undefined
  readonly rule?:
    | { readonly until: string; readonly scope: readonly string[]; readonly upTo?: string | undefined }
    | undefined
}

export interface DecideOutcome {
  readonly dryRun: boolean
  readonly outcomes: readonly (Omit<WishOutcome, 'exception'> & { readonly exception: string })[]
  /** Refused where any was. */
  readonly exit: ExitCode
}

/**
 * Decides, assigns or notes; what is not allowed is refused exception by exception, and the others are done.
 * @throws EXCEPTION-UNKNOWN, USAGE, RUN-ACTIVE
 */
export async function decideExceptions(request: DecideRequest): Promise<DecideOutcome> {
  const rule = request.rule === undefined ? undefined : checkedRule(request.rule)
  const tools = await openTools(request, 'decide')
  try {
    const found = await meant(request.subjects, tools)
    const person = personOf(request.as)
    const wishes = found.map(
      ({ exception, via }): Wish => ({
        exception: exception.id,
        person,
        actor: actingPerson(request.as, tools),
        via,
        ...(request.decision === undefined ? {} : { decision: request.decision }),
        ...(request.assignee === undefined ? {} : { assignee: request.assignee }),
        ...(request.note === undefined ? {} : { note: request.note }),
        ...(rule === undefined ? {} : { rule }),
      }),
    )
    const jobs = found.map(({ exception }) => exception.job)
    const outcomes = await withJobLeases(jobs, tools, () =>
      tools.state.database.transaction().execute((database) =>
        applyWishes(database, wishes, {
          deciders: decidersOf(tools.workspace),
          settings: tools.workspace.settings,
          now: tools.now(),
          today: today(tools),
        }),
      ),
    )
    if (!request.dryRun) await deliverQuietly(tools)
    return {
      dryRun: request.dryRun,
      outcomes: outcomes.map((outcome) => ({ ...outcome, exception: exceptionId(outcome.exception) })),
      exit: outcomes.some(({ outcome }) => outcome === 'refused') ? ExitCode.refused : ExitCode.done,
    }
  } finally {
    await tools.close()
  }
}

interface Meant {
  readonly exception: StoredException
  readonly via: string
}

async function meant(subjects: readonly string[], tools: Tools): Promise<Meant[]> {
  const all: Meant[] = []
  for (const subject of subjects) {
    if (/^CL-/i.test(subject)) {
      const { id, members } = await clusterMembers(tools.state.database, subject)
      for (const exception of members) all.push({ exception, via: `cluster ${id}` })
      continue
    }
    const [exception] = await listExceptions(tools.state.database, { ids: [exceptionNumber(subject)] })
    if (exception === undefined) throw new MatchbookError('EXCEPTION-UNKNOWN', `there is no exception ${subject}`)
    all.push({ exception, via: 'command' })
  }
  return [...new Map(all.map((one) => [one.exception.id, one])).values()]
}

function checkedRule({ until, scope, upTo }: NonNullable<DecideRequest['rule']>): RuleWish {
  return {
    until: checkedDate(until, '--rule-until'),
    scope: scope.map((key) => {
      if ((scopeKeys as readonly string[]).includes(key)) return key as keyof RuleScope
      throw new MatchbookError('USAGE', `a rule cannot go by "${key}"`, { hint: `It can by ${scopeKeys.join(', ')}` })
    }),
    ...(upTo === undefined ? {} : { upTo }),
  }
}
