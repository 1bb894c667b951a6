import type { Finding, SetEngine } from '../../canonical/index.js'
import { bindTolerances, checkContracts, takeAsLoaded } from '../check/check-contracts.js'
import { matchRelations } from '../match/match-relations.js'
import type { Matched } from '../match/matched.js'
import { Run } from '../run.js'
import type { Tools } from '../tools.js'
import type { PastNight } from './past-nights.js'

/** What the rules say of a night: nothing is settled, loaded or written. */
export interface Rerun {
  readonly findings: readonly Finding[]
  /** Of a three-way match: what becomes of each invoice. */
  readonly invoices: Extract<Matched, { kind: 'invoices' }> | undefined
  /** Of any other: what became of its rows. */
  readonly outcomes: Extract<Matched, { kind: 'tables' }>['outcomes']
}

export interface Otherwise {
  readonly tolerances: Tools['workspace']['settings']['tolerances']
  /** Invoices that would have gone before this night. */
  readonly gone: ReadonlySet<string>
}

/**
 * Judges a night of the past again, on a copy of the store that was put back to it: by the settings it was judged by, and otherwise. It is
 * read and checked once for both.
 * @throws Error when an extract that the night had cannot be used any more
 */
export async function rerunNight(
  { night, job, tools }: PastNight,
  otherwise: Otherwise,
): Promise<{ readonly was: Rerun; readonly would: Rerun }> {
  const run = await Run.begin(job, night.as_of, tools, { kind: 'replay', rulesOf: night.id })
  const { output: relations } = await checkContracts(run, job, tools)
  const { engine } = relations
  const judge = async (on: SetEngine): Promise<Rerun> =>
    rerunOf((await matchRelations(run, job, { ...relations, engine: on }, tools)).output)
  try {
    // The three-way match replaces what it left before; other rules want the relations as they were, and nothing beside them.
    const was = job.matcher === 'three-way' ? await judge(engine) : await undone(engine, judge)
    await bindTolerances(engine, otherwise.tolerances)
    if (job.matcher === 'three-way') await takeAsLoaded(engine, otherwise.gone)
    return { was, would: await judge(engine) }
  } finally {
    await engine.close()
  }
}

const rerunOf = (matched: Matched): Rerun => ({
  findings: matched.findings,
  invoices: matched.kind === 'invoices' ? matched : undefined,
  outcomes: matched.kind === 'tables' ? matched.outcomes : [],
})

/** Works in a transaction that is taken back. A connection of its own, over which batches are read, would not see into it. */
async function undone<T>(engine: SetEngine, work: (on: SetEngine) => Promise<T>): Promise<T> {
  await engine.run('BEGIN TRANSACTION')
  try {
    return await work({
      ...engine,
      async *batches<R extends object>(sql: string) {
        yield await engine.rows<R>(sql)
      },
    })
  } finally {
    await engine.run('ROLLBACK')
  }
}
