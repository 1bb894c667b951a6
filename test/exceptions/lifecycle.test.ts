import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/canonical/index.js'
import { type MatchException, type Settlement, settle } from '../../src/exceptions/index.js'
import { job, priceFinding, routing } from './finding.js'

const nights = ['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20'].map((day) => `${day}T08:00:00Z`)

/** What the store holds after a settlement: rows by fingerprint, the settled ones kept. */
function stored(known: readonly MatchException[], { exceptions }: Settlement): MatchException[] {
  return [...new Map([...known, ...exceptions].map((exception) => [exception.fingerprint, exception])).values()]
}

/** Runs nights one after another on what the one before left. */
function live(...findings: readonly (readonly Finding[])[]): { known: MatchException[]; last: Settlement } {
  let known: MatchException[] = []
  let last: Settlement | undefined
  for (const [n, found] of findings.entries()) {
    last = settle(job, known, found, nights[n] ?? '', routing)
    known = stored(known, last)
  }
  if (last === undefined) throw new RangeError('no night')
  return { known, last }
}

const decide = (known: readonly MatchException[]): MatchException[] =>
  known.map((exception) => ({ ...exception, status: 'decided' }))

const counts = ({ raised, stillOpen, reopened, decided, healed }: Settlement) => ({
  raised,
  stillOpen,
  reopened,
  decided,
  healed,
})
const none = { raised: 0, stillOpen: 0, reopened: 0, decided: 0, healed: 0 }
const trouble = priceFinding()
const other = priceFinding({ keys: { ...trouble.keys, invoice: 'MS-1002' }, amount: '8' })

describe('an exception over the nights', () => {
  it('stays open, and is no news any more, when tonight did not look at it: its invoice was loaded before', () => {
    const { known } = live([trouble, other])
    const settlement = settle(job, known, [], nights[1] ?? '', routing, ({ keys }) => keys.invoice === 'MS-1002')
    expect(counts(settlement)).toEqual({ ...none, stillOpen: 1, healed: 1 })
  })

  it('is new in its first night, with queue, urgency and due time', () => {
    const { last } = live([trouble])
    expect(counts(last)).toEqual({ ...none, raised: 1 })
    expect(last.exceptions).toEqual([
      {
        fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
        job,
        code: 'INV-PRICE',
        queue: 'contracts',
        severity: 'error',
        status: 'new',
        keys: trouble.keys,
        message: trouble.message,
        amountAtRisk: '125.5',
        currency: 'USD',
        values: trouble.values,
        tolerance: trouble.tolerance,
        evidence: trouble.evidence,
        firstSeen: nights[0],
        lastSeen: nights[0],
        dueAt: '2026-11-17T08:00:00Z',
      },
    ])
  })

  it('is open in the second: first seen and due stay, last seen, money and words follow', () => {
    const { last } = live([trouble], [priceFinding({ amount: '140', message: 'billed 14.00 each' })])
    expect(counts(last)).toEqual({ ...none, stillOpen: 1 })
    expect(last.exceptions[0]).toMatchObject({
      status: 'open',
      firstSeen: nights[0],
      lastSeen: nights[1],
      dueAt: '2026-11-17T08:00:00Z',
      amountAtRisk: '140',
      message: 'billed 14.00 each',
    })
  })

  it('is healed when it is gone, keeps its last numbers, and is said once only', () => {
    const { known, last } = live([trouble], [])
    expect(counts(last)).toEqual({ ...none, healed: 1 })
    expect(last.exceptions[0]).toMatchObject({ status: 'healed', lastSeen: nights[0], amountAtRisk: '125.5' })
    const quiet = settle(job, known, [], nights[2] ?? '', routing)
    expect(counts(quiet)).toEqual(none)
    expect(quiet.exceptions).toEqual([])
  })

  it('is reopened when it comes back, and its clock starts anew', () => {
    const { last } = live([trouble], [trouble], [], [trouble])
    expect(counts(last)).toEqual({ ...none, reopened: 1 })
    expect(last.exceptions[0]).toMatchObject({
      status: 'reopened',
      firstSeen: nights[3],
      dueAt: '2026-11-20T08:00:00Z',
    })
  })

  it('is reopened for one night, then open with the clock of its return', () => {
    const { last } = live([trouble], [], [trouble], [trouble])
    expect(counts(last)).toEqual({ ...none, stillOpen: 1 })
    expect(last.exceptions[0]).toMatchObject({ status: 'open', firstSeen: nights[2] })
  })

  it('is healed again after a return', () => {
    expect(counts(live([trouble], [], [trouble], []).last)).toEqual({ ...none, healed: 1 })
  })
})

describe('a decided exception', () => {
  const decided = decide(live([trouble]).known)
  const night = (findings: readonly Finding[]) => settle(job, decided, findings, nights[1] ?? '', routing)

  it.each(['125.50', '125.5', '125.500', '0.01', '0'])('stays decided while %s or less is at stake', (amount) => {
    const settlement = night([priceFinding({ amount })])
    expect(counts(settlement)).toEqual({ ...none, decided: 1 })
    expect(settlement.exceptions[0]).toMatchObject({ status: 'decided', firstSeen: nights[0] })
  })

  it.each(['125.51', '125.5000000001', '1000'])(
    'is reopened when %s is at stake: more than was decided on',
    (amount) => {
      const settlement = night([priceFinding({ amount })])
      expect(counts(settlement)).toEqual({ ...none, reopened: 1 })
      expect(settlement.exceptions[0]).toMatchObject({
        status: 'reopened',
        firstSeen: nights[1],
        dueAt: '2026-11-18T08:00:00Z',
      })
    },
  )

  it('compares money as money, not as text', () => {
    const nine = decide(live([priceFinding({ amount: '9' })]).known)
    const ten = settle(job, nine, [priceFinding({ amount: '10' })], nights[1] ?? '', routing)
    expect(ten.exceptions[0]?.status).toBe('reopened')
    const back = settle(
      job,
      decide(live([priceFinding({ amount: '10' })]).known),
      [priceFinding({ amount: '9' })],
      nights[1] ?? '',
      routing,
    )
    expect(back.exceptions[0]?.status).toBe('decided')
  })

  it('is marked healed when it is gone, and not counted as healed by itself: a person settled it', () => {
    const settlement = night([])
    expect(counts(settlement)).toEqual(none)
    expect(settlement.exceptions.map(({ status }) => status)).toEqual(['healed'])
  })

  it('is reopened when it was gone in between, even for less money', () => {
    const gone = stored(decided, night([]))
    const back = settle(job, gone, [priceFinding({ amount: '1' })], nights[2] ?? '', routing)
    expect(counts(back)).toEqual({ ...none, reopened: 1 })
  })

  it('keeps a decision on 100.00 when less was seen in between', () => {
    const hundred = decide(live([priceFinding({ amount: '100' })]).known)
    const less = settle(job, hundred, [priceFinding({ amount: '80' })], nights[1] ?? '', routing)
    const back = settle(job, stored(hundred, less), [priceFinding({ amount: '100' })], nights[2] ?? '', routing)
    expect(back.exceptions[0]?.status).toBe('decided')
  })
})

describe('a decision and the facts it was made on', () => {
  const [seen] = live([trouble]).known
  const facts = seen?.values ?? {}
  const decided = (state: 'proposed' | 'standing', of: typeof facts = facts): MatchException[] =>
    seen === undefined
      ? []
      : [
          {
            ...seen,
            status: state === 'standing' ? 'decided' : 'proposed',
            decision: {
              decision: 'short-pay',
              state,
              amount: seen.amountAtRisk,
              facts: of,
              note: null,
              decidedBy: 'R. Ortiz',
              decidedAt: nights[0] ?? '',
              via: 'command',
              agreedBy: null,
              agreedAt: null,
              rule: null,
            },
          },
        ]
  const [name = '', value] = Object.entries(facts)[0] ?? []
  const next = (known: readonly MatchException[]) =>
    settle(job, known, [trouble], nights[1] ?? '', routing).exceptions[0]

  it.each(['standing', 'proposed'] as const)('is kept while they are the same: %s', (state) => {
    expect(next(decided(state))).toMatchObject({
      status: state === 'standing' ? 'decided' : 'proposed',
      decision: { decision: 'short-pay', state },
    })
  })

  it.each(['standing', 'proposed'] as const)(
    'opens again, with the reason, when a compared value is another: %s',
    (state) => {
      const found = next(decided(state, { ...facts, [name]: '999' }))
      expect(found).toMatchObject({
        status: 'reopened',
        reopenedBecause: `decided on other facts: ${name} was 999, is ${value}`,
      })
      expect(found?.decision).toBeUndefined()
    },
  )

  it('does not take 12.5 and 12.50 for two values', () => {
    const [known] = decided('standing', { ...facts, [name]: `${value}0` })
    expect(value).toMatch(/\.\d/)
    expect(known && next([known])).toMatchObject({ status: 'decided' })
  })
})

describe('a night with several', () => {
  it('counts each by what became of it', () => {
    const third = priceFinding({ keys: { ...trouble.keys, invoice: 'MS-1003' } })
    const fresh = priceFinding({ keys: { ...trouble.keys, invoice: 'MS-1004' } })
    const { last } = live([trouble, other, third], [trouble, other], [other, third, fresh])
    expect(counts(last)).toEqual({ ...none, raised: 1, stillOpen: 1, reopened: 1, healed: 1 })
    expect(last.exceptions.map(({ keys, status }) => [keys.invoice, status])).toEqual([
      ['MS-1002', 'open'],
      ['MS-1003', 'reopened'],
      ['MS-1004', 'new'],
      ['MS-1001', 'healed'],
    ])
  })

  it('takes two findings with one fingerprint for one trouble; the larger amount speaks, whichever comes first', () => {
    const small = priceFinding({ amount: '9', message: 'small' })
    const large = priceFinding({ amount: '10', message: 'large' })
    for (const findings of [
      [small, large],
      [large, small],
    ]) {
      const { last } = live(findings)
      expect(counts(last)).toEqual({ ...none, raised: 1 })
      expect(last.exceptions.map(({ message, amountAtRisk }) => [message, amountAtRisk])).toEqual([['large', '10']])
    }
  })

  it('settled on its own result, with the same findings, makes new open and changes nothing else', () => {
    const first = settle(job, [], [trouble, other], nights[0] ?? '', routing)
    const second = settle(job, first.exceptions, [trouble, other], nights[0] ?? '', routing)
    expect(second.exceptions).toEqual(first.exceptions.map((exception) => ({ ...exception, status: 'open' })))
    const third = settle(job, second.exceptions, [trouble, other], nights[0] ?? '', routing)
    expect(third).toEqual(second)
  })

  it('settled on its own result after a return and a healing, says neither twice', () => {
    const { known } = live([trouble, other], [trouble], [other])
    expect(known.map(({ status }) => status)).toEqual(['healed', 'reopened'])
    const again = settle(job, known, [other], nights[2] ?? '', routing)
    expect(counts(again)).toEqual({ ...none, stillOpen: 1 })
    expect(again.exceptions).toHaveLength(1)
  })

  it('leaves what it was given as it was', () => {
    const known = Object.freeze(live([trouble]).known.map((exception) => Object.freeze(exception)))
    const before = structuredClone(known)
    settle(job, known, [priceFinding({ amount: '500' })], nights[1] ?? '', routing)
    settle(job, known, [], nights[1] ?? '', routing)
    expect(known).toEqual(before)
  })
})
