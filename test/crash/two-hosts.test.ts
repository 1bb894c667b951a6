import { describe, expect, it } from 'vitest'
import { twoHosts, whyNoHosts } from './two-hosts.js'

// A sample; `npm run test:crash -- --two-hosts` goes on for longer.
const why = whyNoHosts()

describe.skipIf(why !== undefined)(`two hosts on one workspace${why === undefined ? '' : ` (${why})`}`, () => {
  it('run the same and different jobs at once and are killed: never two of a kind, nothing lost, nothing doubled', async () => {
    const came = await twoHosts({ kills: 4, seed: 3 })
    expect(came).toMatchObject({ trouble: [], differences: [] })
    expect(came.kills).toBeGreaterThan(0)
  }, 300_000)
})
