import { rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ExceptionList } from '../../src/app/exceptions/list-exceptions.js'
import type { FileDetail } from '../../src/app/files/list-files.js'
import type { RunOutcome } from '../../src/app/run-jobs.js'
import type { Timeline } from '../../src/app/trace/timeline.js'
import { type NightTruth, simulateNextNight } from '../../src/simulate/index.js'
import { compared, fits } from './expected.js'
import { inbound } from './finished-night.js'
import { matchbookJson } from './matchbook.js'
import { asOf, type NightWorkspace, nightWorkspace } from './night-workspace.js'

const seed = 15
let night: NightWorkspace
let next: NightTruth
let first: RunOutcome['runs'][number] | undefined
let second: { readonly exit: number | null; readonly summary: RunOutcome['runs'][number] | undefined }

beforeAll(async () => {
  night = await nightWorkspace(seed)
  const run = async (date: string) => {
    const { exit, json } = await matchbookJson<RunOutcome>(['run', '--all', '--as-of', date], { cwd: night.folder })
    return { exit, summary: json.runs[0] }
  }
  first = (await run(asOf)).summary
  next = await simulateNextNight({ seed, asOf, folder: night.server.root })
  second = await run(next.asOf)
}, 180_000)
afterAll(() => night?.stop())

const exceptions = async (...flags: string[]) =>
  (await matchbookJson<ExceptionList>(['exceptions', 'list', ...flags], { cwd: night.folder })).json.exceptions

describe('the night after', () => {
  it('sees every loaded invoice in the ERP’s vouchers and lets it go', () => {
    expect(second.summary?.invoices?.confirmed).toBe(first?.loads[0]?.invoices)
  })

  it('can be told of an invoice from its file to the voucher', async () => {
    const { json } = await matchbookJson<{ files: FileDetail[] }>(['files', 'show', '1'], { cwd: night.folder })
    const number = json.files[0]?.documents.find(({ state }) => state === 'vouchered')?.number ?? ''
    const timeline = await matchbookJson<Timeline>(['trace', 'invoice', number], { cwd: night.folder })
    const stages = [...new Set(timeline.json.entries.map(({ stage }) => stage))]
    expect(stages).toEqual(['document', 'file', 'acknowledgment', 'match', 'load', 'delivery', 'voucher'])
  })

  it('releases by itself what waited for a receipt that has now come, in a second load', () => {
    expect(second.summary?.invoices?.clean).toMatchObject({ count: next.counts.clean, amount: next.amounts.clean })
    expect(second.summary?.loads[0]).toMatchObject({ status: 'sent', invoices: next.counts.clean })
    expect(Object.keys(inbound(night.server)).sort()).toEqual(
      [first?.loads[0]?.file, second.summary?.loads[0]?.file].sort(),
    )
  })

  it('keeps open what is still wrong under the same number, raises nothing new, and marks the rest healed', async () => {
    const open = await exceptions()
    // What is wrong with a supplier's file stays so until someone replays or discards it.
    const files = night.truth.expected.filter(({ code }) => /^X12-|^FILE-TRUNCATED/.test(code))
    const still = next.expected.filter(({ job = 'receipt-to-invoice' }) => job === 'receipt-to-invoice')
    expect(compared([...still, ...files], open)).toEqual({ missed: [], surplus: [] })
    expect(open.filter(({ status }) => status === 'new')).toEqual([])
    const all = await exceptions('--all')
    for (const healed of (next.healed ?? []).filter(({ job = 'receipt-to-invoice' }) => job === 'receipt-to-invoice')) {
      expect(
        all.find((one) => fits(healed, one)),
        healed.planted,
      ).toMatchObject({ status: 'healed' })
    }
    expect(second.summary?.exceptions).toMatchObject({ raised: 0, reopened: 0 })
  })

  it('matches nothing and heals nothing on a night without its PO lines, and uses the last good extract when a newer one is broken', async () => {
    const before = await exceptions()
    for (const erp of ['lawson', 'peoplesoft']) {
      rmSync(path.join(night.server.root, 'erp', erp, 'extracts'), { recursive: true })
    }
    const { json } = await matchbookJson<RunOutcome>(['run', '--all', '--as-of', next.asOf], { cwd: night.folder })
    // The folder is gone at the source; the extracts of the night before still serve from the archive.
    expect(json.runs[0]).toMatchObject({ invoices: { clean: { count: 0 } }, loads: [], exceptions: { raised: 0 } })
    const said = (list: Awaited<ReturnType<typeof exceptions>>) =>
      list.map(({ id, code, message }) => `${id} ${code} ${message}`)
    expect(said(await exceptions())).toEqual(said(before))
  })
})
