import { openTools } from '../../src/app/compose.js'
import { silent } from '../../src/app/progress.js'
import { pullDrops } from '../../src/app/pull/pull-drops.js'
import { pushOutbox } from '../../src/app/push/push-outbox.js'
import { readDrops } from '../../src/app/read/read-drops.js'
import { Run } from '../../src/app/run.js'
import type { Tools } from '../../src/app/tools.js'

export const quietly = { dryRun: false, progress: silent, logLevel: 'silent', logFormat: 'text' } as const

export const openX12Tools = (workspace: string): Promise<Tools> => openTools({ ...quietly, workspace }, 'look')

/** The part of a night that exchanges: pull, read and push, without matching and report. Goes on with one that was cut off. */
export async function exchange(tools: Tools): Promise<void> {
  const job = tools.workspace.jobs.get('receipt-to-invoice')
  if (job === undefined) throw new Error('the scaffold has no receipt-to-invoice')
  const run = await Run.begin(job, '2026-11-20', tools)
  await run.step('pull', () => pullDrops(run, job, false, tools))
  await run.step('read', () => readDrops(run, job, tools))
  await run.step('push', () => pushOutbox(run, tools))
  await run.finish('done', null, async () => {})
}
