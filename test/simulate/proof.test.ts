import { afterEach, describe, expect, it } from 'vitest'
import { against, nothing, SimulatedNight } from './simulated-night.js'

let night: SimulatedNight
afterEach(() => night?.remove())

describe('a simulated health system', () => {
  it.each([1, 2, 3, 4, 5])('of seed %i: every fault is found, and nothing else', async (seed) => {
    night = new SimulatedNight()
    const truth = await night.make({ seed })
    const runs = await night.run()
    expect(runs.flatMap(({ failures }) => failures)).toEqual([])
    expect(against(truth, await night.found(truth.jobs))).toEqual(nothing)
  })
})
