import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { pushOutbox } from '../../src/app/push/push-outbox.js'
import { MatchbookError } from '../../src/errors/index.js'
import type { Endpoint } from '../../src/exchange/index.js'
import { Throttle } from '../../src/exchange/sftp/throttle.js'
import { PushFixture, type Servers, startServers } from './push-fixture.js'

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

/** The ERP's endpoint with some of it done otherwise. */
const insteadOf = (night: PushFixture, change: (erp: Endpoint) => Partial<Endpoint>) => ({
  async endpoint(name: string): Promise<Endpoint> {
    const endpoint = await night.tools.endpoint(name)
    return name === 'erp' ? { ...endpoint, ...change(endpoint) } : endpoint
  },
})

describe('the order of a stream', () => {
  it('holds: what comes after a file that is refused waits, other folders go on, and later it goes out in order', async () => {
    const night = await fixture()
    for (const name of ['1.zip', '2.zip', '3.zip']) await night.queue(name)
    await night.queue('4.zip', '4', night.other)
    writeFileSync(path.join(night.at('erp'), '2.zip'), 'someone else wrote this')
    expect(await night.push('night 1')).toMatchObject({
      sent: ['1.zip', '4.zip'],
      failures: [{ subject: '2.zip to erp', code: 'REMOTE-CONFLICT' }],
    })
    expect(night.standing('erp')).toEqual({ '1.zip': '1.zip', '2.zip': 'someone else wrote this' })
    rmSync(path.join(night.at('erp'), '2.zip'))
    expect(await night.push('night 2')).toMatchObject({ sent: ['2.zip', '3.zip'], failures: [] })
  })

  it('holds when the line breaks in the middle', async () => {
    const night = await fixture()
    for (const name of ['1.zip', '2.zip', '3.zip']) await night.queue(name, Buffer.alloc(300_000, name))
    servers.line.after(9000, 'cut')
    const first = await night.push('night 1')
    const second = await night.push('night 2')
    expect(first.failures).toMatchObject([{ subject: 'erp', code: 'TRANSFER-FAILED' }])
    expect([...first.sent, ...second.sent]).toEqual(['1.zip', '2.zip', '3.zip'])
    expect(second.sent.length).toBeGreaterThan(0)
    expect(Object.keys(night.standing('erp'))).toEqual(['1.zip', '2.zip', '3.zip'])
  })

  const many = Array.from({ length: 40 }, (_, n) => `${String(n).padStart(2, '0')}.zip`)
  it.each([
    ['one after the other, at a server that may do things at once', false, 1],
    ['in one go, at a server that does one thing after the other', true, many.length],
  ])('holds for names, given %s', async (_how, worksInOrder, most) => {
    const night = await fixture()
    for (const name of many) await night.queue(name)
    const begun: string[] = []
    let [under, highest] = [0, 0]
    const watched = insteadOf(night, (erp) => ({
      worksInOrder: () => worksInOrder && erp.worksInOrder(),
      async rename(from, to) {
        begun.push(path.basename(to))
        under += 1
        highest = Math.max(highest, under)
        await erp.rename(from, to)
        under -= 1
      },
    }))
    expect((await night.push('night 1', watched)).sent).toEqual(many)
    expect(begun).toEqual(many)
    if (worksInOrder) expect(highest).toBeGreaterThan(1)
    expect(highest).toBeLessThanOrEqual(most)
    const rows = await night.tools.state.database.selectFrom('outbox').selectAll().orderBy('id').execute()
    expect(
      rows.every(({ status, attempts, bound_to }) => status === 'sent' && attempts === 1 && bound_to === 'erp'),
    ).toBe(true)
    expect(await night.audit()).toEqual(many.map((name) => `${name}: pushed`))
    expect(Object.keys(night.standing('erp'))).toEqual(many)
  })

  it('holds when the server refuses a name in the middle, and what was brought over ahead is taken away again', async () => {
    const night = await fixture()
    for (const name of many) await night.queue(name)
    const refused = new MatchbookError('REMOTE-PERMISSION', 'not this one')
    const refusing = insteadOf(night, (erp) => ({
      worksInOrder: () => false,
      rename: (from, to) => (to.endsWith('/20.zip') ? Promise.reject(refused) : erp.rename(from, to)),
    }))
    expect(await night.push('night 1', refusing)).toMatchObject({
      sent: many.slice(0, 20),
      failures: [{ subject: '20.zip to erp', code: 'REMOTE-PERMISSION' }],
    })
    expect(Object.keys(night.standing('erp'))).toEqual(many.slice(0, 20))
    const waiting = await night.tools.state.database
      .selectFrom('outbox')
      .select(['name', 'attempts'])
      .where('status', '=', 'waiting')
      .orderBy('id')
      .execute()
    expect(waiting.map(({ name, attempts }) => [name, attempts])).toEqual(
      many.slice(20).map((name, n) => [name, n === 0 ? 1 : 0]),
    )
    expect((await night.push('night 2')).sent).toEqual(many.slice(20))
  })

  it('holds between two runs that push at once: the second waits for the first', async () => {
    const night = await fixture()
    await night.queue('1.zip')
    const lease = await night.tools.takeLease('push.outbox')
    const pushing = night.push('night 1')
    await night.queue('2.zip')
    expect(night.standing('erp')).toEqual({})
    lease.release()
    expect((await pushing).sent).toEqual(['1.zip', '2.zip'])
  })

  it('holds between two runs that push to one endpoint, while what is for another goes on', async () => {
    const night = await fixture()
    await night.queue('1.zip')
    await night.queue('2.zip', '2', night.folder, 'standby')
    const lease = await night.tools.takePart('push.outbox', 'erp')
    const pushing = night.push('night 1')
    await vi.waitUntil(() => '2.zip' in night.standing('standby'))
    expect(night.standing('erp')).toEqual({})
    await lease.release()
    expect(await pushing).toMatchObject({ sent: ['2.zip', '1.zip'], failures: [] })
  })

  it('is left to whoever pushes there, unless the job has queued something for it', async () => {
    const night = await fixture()
    const { database } = night.tools.state
    await night.queue('1.zip')
    const numbers = { ours: 'us', partner: 'them', partner_name: 'medsupply', interchange_control: '1' }
    const unanswered = { queued_at: 'then', answer_hours: null, ta1_state: 'unasked', ta1: null } as const
    await database
      .insertInto('x12_sent')
      .values({ job: 'another', idempotency_key: `${night.folder}/1.zip`, ...numbers, ...unanswered })
      .execute()
    const lease = await night.tools.takePart('push.outbox', 'erp')
    const run = { id: 'night 1', row: { job: 'receipt-to-invoice' } }
    const { output, said } = await pushOutbox(run, night.tools)
    expect(output.sent).toEqual([])
    expect(said).toBe('another run pushes to erp: what waits there goes with it or the next')
    await night.queue('2.zip')
    const pushing = pushOutbox(run, night.tools)
    await lease.release()
    expect((await pushing).output.sent).toEqual(['1.zip', '2.zip'])
  })
})

describe('a fallback', () => {
  const withFallback = () => fixture('', 'fallback: { endpoint: standby }')

  it('takes what the first place cannot be reached for, and the first one does not get it afterwards', async () => {
    const night = await withFallback()
    await night.queue('1.zip')
    night.down()
    expect(await night.push('night 1')).toMatchObject({
      sent: ['1.zip'],
      failures: [{ subject: 'erp', code: 'CONNECT-FAILED' }],
    })
    expect(night.standing('standby')).toEqual({ '1.zip': '1.zip' })
    const [row] = await night.tools.state.database.selectFrom('outbox').selectAll().execute()
    expect(row).toMatchObject({ status: 'sent', endpoint: 'erp', bound_to: 'standby', bound_folder: night.folder })
    const [, entry] = await night.tools.state.database.selectFrom('audit').selectAll().orderBy('sequence').execute()
    expect(JSON.parse(entry?.detail ?? '')).toMatchObject({ endpoint: 'standby', instead: 'erp' })
    await night.queue('2.zip')
    expect(await night.push('night 2')).toMatchObject({ sent: ['2.zip'], healed: [expect.any(String)] })
    expect(night.standing('erp')).toEqual({ '2.zip': '2.zip' })
    expect(night.standing('standby')).toEqual({ '1.zip': '1.zip' })
  })

  it('is waited for while another run pushes there: its files under way would look like left-overs', async () => {
    const night = await withFallback()
    await night.queue('1.zip')
    const lease = await night.tools.takePart('push.outbox', 'standby')
    night.down()
    const pushing = night.push('night 1')
    await expect(night.tools.takePart('push.outbox', 'standby')).rejects.toMatchObject({ code: 'RUN-ACTIVE' })
    expect(night.standing('standby')).toEqual({})
    await lease.release()
    expect(await pushing).toMatchObject({ sent: ['1.zip'], failures: [{ subject: 'erp', code: 'CONNECT-FAILED' }] })
    expect(night.standing('standby')).toEqual({ '1.zip': '1.zip' })
  })

  it('is not used when the first place refuses', async () => {
    const night = await withFallback()
    await night.queue('1.zip')
    rmSync(night.at('erp'), { recursive: true })
    expect(await night.push('night 1')).toMatchObject({ sent: [], failures: [{ code: 'REMOTE-MISSING' }] })
    expect(night.standing('standby')).toEqual({})
  })

  it('is not used when the login is refused', async () => {
    const login = `login: { key: { file: "${servers.standby.privateKeyFile}" } }`
    const night = await fixture(`, circuit: { after-runs: 1 }, ${login}`, 'fallback: { endpoint: standby }')
    await night.queue('1.zip')
    for (const run of ['night 1', 'night 2']) {
      expect(await night.push(run)).toMatchObject({ sent: [], failures: [{ code: 'LOGIN-REFUSED' }] })
    }
    expect(night.standing('standby')).toEqual({})
  })

  it('is not used when the line broke after the rename may have been done: never both get it', async () => {
    const night = await withFallback()
    await night.queue('1.zip')
    const cutAfterRename = insteadOf(night, (erp) => ({
      async rename(from, to) {
        await erp.rename(from, to)
        servers.erp.killSessions()
        await erp.list(night.folder)
      },
    }))
    const first = await night.push('night 1', cutAfterRename)
    expect(first).toMatchObject({ sent: [], failures: [{ subject: 'erp', code: 'TRANSFER-FAILED' }] })
    // The standby would be there; the ERP is not.
    night.down()
    expect(await night.push('night 2')).toMatchObject({ sent: [] })
    expect(await night.push('night 3')).toMatchObject({ sent: ['1.zip'] })
    expect(night.standing('erp')).toEqual({ '1.zip': '1.zip' })
    expect(night.standing('standby')).toEqual({})
    expect(await night.audit()).toContain('1.zip: found already there')
  })

  it('takes over from a transfer that broke off, whose half is removed when the first place is up again', async () => {
    const night = await withFallback()
    await night.queue('1.zip', Buffer.alloc(400_000, 'x'))
    const cutAfterPut = insteadOf(night, (erp) => ({
      async put(localFile, to) {
        await erp.put(localFile, to)
        servers.erp.killSessions()
        await erp.list(night.folder)
      },
    }))
    expect(await night.push('night 1', cutAfterPut)).toMatchObject({ sent: ['1.zip'] })
    expect(Object.keys(night.standing('standby'))).toEqual(['1.zip'])
    expect(Object.keys(night.standing('erp'))).toEqual(['.1.zip.part'])
    writeFileSync(path.join(night.at('erp'), '.of-someone-else.part'), '')
    await night.queue('2.zip')
    await night.push('night 2')
    expect(Object.keys(night.standing('erp'))).toEqual(['.of-someone-else.part', '2.zip'])
  })
})

describe('a file on its way out', () => {
  it('keeps to the rate of its endpoint, whatever goes out beside it', async () => {
    let now = 0
    const begun: number[] = []
    const throttle = new Throttle(1000, { now: () => now, sleep: async (pause) => void begun.push(now + pause) })
    for (let n = 0; n < 4; n += 1) await throttle.let(500)
    now = 60_000
    await throttle.let(500)
    await throttle.let(500)
    // The first after a pause goes at once; what was not sent then is not made up for.
    expect(begun).toEqual([500, 1000, 1500, 60_500])
  })

  it('larger than its destination takes is not sent, and says so', async () => {
    const night = await fixture('', 'largest-mb: 1')
    await night.queue('large.zip', Buffer.alloc(1024 * 1024 + 1))
    await night.queue('small.zip')
    expect(await night.push('night 1')).toMatchObject({
      sent: [],
      failures: [{ subject: 'large.zip to erp', code: 'FILE-TOO-LARGE', hint: expect.stringContaining('largest-mb') }],
    })
    expect(night.standing('erp')).toEqual({})
  })

  it.each([
    ['is sent again when other bytes arrived than were sent', '', true],
    ['is taken by its size where nothing is read back', 'read-back-mb: 0', false],
  ])('%s', async (_what, load, isNoticed) => {
    const night = await fixture('', load)
    await night.queue('1.zip', 'whole')
    let puts = 0
    const corrupting = insteadOf(night, (erp) => ({
      async put(localFile, to) {
        puts += 1
        await erp.put(localFile, to)
        writeFileSync(path.join(servers.erp.root, to), 'whale')
      },
    }))
    const first = await night.push('night 1', corrupting)
    expect(puts).toBe(1)
    if (!isNoticed) return expect(night.standing('erp')).toEqual({ '1.zip': 'whale' })
    expect(first).toMatchObject({ sent: [], failures: [{ code: 'TRANSFER-FAILED' }] })
    expect(night.standing('erp')).toEqual({})
    expect(await night.push('night 2')).toMatchObject({ sent: ['1.zip'] })
    expect(night.standing('erp')).toEqual({ '1.zip': 'whole' })
  })

  it('no faster than agreed arrives whole; the time between its parts is no silence', async () => {
    const night = await fixture(', upload-kib-per-second: 64, idle-seconds: 1')
    const bytes = Buffer.alloc(160 * 1024, 'load')
    await night.queue('1.zip', bytes)
    expect(await night.push('night 1')).toMatchObject({ sent: ['1.zip'], failures: [] })
    expect(readFileSync(path.join(night.at('erp'), '1.zip')).equals(bytes)).toBe(true)
  })

  it('to a server that falls silent is given up in time, stays queued, and goes out whole with the next run', async () => {
    const night = await fixture(', idle-seconds: 1')
    const bytes = Buffer.alloc(3_000_000, 'load')
    await night.queue('1.zip', bytes)
    const { line } = servers
    line.after(6000, 'stall')
    const stalled = await night.push('night 1')
    expect(stalled).toMatchObject({ sent: [], failures: [{ subject: 'erp', code: 'TRANSFER-FAILED' }] })
    expect(stalled.failures[0]?.message).toContain('no answer for 1 seconds')
    expect(night.standing('erp')['1.zip']).toBeUndefined()
    line.after(Number.MAX_SAFE_INTEGER, 'cut')
    expect(await night.push('night 2')).toMatchObject({ sent: ['1.zip'], healed: [expect.any(String)] })
    expect(readFileSync(path.join(night.at('erp'), '1.zip')).equals(bytes)).toBe(true)
    expect(Object.keys(night.standing('erp'))).toEqual(['1.zip'])
  })
})
