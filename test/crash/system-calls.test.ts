import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RepeatedNight, type Undisturbed } from './repeated-night.js'
import { whyNoStrace } from './strace.js'
import { faultAt, type Point } from './system-calls.js'

// A sample; `npm run test:crash -- --sweep` tries many points of each call.
const why = whyNoStrace()

describe.skipIf(why !== undefined)(
  `a system call that does not come back${why === undefined ? '' : ` (${why})`}`,
  () => {
    let night: RepeatedNight
    let undisturbed: Undisturbed
    beforeAll(async () => {
      night = await RepeatedNight.lay({ small: true })
      undisturbed = await night.undisturbed()
      // The steps that compute take longest and put nothing down.
      await night.beginAt('load')
    }, 120_000)
    afterAll(() => night?.stop())

    it('kills the night at the write into the store that books the load: taken up, the end is that of an undisturbed one', async () => {
      const came = await faultAt({ call: 'pwrite64', fault: 'signal=KILL', n: 12 }, night, undisturbed)
      expect(came).toMatchObject({ of: 'killed', differences: [] })
    })

    it.each<[string, Point]>([
      ['the disk is full', { call: 'pwrite64', fault: 'error=ENOSPC', n: 12 }],
      ['the disk fails to keep what was written', { call: 'fsync', fault: 'error=ENOSPC', n: 2 }],
    ])('fails since %s: the night says so, and goes on where it was', async (_, point) => {
      const came = await faultAt(point, night, undisturbed)
      expect(came).toMatchObject({ of: 'told', differences: [] })
    })
  },
)
