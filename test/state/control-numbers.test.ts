import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from 'esbuild'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { takeControlNumber } from '../../src/state/index.js'
import { openState, type State, type StatePlace } from '../../src/state/open-state.js'
import { onEachEngine } from './engines.js'

onEachEngine((engine) => {
  let folder: string
  let place: StatePlace
  let state: State

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'matchbook-numbers-'))
    place = engine.newPlace()
    state = await openState(place)
  })
  afterEach(async () => {
    await state.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const pair = { ours: 'ZZ:US', partner: '01:PARTNER' }
  const take = (kind: 'interchange' | 'group' = 'interchange', of = pair): Promise<number> =>
    state.database.transaction().execute((database) => takeControlNumber(database, of, kind))

  describe('control numbers', () => {
    it('count from 1, apart for interchanges and groups and for each partner', async () => {
      expect([await take(), await take(), await take('group')]).toEqual([1, 2, 1])
      expect(await take('interchange', { ...pair, partner: '01:OTHER' })).toBe(1)
      expect(await take('interchange', { ...pair, ours: 'ZZ:OURSOUTH' })).toBe(1)
      expect(await take()).toBe(3)
    })

    it('begin again at 1 after 999999999', async () => {
      await take()
      await state.database.updateTable('x12_counters').set({ last: 999_999_998 }).execute()
      expect([await take(), await take(), await take()]).toEqual([999_999_999, 1, 2])
    })

    it('begin where another system left off, also when that is said later, and never go back', async () => {
      const from = (interchange: number): Promise<number> =>
        state.database
          .transaction()
          .execute((database) => takeControlNumber(database, pair, 'interchange', { interchange, group: 1 }))
      expect([await from(500), await from(500), await from(900), await from(900), await take()]).toEqual([
        500, 501, 900, 901, 902,
      ])
      expect(await from(10)).toBe(903)
    })

    it('are not used up by what was not kept', async () => {
      await take()
      const failed = state.database.transaction().execute(async (database) => {
        expect(await takeControlNumber(database, pair, 'interchange')).toBe(2)
        throw new Error('the disk is full')
      })
      await expect(failed).rejects.toThrow('the disk is full')
      expect(await take()).toBe(2)
    })

    it('have no gap and no number twice when several programs take them at once, and one is killed with a number in hand', async () => {
      const program = path.join(folder, 'number-taker.cjs')
      const packages = path.join(import.meta.dirname, '..', '..', 'node_modules')
      const entry = path.join(import.meta.dirname, 'number-taker.ts')
      await build({
        entryPoints: [entry],
        outfile: program,
        bundle: true,
        platform: 'node',
        format: 'cjs',
        packages: 'external',
      })
      const start = (...args: string[]): ChildProcess =>
        spawn(process.execPath, [program, JSON.stringify(place), ...args], {
          env: { ...process.env, NODE_PATH: packages },
          stdio: ['ignore', 'pipe', 'inherit'],
        })
      const victim = start('victim', '5', 'hang')
      const others = ['a', 'b', 'c'].map((name) => start(name, '30'))
      const ended = others.map((other) => once(other, 'exit'))
      if (victim.stdout === null) throw new Error('the program says nothing')
      await once(victim.stdout, 'data')
      const gone = once(victim, 'exit')
      victim.kill('SIGKILL')
      expect((await gone)[1]).toBe('SIGKILL')
      expect((await Promise.all(ended)).map(([code]) => code)).toEqual([0, 0, 0])

      // The four numbers that the victim had kept are there; the fifth went to somebody else.
      const queued = await state.database.selectFrom('outbox').select(['name', 'idempotency_key']).execute()
      const numbers = queued.map(({ name }) => Number(name)).sort((a, b) => a - b)
      expect(numbers).toEqual(Array.from({ length: 94 }, (_, index) => index + 1))
      expect(queued.filter(({ idempotency_key }) => idempotency_key.startsWith('victim'))).toHaveLength(4)
      expect(await take()).toBe(95)
    })
  })
})
