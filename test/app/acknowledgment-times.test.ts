import { describe, expect, it } from 'vitest'
import { acknowledgmentDueRows } from '../../src/app/check/acknowledgment-times.js'
import { WorkspaceSettings } from '../../src/config/workspace.js'

const partner = (acknowledgments: object) => ({
  name: 'A supplier',
  isa: [{ qualifier: 'ZZ', id: 'S' }],
  vendors: [{ vendor: '1' }],
  acknowledgments,
})
const settings = WorkspaceSettings.parse({
  workspace: 'Lakeside',
  profile: 'test',
  timezone: 'America/Chicago',
  currency: 'USD',
  state: { folder: 'state' },
  identity: [{ isa: { qualifier: 'ZZ', id: 'US' } }],
  endpoints: {},
  partners: {
    usual: partner({}),
    office: partner({ hours: 9, calendar: 'office' }),
    silent: partner({ expected: false }),
  },
  queues: {},
  calendars: {
    office: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '17:00', holidays: ['2026-03-09'] },
  },
})
const due = (date: string, now: string) =>
  acknowledgmentDueRows(settings, [date], 24, now).map(({ partner, due_at, is_over }) => [partner, due_at, is_over])

describe('by when an order is to be acknowledged', () => {
  it("counts from the end of the PO date, in the partner's own working time", () => {
    // A Friday; Monday is a holiday of the office, and the clocks go forward on Sunday.
    expect(due('2026-03-06', '2026-03-08T04:59:59Z')).toEqual([
      ['usual', '2026-03-08 00:00', false],
      ['office', '2026-03-10 17:00', false],
    ])
  })

  it('is over at its very minute', () => {
    expect(due('2026-03-06', '2026-03-10T22:00:00Z')).toEqual([
      ['usual', '2026-03-08 00:00', true],
      ['office', '2026-03-10 17:00', true],
    ])
  })
})
