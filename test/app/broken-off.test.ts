import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openTools } from '../../src/app/compose.js'
import { pullDrops } from '../../src/app/pull/pull-drops.js'
import { runJob } from '../../src/app/run-job.js'
import type { SetEngine } from '../../src/canonical/index.js'
import { MatchbookError } from '../../src/errors/index.js'
import type { Endpoint } from '../../src/exchange/index.js'
import { options, smallNight, sql } from './small-night.js'
import type { X12Workspace } from './x12-workspace.js'

let workspace: X12Workspace
beforeAll(async () => {
  workspace = await smallNight()
  await workspace.run()
}, 60_000)
afterAll(() => workspace?.remove())

describe('a run that breaks off lets go of the set engine, which holds the whole night', () => {
  /** @param refused what the engine does not do */
  async function enginesLeftOpen(refused: RegExp): Promise<number> {
    const tools = await openTools(options(workspace), 'look')
    const [job] = tools.workspace.jobs.values()
    if (job === undefined) throw new Error('the workspace has no job')
    let [opened, closed] = [0, 0]
    const openEngine = async (): Promise<SetEngine> => {
      const engine = await tools.openEngine()
      opened += 1
      return {
        ...engine,
        async run(text) {
          if (refused.test(text)) throw new Error('refused')
          await engine.run(text)
        },
        async close() {
          closed += 1
          await engine.close()
        },
      }
    }
    try {
      await expect(runJob(job, '2026-11-21', false, { ...tools, openEngine })).rejects.toThrow()
    } finally {
      await tools.close()
    }
    expect(opened).toBe(1)
    return opened - closed
  }

  it('while extracts and documents are brought into it', async () => {
    expect(await enginesLeftOpen(/./)).toBe(0)
  })

  it('while exceptions are settled', async () => {
    sql(workspace, 'ALTER TABLE decision_rules RENAME TO decision_rules_away')
    expect(await enginesLeftOpen(/$^/)).toBe(0)
    sql(workspace, 'ALTER TABLE decision_rules_away RENAME TO decision_rules')
  })
})

it('a pull on a full disk ends when nothing of it goes on any more, and begins nothing further', async () => {
  const tools = await openTools(options(workspace), 'look')
  const [job] = tools.workspace.jobs.values()
  if (job === undefined) throw new Error('the workspace has no job')
  const asked: string[] = []
  const endpoint = async (name: string): Promise<Endpoint> => {
    const real = await tools.endpoint(name)
    if (name === 'orthotech') throw new MatchbookError('DISK-FULL', 'no room')
    return {
      ...real,
      async list(folder) {
        asked.push('begins')
        await setTimeout(100)
        const listed = await real.list(folder)
        asked.push('ends')
        return listed
      },
    }
  }
  try {
    const pulled = pullDrops({ id: 'pull' }, job, false, { ...tools, endpoint })
    await expect(pulled).rejects.toMatchObject({ code: 'DISK-FULL' })
    const then = [...asked]
    expect(then.filter((one) => one === 'ends')).toHaveLength(then.length / 2)
    await setTimeout(250)
    expect(asked).toEqual(then)
  } finally {
    await tools.close()
  }
})

it('a dry run that cannot begin leaves no copy of the store behind', async () => {
  const archive = path.join(workspace.folder, 'state', 'archive')
  const scratch = path.join(workspace.folder, 'scratch')
  mkdirSync(scratch)
  vi.stubEnv('TMPDIR', scratch)
  renameSync(archive, `${archive}-away`)
  writeFileSync(archive, 'a file where the archive should be')
  await expect(openTools(options(workspace, true), 'look')).rejects.toThrow(/archive/)
  expect(readdirSync(scratch)).toEqual([])
  vi.unstubAllEnvs()
})
