import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ExceptionList } from '../../src/app/exceptions/list-exceptions.js'
import type { RunOutcome } from '../../src/app/run-jobs.js'
import type { WorkspaceStatus } from '../../src/app/status.js'
import { fixed } from '../../src/canonical/index.js'
import { compared } from './expected.js'
import { acknowledgments, endState, inbound } from './finished-night.js'
import { matchbookJson } from './matchbook.js'
import { asOf, type NightWorkspace, nightWorkspace } from './night-workspace.js'

let night: NightWorkspace
beforeAll(async () => {
  night = await nightWorkspace()
}, 120_000)
afterAll(() => night?.stop())

const run = () => matchbookJson<RunOutcome>(['run', 'receipt-to-invoice', '--as-of', asOf], { cwd: night.folder })
const open = async () =>
  (await matchbookJson<ExceptionList>(['exceptions', 'list'], { cwd: night.folder })).json.exceptions

describe('a night against a real OpenSSH server', () => {
  it('takes the drops, finds exactly what was planted, and pushes one load', async () => {
    const { exit, json } = await run()
    const [summary] = json.runs
    expect(exit).toBe(4)
    expect(summary?.failures).toEqual([])
    expect(summary?.invoices).toMatchObject({
      clean: { count: night.truth.counts.clean, amount: night.truth.amounts.clean },
      held: { count: night.truth.counts.held, amount: night.truth.amounts.held },
      waiting: { count: night.truth.counts.waiting, amount: night.truth.amounts.waiting },
      duplicate: { count: night.truth.counts.duplicate, amount: night.truth.amounts.duplicate },
    })
    expect(summary?.loads[0]).toMatchObject({ status: 'sent', invoices: night.truth.counts.clean })
    expect(Object.keys(inbound(night.server))).toEqual([summary?.loads[0]?.file])
    expect(existsSync(summary?.workbook ?? '')).toBe(true)
    expect(existsSync(summary?.holdList ?? '')).toBe(true)
  })

  it('raises every planted discrepancy, and no other', async () => {
    const found = await open()
    const planted = night.truth.expected.filter(({ job = 'receipt-to-invoice' }) => job === 'receipt-to-invoice')
    expect(compared(planted, found)).toEqual({ missed: [], surplus: [] })
    expect(found.length).toBe(planted.length)
  })

  it('leaves the suppliers’ drops moved to processed, and the ERP’s where they were', () => {
    const root = night.server.root
    for (const partner of ['medsupply', 'orthotech', 'carefirst']) {
      expect(readdirSync(path.join(root, 'suppliers', partner, 'outbound'))).toEqual([])
      expect(readdirSync(path.join(root, 'suppliers', partner, 'processed')).length).toBeGreaterThan(0)
    }
  })

  it('answers each interchange with one 997: accepted, or refused with the reason', async () => {
    const answers = Object.values(acknowledgments(night.server))
    expect(answers.length).toBeGreaterThan(20)
    const answered = answers.map((text) => [text.slice(35, 103), /AK1\*[^~]*/.exec(text)?.[0]].join(' '))
    expect(new Set(answered).size).toBe(answers.length)
    const sets = answers.flatMap((text) => text.match(/AK5\*[A-Z](\*\d+)*/g) ?? [])
    expect(sets.filter((set) => set === 'AK5*A').length).toBeGreaterThan(500)
    // One file is cut off within its set; in another SE01 counts one segment too many.
    expect(sets.filter((set) => set !== 'AK5*A').sort()).toEqual(['AK5*R*2', 'AK5*R*4'])
    // A test interchange has no place in production, which only a TA1 can say.
    const refused = answers.filter((text) => text.includes('~TA1*'))
    expect(refused.map((text) => /TA1\*.*?~/.exec(text)?.[0].slice(-7))).toEqual(['*R*020~'])
    const accepting = answers.filter((text) => !text.includes('~TA1*'))
    expect(accepting.every((text) => /AK9\*[APR]\*/.test(text))).toBe(true)
  })

  it('does nothing twice: a second run takes, raises and pushes nothing', async () => {
    const before = inbound(night.server)
    const { exit, json } = await run()
    const [summary] = json.runs
    expect(exit).toBe(0)
    expect(summary).toMatchObject({
      files: { taken: 0, duplicates: 0 },
      documents: { in: 0, taken: 0 },
      exceptions: { raised: 0, reopened: 0 },
      loads: [],
      acknowledgments: { sent: 0, waiting: 0 },
      failures: [],
    })
    expect(inbound(night.server)).toEqual(before)
  })

  it('judges the held invoices again to the same result', async () => {
    const { json } = await matchbookJson<WorkspaceStatus>(['status'], { cwd: night.folder })
    expect(json.open).toBe((await open()).length)
    expect(json.outbox).toEqual([])
    expect(json.jobs).toMatchObject([{ job: 'receipt-to-invoice', loads: 1, lastRun: { status: 'done' } }])
    expect(fixed(json.amountAtRisk, 2)).toMatch(/^\d+\.\d\d$/)
  })

  it('does not touch the store, the sources or the ERP in a dry run', async () => {
    const state = endState(night.folder)
    const fresh = path.join(night.server.root, 'suppliers', 'medsupply', 'outbound', 'again.edi')
    const [some] = readdirSync(path.join(night.server.root, 'suppliers', 'medsupply', 'processed'))
    cpSync(path.join(night.server.root, 'suppliers', 'medsupply', 'processed', some ?? ''), fresh)
    const { json } = await matchbookJson<RunOutcome>(['run', 'receipt-to-invoice', '--dry-run', '--as-of', asOf], {
      cwd: night.folder,
    })
    expect(json.runs[0]).toMatchObject({ dryRun: true, files: { duplicates: 1 } })
    expect(existsSync(fresh)).toBe(true)
    expect(endState(night.folder)).toEqual(state)
    rmSync(fresh)
  })
})
