import { describe, expect, it } from 'vitest'
import type { Calendar } from '../../src/config/index.js'
import { Schedule } from '../../src/config/schedule.js'
import { nextOccurrences, occurrences, owed, type ScheduledJob } from '../../src/schedule/index.js'

const chicago = 'America/Chicago'
const office: Calendar = {
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  from: '08:00',
  to: '17:00',
  holidays: [],
  blackouts: [],
}

const job = (schedule: object, calendar?: Partial<Calendar>): ScheduledJob => ({
  job: 'receipt-to-invoice',
  schedule: Schedule.parse({ ...(calendar === undefined ? {} : { calendar: 'office' }), ...schedule }),
  calendar: calendar === undefined ? undefined : { ...office, ...calendar },
  timezone: chicago,
})
const between = (scheduled: ScheduledJob, from: string, to: string): string[] =>
  occurrences(scheduled, new Date(from), new Date(to)).map(({ scheduledFor }) => scheduledFor.replace(':00.000Z', 'Z'))

describe('a night at half past two', () => {
  const nightly = job({ cron: '30 2 * * *' })

  it('keeps its time on the wall when the clocks change', () => {
    expect(between(nightly, '2026-03-06T12:00Z', '2026-03-09T12:00Z')).toEqual([
      '2026-03-07T08:30Z',
      // 02:30 does not exist on the 8th: it begins at 03:00, the first moment after it.
      '2026-03-08T08:00Z',
      '2026-03-09T07:30Z',
    ])
  })

  it('comes once in the night that has two o’clock to spare', () => {
    expect(between(job({ cron: '30 1 * * *' }), '2026-10-31T12:00Z', '2026-11-02T12:00Z')).toEqual([
      '2026-11-01T06:30Z',
      '2026-11-02T07:30Z',
    ])
  })

  it('of each half hour comes in both of the doubled hours', () => {
    expect(between(job({ cron: '*/30 * * * *' }), '2026-11-01T05:45Z', '2026-11-01T08:00Z')).toEqual([
      '2026-11-01T06:00Z',
      '2026-11-01T06:30Z',
      '2026-11-01T07:00Z',
      '2026-11-01T07:30Z',
      '2026-11-01T08:00Z',
    ])
  })

  it('has the date of the workspace, also where its own zone is a day ahead', () => {
    const auckland = job({ cron: '0 9 * * *', timezone: 'Pacific/Auckland' })
    const [first] = occurrences(auckland, new Date('2026-06-01T00:00Z'), new Date('2026-06-02T00:00Z'))
    expect(first).toMatchObject({ scheduledFor: '2026-06-01T21:00:00.000Z', day: '2026-06-01' })
  })

  it('is the same however the time is cut: no occurrence is lost or doubled at a seam', () => {
    const whole = between(nightly, '2026-02-20T00:00Z', '2026-11-10T00:00Z')
    const cut: string[] = []
    for (let at = Date.parse('2026-02-20T00:00Z'); at < Date.parse('2026-11-10T00:00Z'); at += 7.3 * 3_600_000) {
      const to = Math.min(at + 7.3 * 3_600_000, Date.parse('2026-11-10T00:00Z'))
      cut.push(...between(nightly, new Date(at).toISOString(), new Date(to).toISOString()))
    }
    expect(cut).toEqual(whole)
    expect(whole).toHaveLength(263)
  })
})

describe('days of the month', () => {
  it('L is the last, leap years too', () => {
    expect(between(job({ cron: '0 12 L 2 *' }), '2026-01-01T00:00Z', '2029-01-01T00:00Z')).toEqual([
      '2026-02-28T18:00Z',
      '2027-02-28T18:00Z',
      '2028-02-29T18:00Z',
    ])
  })

  it('a job of the 29th of February waits for a leap year', () => {
    expect(between(job({ cron: '0 12 29 2 *' }), '2026-01-01T00:00Z', '2029-01-01T00:00Z')).toEqual([
      '2028-02-29T18:00Z',
    ])
  })

  it('the month-end close runs on the last working day: 30 May 2026 and the 31st are a weekend', () => {
    const close = job({ cron: '0 20 L * *', 'on-day-off': 'before' }, { holidays: ['2026-12-31'] })
    expect(between(close, '2026-05-01T12:00Z', '2026-07-05T00:00Z')).toEqual(['2026-05-30T01:00Z', '2026-07-01T01:00Z'])
    expect(between(close, '2026-12-20T00:00Z', '2027-01-05T00:00Z')).toEqual(['2026-12-31T02:00Z'])
  })
})

describe('days off and blackouts', () => {
  it('a holiday and a weekend are left out, or put off to the next working day', () => {
    const thanksgiving = { holidays: ['2026-11-26', '2026-11-27'] }
    expect(between(job({ cron: '0 6 * * *' }, thanksgiving), '2026-11-25T00:00Z', '2026-12-01T00:00Z')).toEqual([
      '2026-11-25T12:00Z',
      '2026-11-30T12:00Z',
    ])
    // All of them come on Monday at six, and are one.
    expect(
      between(
        job({ cron: '0 6 * * *', 'on-day-off': 'after' }, thanksgiving),
        '2026-11-26T00:00Z',
        '2026-12-01T00:00Z',
      ),
    ).toEqual(['2026-11-30T12:00Z'])
  })

  it('what falls into a blackout begins when it ends, once; also from one blackout into the next', () => {
    const blackouts = [
      { from: '2026-12-31T18:00', to: '2027-01-01T06:00', reason: 'ERP year end' },
      { from: '2027-01-01T06:00', to: '2027-01-01T07:30', reason: 'backup' },
    ]
    const hourly = job({ cron: '0 * * * *', calendar: 'office' }, { days: [...office.days, 'sat', 'sun'], blackouts })
    expect(between(hourly, '2026-12-31T22:30Z', '2027-01-01T14:30Z')).toEqual([
      '2026-12-31T23:00Z',
      '2027-01-01T13:30Z',
      '2027-01-01T14:00Z',
    ])
    // A tenth of a second is enough for the next of a job of each second.
    expect(nextOccurrences(job({ cron: '* * * * * *' }, { blackouts }), new Date('2026-11-20T12:00Z'), 2)).toHaveLength(
      2,
    )
    // Asked for the hour after the blackout alone, it gives what was put off into it.
    expect(between(hourly, '2027-01-01T13:10Z', '2027-01-01T13:40Z')).toEqual(['2027-01-01T13:30Z'])
  })
})

describe('the next occurrences', () => {
  it('are found a day or a year ahead, and are none where there are none', () => {
    const next = (cron: string, count: number) =>
      nextOccurrences(job({ cron }), new Date('2026-11-20T12:00Z'), count).map(({ day }) => day)
    expect(next('0 0 * * *', 3)).toEqual(['2026-11-21', '2026-11-22', '2026-11-23'])
    expect(next('0 12 10 10 *', 2)).toEqual(['2027-10-10'])
    expect(nextOccurrences(job({ cron: '0 2 * * sat' }, {}), new Date('2026-11-20T12:00Z'), 1)).toEqual([])
  })
})

describe('what was missed', () => {
  const day = 86_400_000
  const three = occurrences(job({ cron: '0 2 * * *' }), new Date('2026-06-01T12:00Z'), new Date('2026-06-04T12:00Z'))
  const plan = (policy: string, minutesAfter: number, heldUntil = new Date(0)) => {
    const { schedule } = job({ cron: '0 2 * * *', 'catch-up': policy })
    const now = new Date(Date.parse('2026-06-04T07:00:00Z') + minutesAfter * 60_000)
    const { run, skip } = owed(three, schedule, now, heldUntil)
    return [run?.day, skip.map(({ occurrence }) => occurrence.day)]
  }

  it('is run from the first on, or only the latest, or not at all', () => {
    expect(three.map((one) => one.day)).toEqual(['2026-06-02', '2026-06-03', '2026-06-04'])
    expect(plan('all', 600)).toEqual(['2026-06-02', []])
    expect(plan('latest', 600)).toEqual(['2026-06-04', ['2026-06-02', '2026-06-03']])
    expect(plan('skip', 600)).toEqual([undefined, ['2026-06-02', '2026-06-03', '2026-06-04']])
  })

  it('is not missed while its minutes last, or while another job holds it', () => {
    expect(plan('skip', 60)).toEqual(['2026-06-04', ['2026-06-02', '2026-06-03']])
    expect(plan('skip', 600, new Date(Date.parse('2026-06-04T16:30:00Z')))[0]).toBe('2026-06-04')
    expect(plan('skip', 600, new Date(Date.parse('2026-06-04T07:00:00Z') - day))[0]).toBeUndefined()
  })
})
