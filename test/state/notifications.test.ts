import { beforeEach, describe, expect, it } from 'vitest'
import {
  causesSince,
  countNotifications,
  dueNotifications,
  noteEscalationsTold,
  notificationFailed,
  notificationSent,
  notificationTried,
  openCause,
  openCauses,
  queueNotification,
  retryNotifications,
  settleCause,
} from '../../src/state/index.js'
import type { State } from '../../src/state/open-state.js'
import { onEachEngine } from './engines.js'

const at = (hour: number): string => `2026-11-20T${String(hour).padStart(2, '0')}:00:00Z`
const message = (key: string, more = {}) => ({
  key,
  kind: 'digest',
  owner: 'Accounts payable',
  channel: 'mail',
  message_id: `mb-${key}`,
  answers: null,
  facts: '{}',
  not_before: at(6),
  run_id: null,
  queued_at: at(5),
  ...more,
})

onEachEngine((engine) => {
  let state: State
  beforeEach(async () => {
    state = await engine.open()
  })

  describe('notifications', () => {
    it('are queued once, wait for their time, and are counted by what became of them', async () => {
      const { database } = state
      await queueNotification(database, message('a'))
      await queueNotification(database, message('a', { facts: '{"other":true}' }))
      await queueNotification(database, message('b', { not_before: at(9) }))
      expect((await dueNotifications(database, at(5), 10)).map(({ key }) => key)).toEqual([])
      const [due, ...others] = await dueNotifications(database, at(6), 10)
      expect(others).toEqual([])
      expect(due).toMatchObject({ key: 'a', facts: '{}', attempts: 0 })
      await notificationTried(database, due?.id ?? 0)
      await notificationSent(database, due?.id ?? 0, at(7))
      expect(await countNotifications(database)).toEqual({ waiting: 1, sent: 1, undeliverable: 0 })
    })

    it('that failed are tried at the time set, given up when told so, and all again when asked to', async () => {
      const { database } = state
      for (const key of ['a', 'b', 'c']) await queueNotification(database, message(key))
      const [a, b] = await dueNotifications(database, at(6), 10)
      await notificationFailed(database, [a?.id ?? 0], 'no answer', at(8))
      await notificationFailed(database, [b?.id ?? 0], 'no such mailbox', null)
      expect((await dueNotifications(database, at(7), 10)).map(({ key }) => key)).toEqual(['c'])
      expect(await countNotifications(database)).toEqual({ waiting: 2, sent: 0, undeliverable: 1 })
      expect(await retryNotifications(database, at(7))).toBe(2)
      expect((await dueNotifications(database, at(7), 10)).map(({ key }) => key)).toEqual(['a', 'b', 'c'])
    })

    it('of an escalation are for those steps alone that nobody was told of', async () => {
      const { database } = state
      const steps = [1, 2].map((exception) => ({ exception, since: at(3) }))
      expect([...(await noteEscalationsTold(database, steps, at(4)))]).toEqual([1, 2])
      const later = [...steps, { exception: 2, since: at(5) }, { exception: 3, since: at(3) }]
      expect([...(await noteEscalationsTold(database, later, at(6)))]).toEqual([2, 3])
    })
  })

  describe('causes', () => {
    it('are open until they are settled, and may open again later', async () => {
      const { database } = state
      const cause = { id: 'CL-1', job: 'j', queue: 'finance', facts: '{}', opened_at: at(1) }
      await openCause(database, cause)
      const [open] = await openCauses(database, 'j')
      if (open === undefined) throw new Error('it is not open')
      await settleCause(database, open, at(2))
      expect(await openCauses(database, 'j')).toEqual([])
      await openCause(database, { ...cause, opened_at: at(3) })
      expect((await openCauses(database, 'j')).map(({ opened_at }) => opened_at)).toEqual([at(3)])
      expect(await causesSince(database, ['finance'], at(1))).toHaveLength(2)
      expect(await causesSince(database, ['finance'], at(2))).toHaveLength(1)
      expect(await causesSince(database, [], at(0))).toEqual([])
    })
  })
})
