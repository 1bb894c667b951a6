import { beforeEach, describe, expect, it } from 'vitest'
import { allLeft, gapsOf, leftAt, replaceLeft, saveGap, streamAt, streamTook } from '../../src/state/index.js'
import type { State } from '../../src/state/open-state.js'
import { onEachEngine } from './engines.js'

onEachEngine((engine) => {
  let state: State
  beforeEach(async () => {
    state = await engine.open()
  })

  const stream = { job: 'j', input: 'i', endpoint: 'e', folder: 'out', pattern: 'PO_(\\d+)', stream: '' }
  const naming = { before: 'PO_', after: '.edi', width: 2, shown_by: 'PO_10.edi', partner: null, since: '2026-11-20' }
  const open = async () => (await gapsOf(state.database, 'j')).map(({ first, last }) => [first, last])

  describe('a stream with numbers missing', () => {
    beforeEach(async () => {
      await streamTook(state.database, stream, 6, 6)
      await saveGap(state.database, { ...stream, ...naming, first: 7, last: 9 })
    })

    it.each([
      [7, [[8, 9]]],
      [
        8,
        [
          [7, 7],
          [9, 9],
        ],
      ],
      [9, [[7, 8]]],
      [10, [[7, 9]]],
    ])('misses what is left once %i has come', async (number, left) => {
      await streamTook(state.database, stream, number, 10)
      expect(await open()).toEqual(left)
      expect(await streamAt(state.database, stream)).toBe(10)
    })

    it('misses nothing once all have come, and keeps to itself', async () => {
      const other = { ...stream, stream: 'WEST' }
      await saveGap(state.database, { ...other, ...naming, first: 7, last: 7 })
      for (const number of [9, 7, 8]) await streamTook(state.database, stream, number, 10)
      expect(await open()).toEqual([[7, 7]])
      expect(await streamAt(state.database, other)).toBeUndefined()
    })

    it('keeps the time since when a number is missing', async () => {
      await saveGap(state.database, { ...stream, ...naming, first: 7, last: 8, since: '2026-11-25' })
      expect(await gapsOf(state.database, 'j')).toMatchObject([{ first: 7, last: 8, since: '2026-11-20' }])
    })
  })

  describe('what a drop left behind', () => {
    const at = { job: 'j', input: 'i', endpoint: 'e', folder: 'out', asked: '*.edi' }
    const row = (name: string) => ({
      ...at,
      name,
      partner: null,
      size: 1,
      modified: '2026-11-20T00:00:00.000Z',
      reason: 'waits',
      since: '2026-11-20T02:00:00.000Z',
      late_at: '2026-11-21T02:00:00.000Z',
    })

    it('is what its last pull says, and nothing of another drop', async () => {
      const other = { ...at, asked: '*.csv' }
      await replaceLeft(state.database, other, [{ ...row('c'), ...other }])
      await replaceLeft(state.database, at, [row('a'), row('b'), row('a')])
      await replaceLeft(state.database, at, [row('b')])
      expect((await leftAt(state.database, at)).map(({ name }) => name)).toEqual(['b'])
      expect((await allLeft(state.database)).map(({ name }) => name)).toEqual(['b', 'c'])
    })
  })
})
