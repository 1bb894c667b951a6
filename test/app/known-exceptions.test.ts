import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bindKnownExceptions } from '../../src/app/check/bind-known-exceptions.js'
import type { Tools } from '../../src/app/tools.js'
import { createRelation, decimal, type Finding, type SetEngine } from '../../src/canonical/index.js'
import type { JobSettings } from '../../src/config/index.js'
import { settle } from '../../src/exceptions/index.js'
import { openDuckDb } from '../../src/match/engine/duckdb.js'
import { listExceptions, saveSettlement } from '../../src/state/index.js'
import { openState, type State } from '../../src/state/open-state.js'
import { routing } from '../exceptions/finding.js'

const folder = mkdtempSync(path.join(tmpdir(), 'matchbook-known-'))
let state: State
let engine: SetEngine
beforeAll(async () => {
  state = await openState(path.join(folder, 'matchbook.db'))
  engine = await openDuckDb()
  await engine.run(createRelation('known_exception'))
})
afterAll(async () => {
  await engine.close()
  await state.close()
  rmSync(folder, { recursive: true })
})

/** A night of a job that finds these order lines without a requisition. */
async function night(job: string, orders: readonly string[], day: number): Promise<void> {
  const findings = orders.map(
    (po): Finding => ({
      code: 'REQ-NO-REQUISITION',
      keys: { company: '10', po, line: '1', ...(job === 'compliance-evidence' ? { period: '2026-11' } : {}) },
      message: `PO ${po} without a requisition`,
      amountAtRisk: decimal('10'),
      currency: 'USD',
      values: {},
      tolerance: null,
      evidence: [],
    }),
  )
  const now = `2026-12-0${day}T06:00:00Z`
  const known = await listExceptions(state.database, { job })
  await saveSettlement(state.database, settle(job, known, findings, now, routing), { id: `run-${day}`, now })
}

async function knownTo(matcher: JobSettings['matcher']): Promise<string[]> {
  await engine.run('DELETE FROM known_exception')
  const tools = { state, workspace: { settings: { timezone: 'America/Chicago' } } } as unknown as Tools
  await bindKnownExceptions(engine, { job: matcher, matcher } as unknown as JobSettings, tools)
  const rows = await engine.rows<{ po_number: string; exception: string }>(
    'SELECT po_number, exception FROM known_exception ORDER BY exception',
  )
  return rows.map(({ po_number, exception }) => `${po_number} ${exception}`)
}

it('of an order line without a requisition that two workflows told, the exception that was there first stays', async () => {
  await night('compliance-evidence', ['P1', 'P2'], 1)
  expect(await knownTo('requisition-to-pay')).toEqual(['P1 EX-000001', 'P2 EX-000002'])
  // As it was when both told everything: P1 twice, and P3 here first.
  await night('requisition-to-pay', ['P1', 'P3'], 2)
  await night('compliance-evidence', ['P1', 'P2', 'P3'], 3)
  expect(await knownTo('requisition-to-pay')).toEqual(['P1 EX-000001', 'P2 EX-000002'])
  expect(await knownTo('compliance-evidence')).toEqual(['P3 EX-000004'])
  // The second one of each goes with that, and nothing comes back.
  await night('requisition-to-pay', ['P3'], 4)
  await night('compliance-evidence', ['P1', 'P2'], 5)
  expect(await knownTo('requisition-to-pay')).toEqual(['P1 EX-000001', 'P2 EX-000002'])
  expect(await knownTo('three-way')).toEqual([])
})

it('an identifier that usage and charges of one clinical system lack is one exception, and those of two systems are two', async () => {
  const reading = (job: string, matcher: JobSettings['matcher'], relation: string, endpoint: string) => ({
    job,
    matcher,
    inputs: { clinical: { kind: 'extract', contract: relation, from: [{ endpoint }] } },
  })
  const jobs = [
    reading('usage', 'usage-to-replenishment', 'usage_line', 'ehr'),
    reading('charges', 'charge-capture', 'charge_line', 'ehr'),
    reading('charges-of-the-clinic', 'charge-capture', 'charge_line', 'clinic'),
  ]
  const contracts = ['usage_line', 'charge_line'].map(
    (relation) => [relation, { projections: [{ relation }] }] as const,
  )
  const workspace = { settings: { timezone: 'America/Chicago' }, jobs: new Map(jobs.map((job) => [job.job, job])) }
  const tools = { state, workspace: { ...workspace, contracts: new Map(contracts) } } as unknown as Tools
  const now = '2026-12-06T06:00:00Z'
  const unknown = (keys: Finding['keys']): Finding => ({
    ...{ code: 'XREF-ITEM', keys, message: 'leads to no item', amountAtRisk: decimal('0'), currency: 'USD' },
    ...{ values: {}, tolerance: null, evidence: [] },
  })
  const findings = [unknown({ identifier: 'E-1' }), unknown({ identifier: 'E-1', other: 'cross-reference' })]
  await saveSettlement(state.database, settle('usage', [], findings, now, routing), { id: 'run-6', now })
  const known = await Promise.all(
    jobs.map(async (job) => {
      await engine.run('DELETE FROM known_exception')
      await bindKnownExceptions(engine, job as unknown as JobSettings, tools)
      return (await engine.rows<{ identifier: string }>('SELECT identifier FROM known_exception')).length
    }),
  )
  expect(known).toEqual([0, 1, 0])
})
