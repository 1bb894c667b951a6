import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RepeatedNight, steps } from '../crash/repeated-night.js'
import type { FinishedNight } from './finished-night.js'

let night: RepeatedNight
let undisturbed: FinishedNight

beforeAll(async () => {
  night = await RepeatedNight.lay()
  await night.run()
  undisturbed = night.left()
}, 180_000)
afterAll(() => night?.stop())

describe('killed with SIGKILL and started again, the end is that of an undisturbed night', () => {
  it('has an undisturbed night to compare with', () => {
    expect(undisturbed.loads).toEqual([expect.stringContaining('"sent"')])
    expect(undisturbed.acknowledgments?.length).toBeGreaterThan(20)
  })

  for (const step of steps) {
    for (const [when, milliseconds] of [
      ['as it begins', 0],
      ['in the midst of it', 40],
    ] as const) {
      it(`in step ${step}, ${when}`, async () => {
        night.again()
        const killed = await night.killedIn(step, milliseconds)
        if (when === 'as it begins') expect(killed.signal).toBe('SIGKILL')
        if (night.isCutOff) expect((await night.run()).stderr).not.toContain('Defect')
        expect(night.left()).toEqual(undisturbed)
      })
    }
  }

  it('three times in one night, at random', async () => {
    night.again()
    let kills = 0
    for (const milliseconds of [300, 900, 1500]) {
      if (kills > 0 && !night.isCutOff) break
      kills++
      await night.killedIn(kills === 1 ? 'pull' : 'check', milliseconds)
    }
    expect(kills).toBeGreaterThan(1)
    if (night.isCutOff) await night.run()
    expect(night.left()).toEqual(undisturbed)
  })

  it('started twice at once: the second is told that the job is running, and nothing is doubled', async () => {
    night.again()
    const both = await Promise.all([night.run(), night.run()])
    expect(both.map(({ exit }) => exit).sort()).toEqual([4, 6])
    expect(night.left()).toEqual(undisturbed)
  })
})
