import { readdirSync, utimesSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { dropLedger } from '../../src/app/pull/drop-ledger.js'
import type { Tools } from '../../src/app/tools.js'
import type { JobSettings } from '../../src/config/index.js'
import { type PullResult, pullDrop } from '../../src/exchange/index.js'
import { listFiles } from '../../src/state/index.js'
import { invoices, X12Workspace } from './x12-workspace.js'

let workspace: X12Workspace
beforeAll(async () => {
  workspace = await X12Workspace.make('{}')
  workspace.put('first.810', invoices(1))
  workspace.put('second.810', invoices(2))
})
afterAll(() => workspace?.remove())

/** One job's pull of the drop; `meanwhile` happens when its bytes are here and nothing of them is booked. */
async function pull(name: string, { settings, tools }: Two, meanwhile = async () => {}): Promise<PullResult> {
  const job: JobSettings = { ...settings, job: name }
  const drop = job.inputs.invoices?.from[0]
  if (drop === undefined) throw new Error('the scaffold has no drop for invoices')
  const ledger = dropLedger({ id: `run of ${name}` }, job, 'invoices', drop, tools)
  let before: Promise<void> | undefined
  return pullDrop(
    await tools.endpoint(drop.endpoint),
    { folder: drop.folder, include: drop.include, exclude: [], stableSeconds: 0, after: drop.after },
    tools.archive,
    {
      ...ledger,
      async together(paths, work) {
        before ??= meanwhile()
        await before
        return ledger.together(paths, work)
      },
    },
    { owner: name },
  )
}

interface Two {
  readonly settings: JobSettings
  readonly tools: Tools
}

it('a drop that two jobs look into at the same instant gives each file to one of them', async () => {
  await workspace.with(async (tools) => {
    const settings = tools.workspace.jobs.get('receipt-to-invoice')
    if (settings === undefined) throw new Error('the scaffold has no receipt-to-invoice')
    const two: Two = { settings, tools }
    let first: PullResult | undefined
    const second = await pull('slower', two, async () => {
      first = await pull('faster', two)
      // Its own name again, once the first was moved away: another file, and the slower one’s to take later.
      workspace.put('first.810', invoices(3))
      utimesSync(path.join(workspace.drop, 'first.810'), 1_700_000_000, 1_700_000_000)
    })
    expect(first?.taken.map(({ name }) => name)).toEqual(['first.810', 'second.810'])
    expect(second).toEqual({ taken: [], duplicates: [], skipped: [], failures: [] })
    const rows = async () =>
      (await listFiles(tools.state.database, { limit: 10 })).map(({ job, name, disposition }) => [
        job,
        name,
        disposition,
      ])
    expect(await rows()).toEqual([
      ['faster', 'second.810', 'taken'],
      ['faster', 'first.810', 'taken'],
    ])
    expect(readdirSync(workspace.drop)).toEqual(['first.810'])
    await pull('slower', two)
    expect((await rows())[0]).toEqual(['slower', 'first.810', 'taken'])
    expect(readdirSync(path.join(workspace.drop, '..', 'processed')).length).toBe(3)
  })
})
