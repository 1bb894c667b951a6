import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { dueNow } from '../../../src/app/scheduling/due-now.js'
import { owedNow } from '../../../src/app/scheduling/owed-now.js'
import type { Workspace } from '../../../src/config/index.js'
import { Schedule } from '../../../src/config/schedule.js'
import { MatchbookError } from '../../../src/errors/index.js'
import { beginRun, finishRun, type OccurrenceKey, type RunStatus, type State } from '../../../src/state/index.js'
import { openState } from '../../../src/state/open-state.js'

let folder: string
let state: State
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'matchbook-due-'))
  state = await openState(folder)
})
beforeEach(async () => {
  for (const table of ['occurrences', 'schedules', 'runs'] as const) await state.database.deleteFrom(table).execute()
})
afterAll(async () => {
  await state.close()
  rmSync(folder, { recursive: true })
})

const workspace = (schedules: Record<string, object>): Workspace =>
  ({
    settings: { timezone: 'America/Chicago', calendars: {} },
    jobs: new Map(
      Object.entries(schedules).map(([job, schedule]) => [job, { job, schedule: Schedule.parse(schedule) }]),
    ),
  }) as unknown as Workspace

/** Jobs due at an instant, with what each waits for. */
async function due(settings: Workspace, now: string): Promise<string[]> {
  const jobs = await owedNow(settings, state.database, now, pino({ enabled: false }))
  return jobs.map(({ job, day, waitsFor }) => [`${job} ${day}`, ...waitsFor].join(' < '))
}
const begin = (job: string, now: string, occurrence?: OccurrenceKey) =>
  beginRun(state.database, {
    job,
    asOf: occurrence?.day ?? now.slice(0, 10),
    host: 'host',
    pid: 1,
    version: '1',
    now,
    ...(occurrence === undefined ? {} : { occurrence }),
  })
/** Runs the occurrence that is due, as daemon, cron or a person would. */
async function perform(settings: Workspace, job: string, now: string, status: RunStatus = 'done'): Promise<void> {
  const { jobs } = await dueNow(settings, state.database, now)
  const occurrence = jobs.find((one) => one.job === job)
  if (occurrence === undefined) throw new Error(`${job} is not due at ${now}`)
  const { run } = await begin(job, now, occurrence)
  if (status !== 'running') await finishRun(state.database, run.id, { status, summary: {}, now })
}
const nightly = { cron: '0 2 * * *' }

describe('an occurrence', () => {
  it('is owed from the first look on, once, whoever asks', async () => {
    const settings = workspace({ nightly })
    expect(await due(settings, '2026-06-01T12:00:00.000Z')).toEqual([])
    expect(await due(settings, '2026-06-02T06:59:59.000Z')).toEqual([])
    expect(await due(settings, '2026-06-02T07:00:00.000Z')).toEqual(['nightly 2026-06-02'])
    await perform(settings, 'nightly', '2026-06-02T07:00:01.000Z')
    expect(await due(settings, '2026-06-02T07:00:02.000Z')).toEqual([])
  })

  it('is refused to the second of two that saw it due together', async () => {
    const settings = workspace({ nightly })
    await due(settings, '2026-06-01T12:00:00.000Z')
    const { jobs } = await dueNow(settings, state.database, '2026-06-02T07:00:00.000Z')
    await perform(settings, 'nightly', '2026-06-02T07:00:00.000Z')
    await expect(begin('nightly', '2026-06-02T07:05:00.000Z', jobs[0])).rejects.toThrow(MatchbookError)
    await expect(begin('nightly', '2026-06-02T07:05:00.000Z', jobs[0])).rejects.toMatchObject({
      code: 'OCCURRENCE-TAKEN',
    })
  })

  it('is due again when its run was cut off, and is gone on with under the same run', async () => {
    const settings = workspace({ nightly })
    await due(settings, '2026-06-01T12:00:00.000Z')
    await perform(settings, 'nightly', '2026-06-02T07:00:00.000Z', 'running')
    const { jobs } = await dueNow(settings, state.database, '2026-06-02T07:30:00.000Z')
    expect(jobs).toMatchObject([{ job: 'nightly', day: '2026-06-02' }])
    expect(await begin('nightly', '2026-06-02T07:31:00.000Z', jobs[0])).toMatchObject({ resumed: true })
  })

  it('is not run again when it failed: that is for a person', async () => {
    const settings = workspace({ nightly })
    await due(settings, '2026-06-01T12:00:00.000Z')
    await perform(settings, 'nightly', '2026-06-02T07:00:00.000Z', 'failed')
    expect(await due(settings, '2026-06-02T09:00:00.000Z')).toEqual([])
  })

  it('of before the schedule was changed is not owed', async () => {
    await due(workspace({ nightly }), '2026-06-01T12:00:00.000Z')
    const hourly = workspace({ nightly: { cron: '0 * * * *' } })
    expect(await due(hourly, '2026-06-01T18:30:00.000Z')).toEqual([])
    expect(await due(hourly, '2026-06-01T19:00:00.000Z')).toEqual(['nightly 2026-06-01'])
  })
})

describe('a clock that jumps', () => {
  it('back runs nothing twice, and far ahead and back again loses nothing', async () => {
    const settings = workspace({ nightly })
    await due(settings, '2026-06-01T12:00:00.000Z')
    await perform(settings, 'nightly', '2026-06-02T07:00:00.000Z')
    expect(await due(settings, '2026-06-02T06:00:00.000Z')).toEqual([])
    expect(await due(settings, '2026-06-02T07:00:30.000Z')).toEqual([])
    await perform(settings, 'nightly', '2026-06-12T07:00:30.000Z')
    expect(await due(settings, '2026-06-03T07:00:00.000Z')).toEqual(['nightly 2026-06-03'])
    await perform(settings, 'nightly', '2026-06-03T07:00:01.000Z')
    expect(await due(settings, '2026-06-12T08:00:00.000Z')).toEqual([])
  })
})

describe('a machine that was off for three nights', () => {
  const back = '2026-06-04T14:00:00.000Z'
  it.each([
    ['latest', ['nightly 2026-06-04']],
    ['skip', []],
    ['all', ['nightly 2026-06-02', 'nightly 2026-06-03', 'nightly 2026-06-04']],
  ])('under catch-up %s runs %j', async (policy, wanted) => {
    const settings = workspace({ nightly: { ...nightly, 'catch-up': policy } })
    await due(settings, '2026-06-01T12:00:00.000Z')
    const ran: string[] = []
    for (let now = await due(settings, back); now.length > 0; now = await due(settings, back)) {
      ran.push(...now)
      await perform(settings, 'nightly', back)
    }
    expect(ran).toEqual(wanted)
    expect(await due(settings, '2026-06-05T07:00:00.000Z')).toEqual(['nightly 2026-06-05'])
  })
})

describe('a job after another', () => {
  const settings = workspace({
    extracts: { ...nightly, priority: 10 },
    match: { cron: '30 2 * * *', after: ['extracts'] },
  })
  beforeEach(() => due(settings, '2026-06-01T12:00:00.000Z'))

  it('waits until the other of the same day is done, and is not run before a failed one was mended', async () => {
    const ready = '2026-06-02T07:30:00.000Z'
    expect(await due(settings, ready)).toEqual(['extracts 2026-06-02', 'match 2026-06-02 < extracts'])
    await perform(settings, 'extracts', ready, 'failed')
    expect(await due(settings, '2026-06-02T08:00:00.000Z')).toEqual(['match 2026-06-02 < extracts'])
    const { run } = await begin('extracts', '2026-06-02T09:00:00.000Z')
    await finishRun(state.database, run.id, { status: 'partial', summary: {}, now: '2026-06-02T09:05:00.000Z' })
    expect(await due(settings, '2026-06-02T09:06:00.000Z')).toEqual(['match 2026-06-02'])
  })

  it('does not wait on a day that has none of the other', async () => {
    const weekly = workspace({ extracts: { cron: '0 2 * * mon' }, match: { cron: '30 2 * * *', after: ['extracts'] } })
    await due(weekly, '2026-06-01T12:00:00.000Z')
    expect(await due(weekly, '2026-06-02T07:30:00.000Z')).toEqual(['match 2026-06-02'])
  })

  it('does not wait for one that was passed over, and is itself not missed for waiting', async () => {
    const strict = workspace({
      extracts: { ...nightly, 'catch-up': 'skip' },
      match: { cron: '30 2 * * *', after: ['extracts'], 'catch-up': 'skip' },
    })
    await due(strict, '2026-06-01T12:00:00.000Z')
    await perform(strict, 'extracts', '2026-06-02T07:00:00.000Z', 'running')
    expect(await due(strict, '2026-06-02T12:00:00.000Z')).toContain('match 2026-06-02 < extracts')
    await perform(strict, 'extracts', '2026-06-02T12:00:00.000Z')
    expect(await due(strict, '2026-06-02T12:30:00.000Z')).toEqual(['match 2026-06-02'])
    expect(await due(strict, '2026-06-02T14:00:00.000Z')).toEqual([])
    expect(await due(strict, '2026-06-03T08:10:00.000Z')).toEqual(['match 2026-06-03'])
  })
})

describe('a job that is done in shares', () => {
  const drop = (partner: string) => ({ endpoint: partner, folder: 'out', recursive: false, partner })
  const inShares = (catchUp: string): Workspace => {
    const made = workspace({ big: { ...nightly, 'catch-up': catchUp } })
    const job = { ...made.jobs.get('big'), shares: { by: 'partner', of: 2 } }
    const inputs = { invoices: { kind: 'x12', from: [drop('a'), drop('b'), drop('c')] } }
    return { ...made, jobs: new Map([['big', { ...job, inputs }]]) } as unknown as Workspace
  }
  const pieces = async (settings: Workspace, now: string) =>
    (await dueNow(settings, state.database, now)).jobs.map(({ piece, day, waitsFor }) =>
      [`${piece} ${day}`, ...waitsFor].join(' < '),
    )
  async function take(settings: Workspace, piece: string, now: string, status: RunStatus = 'done'): Promise<string> {
    const due = (await dueNow(settings, state.database, now)).jobs.find((one) => one.piece === piece)
    if (due === undefined) throw new Error(`${piece} is not due at ${now}`)
    const kind = due.share === undefined ? 'night' : 'share'
    const { run } = await beginRun(state.database, { ...begun(piece, now), kind, occurrence: due })
    if (status !== 'running') await finishRun(state.database, run.id, { status, summary: {}, now })
    return run.id
  }
  const begun = (job: string, now: string) => {
    return { job, asOf: now.slice(0, 10), host: 'host', pid: 1, version: '1', now }
  }
  const [before, first, second] = ['2026-11-19T12:00:00Z', '2026-11-20T09:00:00Z', '2026-11-21T09:00:00Z']

  it('is as many pieces as shares, and then the job itself, whatever falls due meanwhile', async () => {
    const settings = inShares('latest')
    expect(await pieces(settings, before)).toEqual([])
    expect(await pieces(settings, first)).toEqual(['big.1 2026-11-20', 'big.2 2026-11-20'])
    await take(settings, 'big.2', first)
    expect(await pieces(settings, first)).toEqual(['big.1 2026-11-20'])
    // The night after has come: the one that was begun is brought to its end first.
    expect(await pieces(settings, second)).toEqual(['big.1 2026-11-20'])
    const cutOff = await take(settings, 'big.1', second, 'running')
    expect(await pieces(settings, second)).toEqual(['big.1 2026-11-20'])
    await finishRun(state.database, cutOff, { status: 'partial', summary: {}, now: second })
    expect(await pieces(settings, second)).toEqual(['big 2026-11-20'])
    await take(settings, 'big', second)
    expect(await pieces(settings, second)).toEqual(['big.1 2026-11-21', 'big.2 2026-11-21'])
  })

  it('waits for a share whose run failed until that is retried', async () => {
    const settings = inShares('all')
    await pieces(settings, before)
    await take(settings, 'big.1', first)
    const failed = await take(settings, 'big.2', first, 'failed')
    expect(await pieces(settings, second)).toEqual(['big 2026-11-20 < big.2'])
    await finishRun(state.database, failed, { status: 'done', summary: {}, now: second })
    expect(await pieces(settings, second)).toEqual(['big 2026-11-20'])
  })
})
