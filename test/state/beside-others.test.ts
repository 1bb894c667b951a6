import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  appendAudit,
  recordFiles,
  type StateDatabase,
  takeControlNumbers,
  takeReceived,
  verifyAudit,
} from '../../src/state/index.js'
import { openState, type State } from '../../src/state/open-state.js'
import { onEachEngine } from './engines.js'

/**
 * What holds without a transaction having the store to itself. Each of these fails where nothing keeps two transactions apart: every one
 * waits between what it has written and its commit, so that the other comes in between.
 */
onEachEngine((engine) => {
  let hands: readonly [State, State]

  beforeAll(async () => {
    const place = engine.newPlace()
    const one = await openState(place)
    // Of one process SQLite has one connection; several processes take numbers in control-numbers.test.ts.
    hands = [one, engine.name === 'SQLite' ? one : await openState(place)]
  })
  afterAll(async () => {
    await Promise.all([...new Set(hands)].map((state) => state.close()))
  })

  /** The same by both at once, so many times each; what they gave. */
  const both = async <T>(
    times: number,
    scopes: readonly string[],
    work: (database: StateDatabase) => Promise<T>,
  ): Promise<T[]> => {
    const all = hands.map(async (state) => {
      const results: T[] = []
      for (let n = 0; n < times; n++)
        results.push(
          await state.besideOthers(scopes, async (database) => {
            const result = await work(database)
            await sleep(10)
            return result
          }),
        )
      return results
    })
    return (await Promise.all(all)).flat()
  }

  describe('two transactions beside each other', () => {
    it('give no control number twice and leave none out, whatever their scopes', async () => {
      const pair = { ours: 'ZZ:US', partner: '01:PARTNER' }
      const taken = await both(5, [], (database) => takeControlNumbers(database, pair, 'interchange', 3))
      expect(taken.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, n) => n + 1))
    })

    it('append to one audit chain, whatever their scopes', async () => {
      const entry = { at: '2026-11-20T08:00:00Z', actor: 'a', action: 'b', subject: 'c', detail: {} }
      await both(5, [], (database) => appendAudit(database, entry))
      expect(await verifyAudit(hands[0].database)).toMatchObject({ entries: 10, fault: null })
    })

    it('take the same bytes once, of the scope of their input', async () => {
      const looks = { folder: 'out', name: 'a.810', path: 'out/a.810', size: 1, modified: '', sha256: 'a'.repeat(64) }
      const kept = { job: 'j', input: 'i', endpoint: 'e', partner: null, taken_at: '', run_id: null }
      const none = { records: null, accepted: null, rejected: null }
      const booked = await both(1, ['files of j i'], (database) =>
        recordFiles(database, [{ ...looks, ...kept, ...none }], false),
      )
      expect(booked.flat().map(({ disposition }) => disposition)).toEqual(
        expect.arrayContaining(['taken', 'duplicate']),
      )
    })

    it('know an interchange that came twice, of the scope of its number', async () => {
      const file = {
        job: 'j',
        input: 'i',
        endpoint: 'e',
        folder: 'out',
        name: 'a',
        path: 'out/a',
        size: 1,
        modified: '',
      }
      const rest = { partner: null, taken_at: '', run_id: null, records: null, accepted: null, rejected: null }
      const [{ id } = { id: 0 }] = await hands[0].besideOthers([], (database) =>
        recordFiles(database, [{ ...file, ...rest, sha256: 'b'.repeat(64) }], false),
      )
      const number = { ours: 'ZZ:US', partner: '01:P', partner_name: 'p', interchange_control: '7', group_controls: '' }
      let n = 0
      const stands = await both(1, ['interchange 7 of p'], (database) =>
        takeReceived(database, [{ ...number, content_hash: `hash ${++n}`, file_id: id, received_at: '' }]),
      )
      expect(stands.flat().sort()).toEqual(['never', 'other'])
    })
  })
})
