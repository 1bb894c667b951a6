import type { Workspace } from '../../config/index.js'
import { escalationOf, unsettled } from '../../exceptions/index.js'
import { listExceptions, noteEscalationsTold, type StateDatabase, type StoredException } from '../../state/index.js'
import { exceptionId } from '../exceptions/list-exceptions.js'
import { routingOf } from '../exceptions/routing.js'
import { amountsAtRisk, byMoney } from './cause-facts.js'
import { recipientsOf } from './owners.js'
import { queueNotice, type Telling } from './queue-notice.js'

/** Ids a message names. */
const NAMED = 10

/**
 * Tells of exceptions that have come a step further since this was last looked at: one message for each queue and step. Whoever the step
 * names and cannot be reached is told of to the owner of the queue. Call it inside a transaction.
 */
export async function noteEscalations(database: StateDatabase, workspace: Workspace, telling: Telling): Promise<void> {
  const { settings } = workspace
  const steps = Object.values(settings.queues).some(({ escalate }) => escalate.length > 0)
  if (settings.notify === undefined || !steps) return
  const routing = routingOf(workspace)
  const open = await listExceptions(database, { statuses: unsettled })
  const reached = open.flatMap((exception) => {
    const escalation = escalationOf(exception, telling.now, routing)
    return escalation === null ? [] : [{ exception, escalation }]
  })
  const fresh = await noteEscalationsTold(
    database,
    reached.map(({ exception, escalation }) => ({ exception: exception.id, since: escalation.since })),
    telling.now,
  )
  const groups = new Map<string, { queue: string; level: number; to: string; members: StoredException[] }>()
  for (const { exception, escalation } of reached) {
    if (!fresh.has(exception.id)) continue
    const key = JSON.stringify([exception.queue, escalation.level])
    const group = groups.get(key)
    if (group === undefined)
      groups.set(key, { queue: exception.queue, level: escalation.level, to: escalation.to, members: [exception] })
    else group.members.push(exception)
  }
  for (const { queue, level, to, members } of groups.values()) {
    const owner = recipientsOf(to, settings).length > 0 ? to : settings.queues[queue]?.owner
    if (owner === undefined) continue
    const most = [...members]
      .map((member) => ({ id: member.id, amountAtRisk: amountsAtRisk([member]) }))
      .sort((a, b) => byMoney(a, b) || a.id - b.id)
      .slice(0, NAMED)
      .map(({ id }) => exceptionId(id))
    const notice = {
      kind: 'escalation',
      queue,
      level,
      to,
      exceptions: members.length,
      amountAtRisk: amountsAtRisk(members),
      most,
      oldestDueAt: members.flatMap(({ dueAt }) => dueAt ?? []).sort()[0] ?? null,
    } as const
    await queueNotice(database, owner, notice, { subject: `${queue}, step ${level}, ${telling.now}` }, telling)
  }
}
