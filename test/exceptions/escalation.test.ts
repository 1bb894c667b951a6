import { describe, expect, it } from 'vitest'
import { escalationOf, type MatchException, type Routing } from '../../src/exceptions/index.js'

const routing: Routing = {
  timezone: 'America/Chicago',
  overrides: {},
  workingTime: {
    contracts: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '17:00', holidays: ['2026-11-26'] },
  },
  escalations: {
    contracts: [
      { afterHours: 9, to: 'Director' },
      { afterHours: 0, to: 'Manager' },
    ],
    receiving: [{ afterHours: 9, to: 'Dock lead' }],
  },
}
// Wednesday noon in Chicago; Thursday is a holiday.
const overdue = { queue: 'contracts', status: 'open', dueAt: '2026-11-25T18:00:00Z' } as const
const at = (now: string, more: Partial<MatchException> = {}) => escalationOf({ ...overdue, ...more }, now, routing)

describe('an overdue exception', () => {
  it('is nobody else’s before it is due, and the first step’s from then on', () => {
    expect(at('2026-11-25T17:59:59Z')).toBeNull()
    expect(at('2026-11-25T18:00:00Z')).toEqual({ level: 1, to: 'Manager', since: '2026-11-25T18:00:00Z' })
  })

  it('goes a step further after hours of the calendar, not of the clock', () => {
    // Five hours on Wednesday, none on the holiday, four on Friday morning.
    expect(at('2026-11-27T17:59:00Z')?.to).toBe('Manager')
    expect(at('2026-11-27T18:00:00Z')).toEqual({ level: 2, to: 'Director', since: '2026-11-27T18:00:00Z' })
  })

  it('counts every hour where the queue has no calendar', () => {
    expect(at('2026-11-26T03:00:00Z', { queue: 'receiving' })).toMatchObject({ level: 1, to: 'Dock lead' })
    expect(at('2026-11-26T02:59:00Z', { queue: 'receiving' })).toBeNull()
  })

  it('stays so while a second person must agree, and ends when it is settled; without steps or a due time it never begins', () => {
    const late = '2027-01-01T00:00:00Z'
    expect(at(late, { status: 'proposed' })?.level).toBe(2)
    expect(at(late, { status: 'decided' })).toBeNull()
    expect(at(late, { status: 'healed' })).toBeNull()
    expect(at(late, { queue: 'finance' })).toBeNull()
    expect(at(late, { dueAt: null })).toBeNull()
  })
})
