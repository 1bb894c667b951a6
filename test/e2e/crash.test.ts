import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RepeatedNight, steps, type Undisturbed } from '../crash/repeated-night.js'

let night: RepeatedNight
let undisturbed: Undisturbed

beforeAll(async () => {
  // Small: `npm run test:crash` does the same to the whole one.
  night = await RepeatedNight.lay({ small: true })
  undisturbed = await night.undisturbed()
}, 180_000)
afterAll(() => night?.stop())

describe('killed with SIGKILL and started again, the end is that of an undisturbed night', () => {
  it('has an undisturbed night to compare with', () => {
    expect(undisturbed.left.loads).toEqual([expect.stringContaining('"sent"')])
    expect(undisturbed.left.acknowledgments).toHaveLength(4)
  })

  // Each step one way here; `npm run test:crash` kills each at any instant.
  for (const [n, step] of steps.entries()) {
    const isAtOnce = n % 2 === 0
    it(`in step ${step}, ${isAtOnce ? 'as it begins' : 'in the midst of it'}`, async () => {
      night.again()
      const killed = await night.killedIn(step, isAtOnce ? 0 : 40)
      if (isAtOnce) expect(killed.signal).toBe('SIGKILL')
      expect(await night.differencesFrom(undisturbed)).toEqual([])
    })
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
    expect(await night.differencesFrom(undisturbed)).toEqual([])
  })

  it('started twice at once: the second is told that the job is running, and nothing is doubled', async () => {
    night.again()
    const both = await Promise.all([night.run(), night.run()])
    expect(both.map(({ exit }) => exit).sort()).toEqual([undisturbed.exit, 6])
    expect(night.left()).toEqual(undisturbed.left)
  })
})
