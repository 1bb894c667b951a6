import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { pullDrops } from '../../src/app/pull/pull-drops.js'
import { pushOutbox } from '../../src/app/push/push-outbox.js'
import { status } from '../../src/app/status.js'
import { statusText } from '../../src/commands/render/status.js'
import { afterFailure, type Circuit, circuitState } from '../../src/exchange/index.js'
import { PushFixture, type Servers, startServers } from './push-fixture.js'

const rules = { after: 3, open: 30, longest: 240 }
const at = (minutes: number): string => new Date(Date.UTC(2026, 10, 20, 2, minutes)).toISOString()
const found = (run: string) => ({ run, code: 'CONNECT-FAILED', message: 'no answer' }) as const

describe('a circuit', () => {
  const failing = (runs: readonly string[]): Circuit[] => {
    const circuits: Circuit[] = []
    for (const run of runs) circuits.push(afterFailure(circuits.at(-1), found(run), rules, at(0)))
    return circuits
  }

  it('opens after so many runs in a row, for a time that doubles and ends growing', () => {
    const open = failing(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']).map(({ openUntil }) => openUntil)
    expect(open).toEqual([null, null, ...[30, 60, 120, 240, 240, 240].map(at)])
  })

  it('counts a run once, however often it found the endpoint down', () => {
    expect(failing(['a', 'a', 'a', 'b']).map(({ failures }) => failures)).toEqual([1, 1, 1, 2])
  })

  it('keeps when it began', () => {
    const first = afterFailure(undefined, found('a'), rules, at(0))
    expect(afterFailure(first, found('b'), rules, at(20))).toMatchObject({ since: at(0), failures: 2 })
  })

  it('is half-open when its time is over', () => {
    const states = [0, 29, 30, 31].map((minutes) => circuitState({ openUntil: at(30) }, rules, at(minutes)))
    expect(states).toEqual(['open', 'open', 'half-open', 'half-open'])
    expect([circuitState(undefined, rules, at(0)), circuitState({ openUntil: null }, rules, at(0))]).toEqual([
      'closed',
      'closed',
    ])
  })

  it('is not open for longer than it may be when the clock was ahead and is put back', () => {
    const year = 365 * 24 * 60
    expect(circuitState({ openUntil: at(year) }, rules, at(0))).toBe('half-open')
  })
})

describe('an endpoint that stays down', () => {
  let servers: Servers
  beforeAll(async () => {
    servers = await startServers()
  })
  afterAll(() => servers?.stop())
  const fixture = async (...settings: string[]): Promise<PushFixture> => {
    const made = await PushFixture.make(servers, ...settings)
    onTestFinished(() => made.remove())
    return made
  }

  it('is asked once a run, told once, left alone after three, and healed by whoever reaches it', async () => {
    const night = await fixture()
    await night.queue('a.zip')
    await night.queue('b.zip')
    await night.queue('c.zip', 'c', night.other)
    const before = servers.line.connections()
    for (const run of ['night 1', 'night 2', 'night 3']) {
      night.down()
      const { sent, failures } = await night.push(run)
      expect(sent).toEqual([])
      expect(failures).toMatchObject([{ subject: 'erp', code: 'CONNECT-FAILED' }])
    }
    expect(servers.line.connections() - before).toBe(3)

    const left = await night.push('night 4')
    expect(left).toMatchObject({ sent: [], failures: [{ subject: 'erp', code: 'CONNECT-FAILED' }] })
    expect(left.failures).toHaveLength(1)
    expect(left.failures[0]?.message).toMatch(/^down since 2.*found so by 3 runs; left alone until 2/)
    expect(servers.line.connections() - before).toBe(3)
    expect(await night.audit()).toEqual(['erp: endpoint is down'])
    const now = await status(night.tools)
    expect(now).toMatchObject({ down: [{ endpoint: 'erp', runs: 3, code: 'CONNECT-FAILED' }], outbox: [{}, {}, {}] })
    expect(statusText(now)).toMatch(/Down +Since +Runs[\s\S]*erp .* 3 +after .*, or by hand/)

    // By hand it is asked at once, and once, whatever waits for it.
    night.down()
    expect((await night.byHand()).failures).toHaveLength(1)
    expect(servers.line.connections() - before).toBe(4)

    const healed = await night.byHand()
    expect(healed).toMatchObject({ sent: ['a.zip', 'b.zip', 'c.zip'], failures: [] })
    expect(healed.healed).toEqual([expect.stringMatching(/^erp answers again: .*in 4 runs$/)])
    expect(await night.audit()).toEqual([
      'erp: endpoint is down',
      'a.zip: pushed',
      'b.zip: pushed',
      'erp: endpoint healed',
      'c.zip: pushed',
    ])
    expect((await status(night.tools)).down).toEqual([])
    expect((await night.push('night 5')).healed).toEqual([])
  })

  it('is probed by the first run after its time, which opens it for longer or closes it', async () => {
    const night = await fixture(', circuit: { after-runs: 1, open-minutes: 30 }')
    await night.queue('a.zip')
    const later = (minutes: number) => ({ now: () => new Date(Date.now() + minutes * 60_000).toISOString() })
    night.down()
    await night.push('night 1')
    const before = servers.line.connections()
    await night.push('night 2', later(29))
    expect(servers.line.connections() - before).toBe(0)
    night.down()
    await night.push('night 3', later(31))
    expect(servers.line.connections() - before).toBe(1)
    await night.push('night 4', later(90))
    expect(servers.line.connections() - before).toBe(1)
    const probe = await night.push('night 5', later(92))
    expect(probe).toMatchObject({ sent: ['a.zip'], healed: [expect.stringContaining('in 2 runs')] })
  })

  it('is not asked again by the push of a run whose pull found it down, nor told twice', async () => {
    const night = await fixture()
    await night.queue('a.zip')
    const job = night.tools.workspace.jobs.get('receipt-to-invoice')
    if (job === undefined) throw new Error('the scaffold has no receipt-to-invoice')
    const before = servers.line.connections()
    night.down()
    const pulled = await pullDrops({ id: 'night 1' }, job, false, night.tools)
    expect(pulled.output.failures.filter(({ subject }) => subject === 'erp')).toHaveLength(1)
    const pushed = await pushOutbox({ id: 'night 1' }, night.tools)
    expect(pushed.output).toMatchObject({ sent: [], failures: [] })
    expect(pushed.said).toBe('0 pushed and confirmed; 1 file waits')
    expect(servers.line.connections() - before).toBe(1)
    const next = await pullDrops({ id: 'night 2' }, job, false, night.tools)
    expect(next.output.healed).toEqual([expect.stringContaining('erp answers again')])
    expect(await night.push('night 2')).toMatchObject({ sent: ['a.zip'], healed: [] })
  })

  it('by refusing the login is left alone too, so that no account is locked', async () => {
    const login = `login: { key: { file: "${servers.standby.privateKeyFile}" } }`
    const night = await fixture(`, circuit: { after-runs: 2 }, ${login}`)
    await night.queue('a.zip')
    const before = servers.line.connections()
    for (const run of ['night 1', 'night 2', 'night 3', 'night 4']) {
      expect((await night.push(run)).failures).toMatchObject([{ subject: 'erp', code: 'LOGIN-REFUSED' }])
    }
    expect(servers.line.connections() - before).toBe(2)
  })
})
