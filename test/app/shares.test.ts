import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseDocument } from 'yaml'
import { openTools } from '../../src/app/compose.js'
import { silent } from '../../src/app/progress.js'
import type { RunSummary } from '../../src/app/run-summary.js'
import { listRuns } from '../../src/app/runs/list-runs.js'
import { shareByHand } from '../../src/app/shares/share-by-hand.js'
import { validate } from '../../src/app/workspace/validate.js'
import { endState } from '../e2e/finished-night.js'
import { SimulatedNight } from '../simulate/simulated-night.js'

const JOB = 'receipt-to-invoice'
const asOf = '2026-11-20'
const quiet = { dryRun: false, progress: silent, logLevel: 'silent', logFormat: 'text' } as const
const nights: SimulatedNight[] = []
afterAll(() => {
  for (const night of nights) night.remove()
})

/** A night with each fault once, in which the job is done as `shares` says. */
async function nightOf(shares?: object): Promise<SimulatedNight> {
  const night = new SimulatedNight()
  nights.push(night)
  await night.make({ jobs: [JOB], layout: 'lawson' })
  // One partner leaves a file of another, whose own is none the less for it, whichever of the two is taken in first.
  const suppliers = night.path('drops/suppliers')
  cpSync(`${suppliers}/medsupply/outbound/MSD_810_20261120_01.edi`, `${suppliers}/orthotech/outbound/OT-810-99.edi`)
  if (shares !== undefined) set(night, ['shares'], shares)
  return night
}

function set(night: SimulatedNight, path: readonly (string | number)[], value: unknown): void {
  const file = night.path(`jobs/${JOB}.yaml`)
  const settings = parseDocument(readFileSync(file, 'utf8'))
  settings.setIn(path, value)
  writeFileSync(file, settings.toString())
}

const takeIn = (night: SimulatedNight, share: number) =>
  shareByHand({ ...quiet, workspace: night.folder, jobs: [JOB], share, asOf })

/** What a summary says that is the same whichever run says it. */
const numbers = ({ run: _, workbook, workbooks, holdList, loads, ...rest }: RunSummary) => ({
  ...rest,
  loads: loads.map(({ invoices, lines, amount, status }) => ({ invoices, lines, amount, status })),
})

describe('a job that is done in shares', () => {
  let whole: SimulatedNight
  let inOne: RunSummary | undefined
  beforeAll(async () => {
    whole = await nightOf()
    inOne = (await whole.run())[0]
  })

  async function comesToTheSame(night: SimulatedNight): Promise<void> {
    const [inShares] = await night.run()
    if (inOne === undefined || inShares === undefined) throw new Error('nothing ran')
    const state = endState(whole.folder)
    expect(state.exceptions?.length).toBeGreaterThan(20)
    expect(state.loads?.length).toBeGreaterThan(0)
    expect(endState(night.folder)).toEqual(state)
    expect(numbers(inShares)).toEqual(numbers(inOne))
  }

  it('by partner: each takes in the files of its own alone, and the night comes to what it comes to in one', async () => {
    const night = await nightOf({ by: 'partner', of: 3 })
    const tools = await openTools({ ...quiet, workspace: night.folder }, 'look')
    try {
      // Whoever holds the job holds its shares, and the other way round; shares do not hinder each other.
      const job = await tools.takeLease(JOB)
      await expect(takeIn(night, 2)).rejects.toMatchObject({ code: 'RUN-ACTIVE' })
      await job.release()
      const first = await tools.takeLease(`${JOB}.1`)
      await expect(tools.takeLease(JOB)).rejects.toMatchObject({ code: 'RUN-ACTIVE' })
      const { shares, exit } = await takeIn(night, 2)
      await first.release()
      expect(exit).toBe(0)
      const [taken] = shares
      expect(taken).toMatchObject({ job: JOB, share: 2, of: 3, owners: [expect.any(String)] })
      expect(taken?.drops.taken).toBeGreaterThan(3)
      const { database } = tools.state
      const files = await database.selectFrom('files').select(['partner', 'disposition', 'run_id']).execute()
      expect(new Set(files.map(({ partner }) => partner))).toEqual(new Set(taken?.owners))
      expect(new Set(files.map(({ run_id }) => run_id))).toEqual(new Set([taken?.run]))
      expect(files.filter(({ disposition }) => disposition === 'taken')).toEqual([])
      expect(await listRuns(tools, 9)).toMatchObject([
        { id: taken?.run, job: `${JOB}.2`, kind: 'share', status: 'done' },
      ])
    } finally {
      await tools.close()
    }
    expect((await takeIn(night, 2)).shares[0]?.drops.taken).toBe(0)
    await expect(takeIn(night, 4)).rejects.toMatchObject({ code: 'USAGE' })
    await comesToTheSame(night)
  })

  it('by endpoint: extracts too are taken in by the share of their place, and the night comes to the same', async () => {
    const night = await nightOf({ by: 'endpoint', of: 4 })
    // In another order than by hand.
    for (const share of [4, 1]) expect((await takeIn(night, share)).exit).toBe(0)
    await comesToTheSame(night)
  })
})

describe('shares that cannot be', () => {
  const problems = async (night: SimulatedNight) => {
    const { json } = await validate(night.folder)
    return json.problems.map(
      ({ file, line, column, message, expected }) => `${file}:${line}:${column} ${message}; ${expected}`,
    )
  }

  it('are refused where they stand, with the reason', async () => {
    const night = await nightOf({ by: 'partner', of: 8 })
    const text = readFileSync(night.path(`jobs/${JOB}.yaml`), 'utf8')
    const line = text.split('\n').findIndex((one) => one.includes('of: 8')) + 1
    expect(await problems(night)).toEqual([
      expect.stringMatching(
        new RegExp(`^jobs/${JOB}.yaml:${line}:\\d+ 8 shares of 3 partners; at most 3: partners that share a folder`),
      ),
    ])
    set(night, ['shares'], { by: 'partner', of: 3 })
    expect(await problems(night)).toEqual([])
    // Two partners in one folder are one.
    for (const input of ['invoices', 'acknowledgments']) {
      set(night, ['inputs', input, 'from', 1, 'endpoint'], 'medsupply')
      set(night, ['inputs', input, 'from', 1, 'folder'], 'outbound')
    }
    expect(await problems(night)).toEqual([expect.stringContaining('3 shares of 2 partners')])
  })

  it('are refused for a folder that somebody without a partner looks into too', async () => {
    const night = await nightOf({ by: 'partner', of: 2 })
    set(night, ['inputs', 'invoices', 'from', 0], {
      endpoint: 'orthotech',
      folder: '.',
      recursive: true,
      include: ['*.txt'],
    })
    expect(await problems(night)).toEqual([
      expect.stringContaining('the folder of orthotech is looked into by a drop of no partner too'),
      expect.stringContaining('the folder of orthotech is looked into by a drop of no partner too'),
    ])
  })

  it('are refused for a job without partners', async () => {
    const night = await nightOf()
    for (const input of ['invoices', 'acknowledgments'])
      for (const n of [0, 1, 2]) set(night, ['inputs', input, 'from', n, 'partner'], 'medsupply')
    set(night, ['shares'], { by: 'partner', of: 2 })
    expect(await problems(night)).toEqual([
      expect.stringContaining('partners of drops that can be told apart: 1; a job with drops of two partners and more'),
    ])
  })
})
