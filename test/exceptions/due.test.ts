import { describe, expect, it } from 'vitest'
import { dueAt, type WorkingTime } from '../../src/exceptions/index.js'

const zone = 'America/Chicago'
/** An accounts payable desk: nine hours a day, Monday to Friday; Thanksgiving and the Friday after are off. */
const desk: WorkingTime = {
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  from: '08:00',
  to: '17:00',
  holidays: ['2026-11-26', '2026-11-27'],
}
/** A receiving dock that works every day. */
const dock: WorkingTime = {
  days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
  from: '08:00',
  to: '17:00',
  holidays: [],
}
/** A night shift across the hour at which the clocks change. */
const nightShift: WorkingTime = { ...dock, from: '00:00', to: '08:00' }

/** Due time on the wall clock in Chicago, from one on the wall clock there. */
const due = (since: string, hours: number, working?: WorkingTime): string => dueAt(since, hours, zone, working)

describe('without a calendar', () => {
  it('every hour counts, nights and weekends too', () => {
    expect(due('2026-11-20T22:30:00-06:00', 24)).toBe('2026-11-22T04:30:00Z')
  })

  it('24 hours are 24 hours over a change of the clocks, whatever the wall clock says', () => {
    expect(due('2026-10-31T12:00:00-05:00', 24)).toBe('2026-11-01T17:00:00Z') // 11:00 in Chicago
    expect(due('2026-03-07T12:00:00-06:00', 24)).toBe('2026-03-08T18:00:00Z') // 13:00 in Chicago
  })

  it('an SLA of no hours is due at once', () => {
    expect(due('2026-11-20T02:15:00-06:00', 0)).toBe('2026-11-20T08:15:00Z')
  })
})

describe('with a calendar', () => {
  it('what is found at night starts when the desk opens', () => {
    expect(due('2026-11-18T02:15:00-06:00', 8, desk)).toBe('2026-11-18T22:00:00Z') // 16:00
  })

  it('what is found during the day goes on from there', () => {
    expect(due('2026-11-18T10:20:00-06:00', 4, desk)).toBe('2026-11-18T20:20:00Z') // 14:20
  })

  it('what does not fit into the day goes on the next morning', () => {
    expect(due('2026-11-18T15:00:00-06:00', 8, desk)).toBe('2026-11-19T20:00:00Z') // 2 h left, then 6 h: 14:00
  })

  it('what just fits is due at the end of the day, not the next morning', () => {
    expect(due('2026-11-18T08:00:00-06:00', 9, desk)).toBe('2026-11-18T23:00:00Z')
  })

  it('what is found after hours waits for the next day', () => {
    expect(due('2026-11-18T17:00:00-06:00', 1, desk)).toBe('2026-11-19T15:00:00Z')
    expect(due('2026-11-18T23:59:00-06:00', 1, desk)).toBe('2026-11-19T15:00:00Z')
  })

  it('a weekend does not count', () => {
    expect(due('2026-11-20T16:00:00-06:00', 2, desk)).toBe('2026-11-23T15:00:00Z') // Friday 16:00 to Monday 09:00
    expect(due('2026-11-21T10:00:00-06:00', 2, desk)).toBe('2026-11-23T16:00:00Z') // found on Saturday
  })

  it('holidays do not count, and the weekend behind them neither', () => {
    expect(due('2026-11-25T16:00:00-06:00', 2, desk)).toBe('2026-11-30T15:00:00Z') // Wednesday to Monday
    expect(due('2026-11-26T09:00:00-06:00', 1, desk)).toBe('2026-11-30T15:00:00Z') // found on Thanksgiving
  })

  it('24 working hours are two full days and six hours more', () => {
    expect(due('2026-11-16T02:00:00-06:00', 24, desk)).toBe('2026-11-18T20:00:00Z') // Wednesday 14:00
  })

  it('the day is the local one: 03:00 UTC on Saturday is still Friday evening in Chicago', () => {
    expect(due('2026-11-20T21:30:00Z', 1, desk)).toBe('2026-11-20T22:30:00Z')
    expect(due('2026-11-21T03:00:00Z', 1, desk)).toBe('2026-11-23T15:00:00Z')
  })

  it('a calendar in which nobody ever works ends in plain hours instead of looking for ever', () => {
    expect(due('2026-11-20T12:00:00Z', 5, { ...desk, from: '17:00', to: '08:00' })).toBe('2026-11-20T17:00:00Z')
  })
})

describe('on the days the clocks change in Chicago', () => {
  it('the office opens at 08:00 on the wall clock before and after: the instant moves by an hour', () => {
    expect(due('2026-10-31T02:00:00-05:00', 1, dock)).toBe('2026-10-31T14:00:00Z') // 09:00 CDT
    expect(due('2026-11-01T03:00:00-06:00', 1, dock)).toBe('2026-11-01T15:00:00Z') // 09:00 CST
    expect(due('2026-03-07T02:00:00-06:00', 1, dock)).toBe('2026-03-07T15:00:00Z') // 09:00 CST
    expect(due('2026-03-08T03:30:00-05:00', 1, dock)).toBe('2026-03-08T14:00:00Z') // 09:00 CDT
  })

  it('hours begun on the day before end at the same time of day after it', () => {
    expect(due('2026-10-31T16:00:00-05:00', 2, dock)).toBe('2026-11-01T15:00:00Z') // 1 h, then 09:00 CST
    expect(due('2026-03-07T16:00:00-06:00', 2, dock)).toBe('2026-03-08T14:00:00Z') // 1 h, then 09:00 CDT
  })

  it('a shift across the change has the hours that people really work: nine in autumn, seven in spring', () => {
    expect(due('2026-11-01T00:00:00-05:00', 9, nightShift)).toBe('2026-11-01T14:00:00Z') // 08:00 CST, the end of it
    expect(due('2026-11-01T00:00:00-05:00', 10, nightShift)).toBe('2026-11-02T07:00:00Z') // 01:00 CST the next day
    expect(due('2026-03-08T00:00:00-06:00', 7, nightShift)).toBe('2026-03-08T13:00:00Z') // 08:00 CDT, the end of it
    expect(due('2026-03-08T00:00:00-06:00', 8, nightShift)).toBe('2026-03-09T06:00:00Z') // 01:00 CDT the next day
  })
})
