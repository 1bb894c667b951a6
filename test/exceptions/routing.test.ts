import { describe, expect, it } from 'vitest'
import { exceptionCodes } from '../../src/canonical/index.js'
import { catalogue, defaultQueues, type Routing, route, settle } from '../../src/exceptions/index.js'
import { routes } from '../../src/exceptions/routing.js'
import { job, priceFinding, routing } from './finding.js'

const since = '2026-11-20T08:00:00Z' // Friday 02:00 in Chicago
const desk = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '17:00', holidays: [] } as const
const overriding = (overrides: Routing['overrides'], workingTime: Routing['workingTime'] = {}): Routing => ({
  ...routing,
  overrides,
  workingTime,
})

describe('the catalogue', () => {
  it('has exactly the permanent codes', () => {
    expect(Object.keys(catalogue).sort()).toEqual([...exceptionCodes].sort())
    expect(new Set(exceptionCodes).size).toBe(exceptionCodes.length)
  })

  it.each(exceptionCodes)('routes %s to a queue, with an urgency and a due time where something is due', (code) => {
    const { queue, severity, dueAt } = route(code, since, routing)
    expect(defaultQueues).toContain(queue)
    expect(queue).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(['info', 'warning', 'error', 'critical']).toContain(severity)
    const { slaHours } = catalogue[code]
    if (slaHours === null) expect(dueAt).toBeNull()
    else expect(dueAt).toBe(new Date(Date.parse(since) + slaHours * 3_600_000).toISOString().replace('.000', ''))
  })

  it('names each decision once, in words that a cell of the workbook can hold', () => {
    for (const code of exceptionCodes) {
      const decisions: readonly string[] = catalogue[code].decisions
      expect(new Set(decisions).size, code).toBe(decisions.length)
      for (const decision of decisions) expect(decision).toMatch(/^[a-z]+(-[a-z]+)*$/)
    }
  })

  it('lets nobody be late with what nobody can decide, but for a privacy event', () => {
    const undecidable = exceptionCodes.filter((code) => catalogue[code].decisions.length === 0)
    expect(undecidable.map((code) => [code, catalogue[code].slaHours])).toEqual([
      ['FILE-DUPLICATE', null],
      ['DATA-PHI', 1],
    ])
  })
})

describe('what the workspace says', () => {
  it('sends a rejection to who can act on its status, and any other to the owner of the code', () => {
    const routeOf = routes(overriding({ 'ACK-REJECTED': { statuses: { R1: 'contracts' } } }))
    const queueOf = (field: string, value: string) =>
      routeOf(
        {
          code: 'ACK-REJECTED',
          evidence: [
            { file: 'po.csv', field: 'quantity', value: 'R1' },
            { file: 'a.855', field, value },
          ],
        },
        since,
      ).queue
    expect([queueOf('ACK01', 'R1'), queueOf('ACK01', 'IR'), queueOf('BAK02', 'RJ')]).toEqual([
      'contracts',
      'supply-chain',
      'supply-chain',
    ])
  })

  it('overrides the queue of a code and leaves its hours', () => {
    expect(route('INV-PRICE', since, overriding({ 'INV-PRICE': { queue: 'finance' } }))).toEqual({
      queue: 'finance',
      severity: 'error',
      dueAt: '2026-11-21T08:00:00Z',
    })
  })

  it('overrides the hours of a code and leaves its queue', () => {
    const { queue, dueAt } = route('INV-PRICE', since, overriding({ 'INV-PRICE': { slaHours: 4 } }))
    expect([queue, dueAt]).toEqual(['contracts', '2026-11-20T12:00:00Z'])
  })

  it('means zero hours when it says zero: due at once, not the default', () => {
    expect(route('INV-PRICE', since, overriding({ 'INV-PRICE': { slaHours: 0 } })).dueAt).toBe('2026-11-20T08:00:00Z')
  })

  it('gives a due time to a code that has none by default', () => {
    expect(route('FILE-DUPLICATE', since, routing).dueAt).toBeNull()
    expect(route('FILE-DUPLICATE', since, overriding({ 'FILE-DUPLICATE': { slaHours: 2 } })).dueAt).toBe(
      '2026-11-20T10:00:00Z',
    )
  })

  it('touches no other code', () => {
    const changed = overriding({ 'INV-PRICE': { queue: 'finance', slaHours: 1 } })
    expect(route('INV-TOTAL', since, changed)).toEqual(route('INV-TOTAL', since, routing))
  })

  it('takes the calendar of the queue that owns it now, not of the one it came from', () => {
    const calendars = { finance: desk }
    const moved = route('INV-PRICE', since, overriding({ 'INV-PRICE': { queue: 'finance' } }, calendars))
    expect(moved.dueAt).toBe('2026-11-24T20:00:00Z') // 24 working hours from Friday 08:00: Tuesday 14:00
    expect(route('INV-PRICE', since, overriding({}, calendars)).dueAt).toBe('2026-11-21T08:00:00Z')
  })

  it('holds for an exception that was raised before: it moves to the new queue with its old clock', () => {
    const first = settle(job, [], [priceFinding()], since, routing)
    const changed = overriding({ 'INV-PRICE': { queue: 'finance', slaHours: 48 } })
    const next = settle(job, first.exceptions, [priceFinding()], '2026-11-21T08:00:00Z', changed)
    expect(next.exceptions[0]).toMatchObject({
      status: 'open',
      queue: 'finance',
      firstSeen: since,
      dueAt: '2026-11-22T08:00:00Z',
    })
  })
})
