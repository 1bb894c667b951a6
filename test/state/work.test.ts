import { beforeEach, describe, expect, it } from 'vitest'
import { claimWork, endWork, openWork, queueWork, renewWork, reviveWork } from '../../src/state/index.js'
import { openState, type State } from '../../src/state/open-state.js'
import { onEachEngine } from './engines.js'

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 20, 2, 0, seconds)).toISOString()
const night = (job: string, day: number, priority = 50) => {
  const date = `2026-11-${day}`
  return { job, scheduled_for: `${date}T02:00:00.000Z`, day: date, priority }
}

onEachEngine((engine) => {
  let state: State
  beforeEach(async () => {
    state = await engine.open()
  })
  const claim = async (worker: string, now = 0) => {
    const work = await claimWork(state, worker, at(now), at(now + 30))
    return work === undefined ? undefined : { ...work, said: `${work.job} ${work.day.slice(-2)}` }
  }
  const done = (id: number, worker: string) =>
    endWork(state.database, { id, worker }, { status: 'done', ended_at: at(1) })

  describe('work', () => {
    it('is taken once each, what is urgent first, and put in once however often it is put in', async () => {
      const due = [night('a', 20), night('b', 20, 10), night('c', 20)]
      for (let n = 0; n < 2; n++) await queueWork(state.database, due, at(0))
      const taken = []
      for (const worker of ['w1', 'w2', 'w1', 'w2']) taken.push((await claim(worker))?.said)
      expect(taken).toEqual(['b 20', 'a 20', 'c 20', undefined])
    })

    it('of one job is done in its order, by whichever worker', async () => {
      await queueWork(state.database, [night('a', 21), night('a', 20), night('a', 22)], at(0))
      const first = await claim('w1')
      expect(first?.said).toBe('a 20')
      expect(await claim('w2')).toBeUndefined()
      await done(first?.id ?? 0, 'w1')
      expect((await claim('w2'))?.said).toBe('a 21')
    })

    it('of a worker that is no longer heard of goes to another, and its first worker ends it no more', async () => {
      await queueWork(state.database, [night('a', 20)], at(0))
      const first = await claim('w1')
      await renewWork(state.database, 'w1', at(60))
      expect(await claim('w2', 50)).toBeUndefined()
      expect((await claim('w2', 61))?.id).toBe(first?.id)
      await done(first?.id ?? 0, 'w1')
      expect(await openWork(state.database)).toMatchObject([{ status: 'claimed', worker: 'w2' }])
    })

    it('that takes one worker after the other down counts each as a try, so that it is given up in the end', async () => {
      await queueWork(state.database, [night('a', 20)], at(0))
      expect(await claim('w1')).toMatchObject({ attempts: 0, last_error: null })
      const lastError = 'its worker w1 was not heard of any more'
      expect(await claim('w2', 31)).toMatchObject({ attempts: 1, worker: 'w2', last_error: lastError })
      expect(await claim('w3', 62)).toMatchObject({ attempts: 2, worker: 'w3' })
    })

    it('that is to be tried again waits for its time', async () => {
      await queueWork(state.database, [night('a', 20)], at(0))
      const first = await claim('w1')
      const again = { status: 'ready', attempts: 1, not_before: at(15), last_error: 'killed' } as const
      await endWork(state.database, { id: first?.id ?? 0, worker: 'w1' }, again)
      expect(await claim('w2', 14)).toBeUndefined()
      expect(await claim('w2', 15)).toMatchObject({ attempts: 1, last_error: 'killed' })
    })

    it('that was given up holds up what comes after it in its job, and nothing else, until somebody says so', async () => {
      await queueWork(state.database, [night('a', 20), night('a', 21), night('b', 22)], at(0))
      const first = await claim('w1')
      await endWork(state.database, { id: first?.id ?? 0, worker: 'w1' }, { status: 'dead', attempts: 8 })
      expect((await claim('w2'))?.said).toBe('b 22')
      expect(await claim('w2')).toBeUndefined()
      expect(await reviveWork(state.database, first?.id ?? 0, at(2))).toBe(true)
      expect(await reviveWork(state.database, first?.id ?? 0, at(2))).toBe(false)
      expect(await claim('w2', 2)).toMatchObject({ said: 'a 20', attempts: 0 })
    })

    it('is never taken by two who ask at once', async () => {
      const place = engine.newPlace()
      const workers = await Promise.all(['w1', 'w2', 'w3', 'w4'].map(() => openState(place)))
      const due = Array.from({ length: 40 }, (_, n) => night(`job-${n}`, 20))
      await queueWork(workers[0]?.database ?? state.database, due, at(0))
      const taken = await Promise.all(
        workers.map(async (worker, n) => {
          const mine: string[] = []
          for (;;) {
            const work = await claimWork(worker, `w${n}`, at(0), at(30))
            if (work === undefined) return mine
            mine.push(work.job)
          }
        }),
      )
      expect(taken.flat().sort()).toEqual(due.map(({ job }) => job).sort())
      for (const worker of workers) await worker.close()
    })
  })
})
