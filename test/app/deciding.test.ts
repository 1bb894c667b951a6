import { readFileSync } from 'node:fs'
import path from 'node:path'
import JSZip from 'jszip'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DecideRequest, decideExceptions } from '../../src/app/deciding/decide-exceptions.js'
import { assertMayApprove } from '../../src/app/deciding/load-evidence.js'
import { reopenExceptions } from '../../src/app/deciding/reopen-exceptions.js'
import { exceptionId } from '../../src/app/exceptions/list-exceptions.js'
import { decimal, fixed, subtract, sumOf } from '../../src/canonical/index.js'
import { decisionsOf } from '../../src/exceptions/index.js'
import { csvCells } from '../../src/outputs/load/load-csv.js'
import { type StoredException, verifyAudit } from '../../src/state/index.js'
import { DemoNight } from './demo-night.js'

let night: DemoNight
let all: StoredException[]
const note = 'asked the buyer'

beforeAll(async () => {
  night = await DemoNight.lay(11)
  await night.run()
  all = await night.exceptions()
}, 120_000)
afterAll(() => night?.remove())

const decide = (subjects: readonly StoredException[], decision: string, more: Partial<DecideRequest> = {}) =>
  decideExceptions({
    ...night.options(),
    subjects: subjects.map(({ id }) => exceptionId(id)),
    decision,
    note,
    as: 'R. Ortiz',
    ...more,
  })
/** An invoice that this code alone holds. */
function alone(code: string, skip = 0): StoredException {
  const holding = all.filter((one) => one.document !== null && one.code !== 'INV-TERMS')
  const found = holding.filter(
    (one) => one.code === code && holding.filter(({ document }) => document === one.document).length === 1,
  )[skip]
  if (found === undefined) throw new Error(`no invoice is held by ${code} alone`)
  return found
}
/** Two of one code and supplier that may be accepted, and are not decided by the tests before. */
function inOneScope(): [StoredException, StoredException] {
  for (const made of all) {
    if (!decisionsOf(made.code).includes('accept') || made.code === 'INV-FREIGHT') continue
    const later = all.find(
      (one) => one.id > made.id && one.code === made.code && one.keys.supplier === made.keys.supplier,
    )
    if (later !== undefined) return [made, later]
  }
  throw new Error('no two exceptions of one scope')
}
const now = async ({ id }: StoredException) => (await night.exceptions()).find((one) => one.id === id)

/** Header and lines of one invoice in a load. */
async function loaded(file: string, number: string): Promise<{ amount: string; lines: string[][] }> {
  const zip = await JSZip.loadAsync(readFileSync(path.join(night.drops, 'erp', 'inbound', file)))
  const rows = async (name: string) =>
    ((await zip.file(name)?.async('string')) ?? '')
      .split('\n')
      .filter(Boolean)
      .map((line) => csvCells(line))
  const header = (await rows('ApInvoicesInterface.csv')).find((cells) => cells.includes(number))
  const lines = (await rows('ApInvoiceLinesInterface.csv')).filter(([id]) => id === header?.[0])
  return { amount: header?.[4] ?? '', lines }
}

describe('a decision', () => {
  it('is refused when the code does not allow it, and says what it does allow', async () => {
    const { outcomes, exit } = await decide([alone('INV-PRICE')], 'pay-it')
    expect(exit).toBe(8)
    expect(outcomes).toMatchObject([
      {
        outcome: 'refused',
        said: '"pay-it" is not a decision for INV-PRICE; it allows accept-price, short-pay, dispute',
      },
    ])
    expect(await now(alone('INV-PRICE'))).toMatchObject({ status: 'new', decision: null })
  })

  it('leaves no trace in a dry run', async () => {
    const { outcomes } = await decide([alone('INV-PRICE')], 'short-pay', { dryRun: true })
    expect(outcomes).toMatchObject([{ outcome: 'decided' }])
    expect(await now(alone('INV-PRICE'))).toMatchObject({ status: 'new', version: 1 })
  })

  it('stands with who, why, and the facts it was made on; the same again changes nothing, another needs it taken back', async () => {
    const price = alone('INV-PRICE')
    expect((await decide([price], 'Short-Pay ')).outcomes).toMatchObject([{ outcome: 'decided' }])
    expect(await now(price)).toMatchObject({
      status: 'decided',
      version: 2,
      note,
      decision: { decision: 'short-pay', decidedBy: 'R. Ortiz', note, amount: price.amountAtRisk, facts: price.values },
    })
    expect((await decide([price], 'short-pay')).outcomes).toMatchObject([{ outcome: 'unchanged' }])
    expect((await decide([price], 'dispute')).outcomes).toMatchObject([
      { outcome: 'refused', said: 'short-pay was decided by R. Ortiz; reopen it first' },
    ])
  })

  it('can be taken back, and be made again', async () => {
    const price = alone('INV-PRICE')
    const subjects = [exceptionId(price.id)]
    const back = await reopenExceptions({ ...night.options(), subjects, note: 'wrong line', as: 'M. Chen' })
    expect(back.outcomes).toMatchObject([{ outcome: 'reopened', said: expect.stringContaining('wrong line') }])
    expect(await now(price)).toMatchObject({ status: 'reopened', decision: null })
    await decide([price], 'short-pay')
    expect(await now(price)).toMatchObject({ status: 'decided', version: 4 })
  })

  it('about a cluster that is not there is an error, not a decision about nothing', async () => {
    const unknown = decideExceptions({
      ...night.options(),
      subjects: ['CL-0000000000'],
      decision: 'wait',
      as: 'R. Ortiz',
    })
    await expect(unknown).rejects.toMatchObject({ code: 'CLUSTER-UNKNOWN' })
  })
})

describe('limits', () => {
  const limited = (deciders: object[]) => night.change((settings) => Object.assign(settings, { deciders }))
  afterAll(() => limited([]))

  it('keep out who may not decide, and ask a second person over an amount', async () => {
    limited([
      { who: ['r. ortiz', 'M. Chen'], queues: ['contracts'], 'up-to': '0.01' },
      { who: ['Director'], codes: ['INV-PRICE'] },
    ])
    const [price, quantity] = [alone('INV-PRICE', 1), alone('INV-QTY-RECEIVED')]
    const said = async (one: StoredException, as: string, decision = 'accept-price') =>
      (await decide([one], decision, { as })).outcomes.map(({ outcome, said }) => `${outcome}: ${said}`).join()
    expect(await said(price, 'Somebody')).toBe('refused: Somebody may not decide accept-price for INV-PRICE')
    expect(await said(quantity, 'R. Ortiz', 'short-pay')).toContain('refused: R. Ortiz may not decide short-pay')
    expect(await said(price, 'R. Ortiz')).toContain('proposed: accept-price proposed by R. Ortiz')
    expect(await now(price)).toMatchObject({ status: 'proposed', decision: { state: 'proposed' } })
    expect(await said(price, ' R.  ORTIZ')).toContain('another person must agree')
    expect(await now(price)).toMatchObject({ status: 'proposed' })
    expect(await said(price, 'M. Chen', 'short-pay')).toContain('proposed: short-pay proposed by M. Chen')
    expect(await said(price, 'R. Ortiz', 'short-pay')).toBe(
      'agreed: short-pay, proposed by M. Chen, agreed by R. Ortiz',
    )
    expect(await now(price)).toMatchObject({
      status: 'decided',
      decision: { decision: 'short-pay', decidedBy: 'M. Chen', agreedBy: 'R. Ortiz' },
    })
    expect(await said(alone('INV-PRICE', 2), 'Director')).toContain('decided')
    const rule = { until: '2026-12-31', scope: ['supplier'], upTo: '100' }
    const wide = await decide([alone('INV-PRICE', 3)], 'accept-price', { as: 'R. Ortiz', rule })
    expect(wide.outcomes).toMatchObject([
      { outcome: 'refused', said: expect.stringContaining('must be agreed to first') },
    ])
  })
})

describe('the next load', () => {
  it('carries each invoice of which everything is decided so, once, at what our records give, with the decisions', async () => {
    const price = alone('INV-PRICE')
    const received = alone('INV-QTY-RECEIVED')
    const accepted = alone('INV-FREIGHT')
    const disputed = alone('INV-EXTENDED')
    const refused = alone('INV-NOT-ON-PO')
    await decide([received], 'short-pay')
    await decide([accepted], 'accept')
    await decide([alone('INV-DUPLICATE-SUSPECT')], 'waive')
    await decide([disputed], 'dispute')
    await decide([refused], 'reject-line')
    const before = night.inbound()
    const [summary] = (await night.run()).runs
    // Two prices paid short and one accepted in the tests above, one quantity, one freight.
    expect(summary?.invoices?.released?.count).toBe(5)
    // The sixth was suspected to be a duplicate, and is clean now that somebody said it is none.
    expect(summary?.loads[0]).toMatchObject({ invoices: 6, status: 'sent' })
    const [file] = night.inbound().filter((name) => !before.includes(name))
    for (const [one, cut] of [
      [price, price.amountAtRisk],
      [received, received.amountAtRisk],
      [accepted, decimal('0')],
    ] as const) {
      const { amount, lines } = await loaded(file ?? '', one.keys.invoice ?? '')
      const billed = await night.with(({ state }) =>
        state.database
          .selectFrom('documents')
          .select('body')
          .where('id', '=', one.document ?? '')
          .executeTakeFirstOrThrow(),
      )
      expect(fixed(decimal(amount), 2)).toBe(fixed(subtract(JSON.parse(billed.body).total, cut), 2))
      expect(fixed(sumOf(lines.map((cells) => decimal(cells[3] ?? ''))), 2)).toBe(fixed(decimal(amount), 2))
    }
    await night.with(async ({ state: { database } }) => {
      const evidence = await database.selectFrom('load_decisions').selectAll().orderBy('exception_id').execute()
      expect(evidence.map(({ code }) => code)).toEqual(
        expect.arrayContaining(['INV-PRICE', 'INV-QTY-RECEIVED', 'INV-FREIGHT', 'INV-DUPLICATE-SUSPECT']),
      )
      expect(evidence.find(({ exception_id }) => exception_id === price.id)).toMatchObject({
        decided_by: 'R. Ortiz',
        note,
      })
      const load = evidence[0]?.load_id ?? ''
      await expect(assertMayApprove(database, load, 'r. ortiz')).rejects.toMatchObject({ code: 'APPROVER-DECIDED' })
      await assertMayApprove(database, load, 'Somebody Else')
    })
  })
})

describe('a rule', () => {
  it('decides the next night what is in its scope, says so, and loads nothing a second time', async () => {
    const [made, later] = inOneScope()
    const rule = { until: '2026-12-31', scope: ['supplier'], upTo: '999999' }
    expect((await decide([made], 'accept', { rule: { ...rule, until: '2020-01-01' } })).outcomes).toMatchObject([
      { outcome: 'refused', said: expect.stringContaining('would have ended') },
    ])
    const wrongScope = decide([made], 'accept', { rule: { ...rule, scope: ['buyer'] } })
    await expect(wrongScope).rejects.toMatchObject({ code: 'USAGE' })
    const { outcomes } = await decide([made], 'accept', { rule })
    expect(outcomes[0]?.said).toContain(
      `rule 1: ${made.code} accept for supplier ${made.keys.supplier} until 2026-12-31`,
    )
    const earlier = await night.with(({ state }) =>
      state.database.selectFrom('load_invoices').select('invoice_id').execute(),
    )
    const [summary] = (await night.run()).runs
    const byRule = (await night.exceptions()).filter(({ decision }) => decision?.rule === 1)
    expect(byRule.map(({ id }) => id)).toContain(later.id)
    expect(byRule.every(({ code, keys }) => code === made.code && keys.supplier === made.keys.supplier)).toBe(true)
    expect(await now(later)).toMatchObject({ status: 'decided', decision: { via: expect.stringContaining('rule 1') } })
    // The store itself refuses an invoice in two loads; that nothing was tried shows in the numbers.
    const loads = await night.with(({ state }) =>
      state.database.selectFrom('load_invoices').select('invoice_id').execute(),
    )
    expect(loads.length - earlier.length).toBe(summary?.loads[0]?.invoices ?? 0)
    const list = readFileSync(summary?.holdList ?? '', 'utf8')
    expect(list).toContain(`INV-EXTENDED (dispute by R. Ortiz: ${note})`)
    expect(list).toContain(`INV-NOT-ON-PO (reject-line by R. Ortiz: ${note})`)
    expect(await now(alone('INV-EXTENDED'))).toMatchObject({ status: 'decided', version: 2 })
  })

  it('leaves every step of it all in the audit chain', async () => {
    await night.with(async ({ state: { database } }) => {
      expect(await verifyAudit(database)).toMatchObject({ fault: null })
      const actions = await database.selectFrom('audit').select('action').distinct().execute()
      expect(actions.map(({ action }) => action)).toEqual(
        expect.arrayContaining([
          'exception decided',
          'exception proposed',
          'exception agreed',
          'exception reopened',
          'rule made',
          'configuration changed',
        ]),
      )
    })
  })
})
