import { afterEach, describe, expect, it } from 'vitest'
import { against, nothing, SimulatedNight } from './simulated-night.js'

const seeds = (process.env.SEEDS ?? '1,2,3,4,5').split(',').map(Number)
const jobs = (process.env.JOBS ?? 'all').split(',')

let night: SimulatedNight
afterEach(() => night?.remove())

describe('a simulated health system', () => {
  it.each(seeds)('of seed %i: every fault is found, and nothing else', async (seed) => {
    night = new SimulatedNight()
    const truth = await night.make({ seed, jobs })
    const runs = await night.run()
    expect(runs.flatMap(({ failures }) => failures)).toEqual([])
    expect(against(truth, await night.found(truth.jobs))).toEqual(nothing)
  })
})
