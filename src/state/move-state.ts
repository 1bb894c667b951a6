import { MatchbookError } from '../errors/index.js'
import { appendAudit } from './audit.js'
import { type CopiedTable, clearTables, copyTables, tableNames } from './copy-tables.js'
import { assertKnown } from './migrate.js'
import { assertNotMoved, movedMark, setMovedMark } from './moved.js'
import { openState } from './open-state.js'
import type { State, StateDatabase, StatePlace } from './store.js'

export interface MoveOfState {
  readonly from: StatePlace
  readonly to: StatePlace
  readonly actor: string
  /** ISO instant. */
  readonly now: string
}

export interface MovedState {
  readonly from: string
  readonly to: string
  /** Empty where an earlier move had copied everything, and was only brought to its end. */
  readonly tables: readonly CopiedTable[]
}

/**
 * Carries a store to another engine. Nobody writes to the old one while it is copied; it is given up in the transaction that the copy was
 * verified in, and the new one is released after that: killed at any point, one of the two is the store, and the same call goes on.
 * A store that was given up is no obstacle where it lies: it is written over when the work comes back.
 * @throws STATE-NOT-EMPTY, STATE-MOVED, STATE-DIFFERS, STATE-NEWER
 */
export async function moveState({ from, to, actor, now }: MoveOfState): Promise<MovedState> {
  const source = await openState(from, { evenMoved: true })
  const target = await openState(to, { evenMoved: true, movedHere: true }).catch(async (error: unknown) => {
    await source.close()
    throw error
  })
  try {
    for (const store of [source, target]) assertKnown(store.version, store.place)
    const tables = (await isGivenUpTo(target, source)) ? [] : await copyAndGiveUp()
    await target.database.deleteFrom('moved').execute()
    return { from: source.place, to: target.place, tables }
  } finally {
    await Promise.all([source.close(), target.close()])
  }

  async function copyAndGiveUp(): Promise<CopiedTable[]> {
    return source.database.transaction().execute(async (old) => {
      await assertNotMoved(old, source.place)
      const detail = { from: source.place, to: target.place }
      await appendAudit(old, { at: now, actor, action: 'state moved', subject: target.place, detail })
      const copied = await target.database.transaction().execute(async (fresh) => {
        if ((await movedMark(fresh)) === undefined && !(await isEmpty(fresh))) {
          throw new MatchbookError('STATE-NOT-EMPTY', `${target.place} holds a state`, {
            facts: { place: target.place },
          })
        }
        await clearTables(fresh)
        const tables = await copyTables(old, fresh)
        await target.numbers.write(fresh, await source.numbers.read(old))
        await setMovedMark(fresh, { place: source.place, is_here: 1, at: now })
        return tables
      })
      await setMovedMark(old, { place: target.place, is_here: 0, at: now })
      return copied
    })
  }
}

/** The old store is given up, the new one whole and not released yet. */
async function isGivenUpTo(target: State, source: State): Promise<boolean> {
  const [there, here] = await Promise.all([movedMark(target.database), movedMark(source.database)])
  return there?.is_here === 1 && there.place === source.place && here?.is_here === 0 && here.place === target.place
}

async function isEmpty(database: StateDatabase): Promise<boolean> {
  for (const table of tableNames) {
    const row = await database
      .selectFrom(table as 'runs')
      .selectAll()
      .limit(1)
      .executeTakeFirst()
    if (row !== undefined) return false
  }
  return true
}
