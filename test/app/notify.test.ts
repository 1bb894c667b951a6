import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { decideExceptions } from '../../src/app/deciding/decide-exceptions.js'
import { listClusters } from '../../src/app/deciding/list-clusters.js'
import { reopenExceptions } from '../../src/app/deciding/reopen-exceptions.js'
import { foundDown, foundUp } from '../../src/app/endpoint-health.js'
import { causeFacts } from '../../src/app/notify/cause-facts.js'
import { deliver } from '../../src/app/notify/deliver.js'
import { listNotifications } from '../../src/app/notify/list.js'
import { noteLateJobs } from '../../src/app/notify/note-missed.js'
import { noteNight } from '../../src/app/notify/note-night.js'
import { queueNotice } from '../../src/app/notify/queue-notice.js'
import { sendByHand } from '../../src/app/notify/send-by-hand.js'
import { testOwner } from '../../src/app/notify/test-owner.js'
import type { RunOutcome } from '../../src/app/run-jobs.js'
import { owedNow } from '../../src/app/scheduling/owed-now.js'
import { status } from '../../src/app/status.js'
import { type Digest, type Message, type Notice, noticeWords } from '../../src/outputs/notify/index.js'
import { dueNotifications, listExceptions } from '../../src/state/index.js'
import { MailServer } from '../servers/mail-server.js'
import { DemoNight } from './demo-night.js'

const password = 'mail-pa55word-of-the-test'
const webhookSecret = 'hook-7f3e1c'
let night: DemoNight
let firstNight: RunOutcome
let mail: MailServer
let web: Server
/** What was posted, and what the next posts are answered with. */
const posted: { path: string; id: string | undefined; body: unknown }[] = []
const answers: number[] = []

beforeAll(async () => {
  mail = new MailServer(password)
  await mail.start()
  web = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      posted.push({
        path: request.url ?? '',
        id: request.headers['idempotency-key'] as string | undefined,
        body: JSON.parse(Buffer.concat(chunks).toString('utf8')),
      })
      response.writeHead(answers.shift() ?? 202).end()
    })
  })
  await new Promise<void>((listening) => web.listen(0, '127.0.0.1', listening))
  night = await DemoNight.lay(11)
  mkdirSync(path.join(night.folder, 'keys'), { recursive: true })
  writeFileSync(path.join(night.folder, 'keys', 'mail'), `${password}\n`)
  const { port } = web.address() as AddressInfo
  writeFileSync(path.join(night.folder, 'keys', 'hook'), `http://127.0.0.1:${port}/${webhookSecret}\n`)
  night.change((settings) => {
    const queues = (settings as unknown as { queues: Record<string, { owner: string; escalate?: object[] }> }).queues
    // Without a calendar: at night too.
    queues.receiving = { owner: 'Receiving dock', escalate: [{ 'after-hours': 0, to: 'CFO' }] }
    const exceptions = { 'INV-NO-RECEIPT': { 'sla-hours': 0 }, 'INV-QTY-RECEIVED': { 'sla-hours': 0 } }
    Object.assign(settings, {
      exceptions,
      notify: {
        channels: {
          mail: {
            kind: 'email',
            host: '127.0.0.1',
            port: mail.port,
            'ca-file': mail.caFile,
            from: 'Matchbook <matchbook@lakeside-health.example>',
            login: { username: 'matchbook', password: { file: 'keys/mail' } },
          },
          hook: { kind: 'webhook', format: 'teams', url: { file: 'keys/hook' } },
          journal: { kind: 'file', file: 'told.ndjson' },
        },
        owners: {
          CFO: { channels: ['hook'] },
          Operations: { channels: ['journal'] },
        },
        operators: 'Operations',
        'workbooks-at': 'https://files.lakeside.example/{run}/{file}',
      },
    })
  })
  const jobFile = path.join(night.folder, 'jobs', 'receipt-to-invoice.yaml')
  const job = parse(readFileSync(jobFile, 'utf8'))
  for (const load of job.loads) load.approval = 'required'
  writeFileSync(jobFile, stringify(job))
  // In the first night the mail server is down and the webhook busy.
  await mail.stop()
  answers.push(503)
  firstNight = await night.run()
  await mail.start()
}, 120_000)

afterAll(async () => {
  await mail.stop()
  web.closeAllConnections()
  web.close()
  mail.remove()
  night.remove()
})

const list = () =>
  night.with((tools) =>
    listNotifications(tools, { waiting: false, undeliverable: false, owner: undefined, limit: 1000 }),
  )
const statusNow = () => night.with((tools) => status(tools))
/** A cluster of which every exception may be given the decision. */
async function cluster(decision: string, queue: string) {
  const all = await night.with((tools) => listClusters(tools, { queue }))
  const found = all.clusters.find(({ decisions }) => decisions.includes(decision))
  if (found === undefined) throw new Error(`no cluster may be decided ${decision}`)
  return found
}

const again = () => sendByHand({ ...night.options(), again: true })

describe('a night whose mail server is down', () => {
  it('is a night like any other; status says what could not be told, and nothing is tried before its time', async () => {
    expect(firstNight.runs[0]?.failures).toEqual([])
    expect(mail.received).toEqual([])
    const { notifications } = await statusNow()
    expect(notifications.failed.length).toBeGreaterThan(3)
    const byMail = notifications.failed.find(({ channel }) => channel === 'mail')
    expect(byMail?.lastError).toMatch(/ECONNREFUSED|ESOCKET/)
    expect(await night.with(deliver)).toEqual({ sent: 0, failed: 0, elsewhere: false })
  })

  it('is told when the server is back; a mailbox that there is none of keeps nobody else back', async () => {
    mail.troubles.push('unknown-user')
    const before = await statusNow()
    const outcome = await again()
    expect(outcome).toMatchObject({ failed: 1, waiting: 0, undeliverable: 1, exit: 7 })
    expect(outcome.sent).toBe(before.notifications.waiting - 1)
    expect((await statusNow()).notifications.failed[0]?.lastError).toMatch(/550/)
    expect(await again()).toMatchObject({ sent: 1, failed: 0, undeliverable: 0, exit: 0 })
    expect((await statusNow()).notifications).toEqual({ waiting: 0, undeliverable: 0, failed: [] })
  })
})

describe('after a night with many new causes', () => {
  const digests = () => mail.received.filter((one) => /exceptions? open/.test(one.header('Subject') ?? ''))

  it('each owner gets one digest instead of a message a cause, and it says why', () => {
    expect(digests().length).toBeGreaterThan(3)
    expect(new Set(digests().map(({ to }) => to.join())).size).toBe(digests().length)
    const contracts = mail.received.filter(({ to }) => to[0] === 'contracts@lakeside-health.example')
    expect(contracts).toHaveLength(1)
    expect(contracts[0]?.text).toMatch(/They came at once and are many/)
    expect(contracts[0]?.text).toMatch(/https:\/\/files\.lakeside\.example\/[0-9TZa-f-]+\/[a-z-]+2026-11-20\.xlsx/)
  })

  it('a few causes are told of one by one, and what is only for the record by the digest alone', () => {
    const integration = mail.received.filter(({ to }) => to[0] === 'integration@lakeside-health.example')
    const singles = integration.filter((one) => one.header('Subject')?.includes('New: '))
    expect(singles.length).toBeGreaterThan(1)
    expect(integration).toHaveLength(singles.length + 1)
    expect(singles.every((one) => !one.text.includes('FILE-DUPLICATE'))).toBe(true)
  })

  it('they went over TLS with the login, marked as written by a machine, as text and as HTML', () => {
    for (const one of mail.received) {
      expect(one.encrypted).toBe(true)
      expect(one.user).toBe('matchbook')
      expect(one.header('Auto-Submitted')).toBe('auto-generated')
      expect(one.header('Message-ID')).toMatch(/^<mb-[0-9a-f]{32}@lakeside-health\.example>$/)
      expect(one.text).toMatch(/text\/plain[\s\S]*text\/html/)
    }
  })

  it('what is overdue is told to whom the step names, a queue in one card; a webhook that was busy got it under one id', () => {
    expect(posted.map(({ path: where }) => where)).toEqual([`/${webhookSecret}`, `/${webhookSecret}`])
    expect(new Set(posted.map(({ id }) => id)).size).toBe(1)
    const card = posted[1]?.body as { attachments: { content: { body: { text?: string }[] } }[] }
    expect(card.attachments[0]?.content.body[0]?.text).toMatch(/^Overdue: \d+ exceptions of receiving/)
  })

  it('they hold no secret, and neither does the store', async () => {
    const texts = [...mail.received.map(({ text }) => text), JSON.stringify(posted.map(({ body }) => body))]
    for (const text of [...texts, JSON.stringify(await list())]) {
      expect(text).not.toContain(password)
      expect(text).not.toContain(webhookSecret)
    }
  })

  it('a second run of the day that finds the same tells nobody anything', async () => {
    const [mails, posts] = [mail.received.length, posted.length]
    await night.run()
    expect(mail.received.slice(mails).map((one) => one.header('Subject'))).toEqual([])
    expect(posted).toHaveLength(posts)
  })
})

describe('a cause', () => {
  let disputed: readonly string[] = []

  it('that people settle is told of once; when it opens again that is told too, and its end answers it', async () => {
    const { id, members } = await cluster('dispute', 'contracts')
    disputed = members
    const decide = () =>
      decideExceptions({
        ...night.options(),
        subjects: members,
        decision: 'dispute',
        note: 'with the supplier',
        as: 'R. Ortiz',
      })
    const from = mail.received.length
    await decide()
    await decide()
    expect(mail.received.slice(from).map((one) => one.header('Subject'))).toEqual([
      expect.stringMatching(/^\[Matchbook\] Settled: /),
    ])
    await reopenExceptions({ ...night.options(), subjects: members, note: 'wrong supplier', as: 'R. Ortiz' })
    await decide()
    const [opened, settled] = mail.received.slice(from + 1)
    expect(opened?.text).toContain(id)
    expect(opened?.header('Subject')).toMatch(/^\[Matchbook\] New: /)
    expect(settled?.header('In-Reply-To')).toBe(opened?.header('Message-ID'))
    expect(mail.received).toHaveLength(from + 3)
  })

  it('told by a mail that was taken but not acknowledged comes twice, with one id', async () => {
    const from = mail.received.length
    mail.troubles.push('taken-but-silent')
    await reopenExceptions({ ...night.options(), subjects: disputed, note: 'wrong again', as: 'R. Ortiz' })
    await again()
    const ids = mail.received.slice(from).map((one) => one.header('Message-ID'))
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
  })
})

describe('the digest', () => {
  const digestOf = (more: object, now = '2026-11-21T04:30:00Z', of = 'Accounts payable') =>
    night.with(async (tools) => {
      const settings = { ...tools.workspace.settings, notify: { ...tools.workspace.settings.notify, ...more } }
      const telling = { settings: settings as typeof tools.workspace.settings, now, run: null }
      const job = [...tools.workspace.jobs.values()][0]
      if (job === undefined) throw new Error('the workspace has no job')
      await tools.state.database
        .transaction()
        .execute((database) => noteNight(database, { job, day: '2026-11-21', workbook: () => null }, telling))
      const waiting = await dueNotifications(tools.state.database, '2200-01-01T00:00:00Z', 100)
      return waiting.filter(({ kind, owner }) => kind === 'digest' && owner === of)
    })

  it('waits for its time of day on the clock of the workspace, and takes up the next run of the night', async () => {
    const [digest, ...others] = await digestOf({ 'digest-at': '06:30' })
    // 22:30 in Chicago: the next 06:30 there is 12:30 in UTC.
    expect(digest?.not_before).toBe('2026-11-21T12:30:00.000Z')
    expect(others).toEqual([])
    expect((await digestOf({ 'digest-at': '06:30' })).map(({ id }) => id)).toEqual([digest?.id])
  })

  it('takes up what opens while other messages go out, and the next one tells of it no more', async () => {
    const opened = (id: string, opened_at: string) =>
      night.with(async ({ state: { database } }) => {
        const [known] = await database.selectFrom('causes').selectAll().where('queue', '=', 'supply-chain').execute()
        if (known === undefined) throw new Error('the night found nothing for supply chain')
        const facts = JSON.stringify({ ...JSON.parse(known.facts), id, amountAtRisk: { USD: '9999999.00' } })
        await database
          .insertInto('causes')
          .values({ ...known, id, facts, opened_at, settled_at: null })
          .execute()
      })
    const said: string[] = []
    const grow = async () => {
      await opened('CL-00000000aa', '2100-01-01T05:00:00Z')
      await digestOf({ 'digest-at': '06:30' }, '2100-01-01T06:00:00Z')
    }
    let grown: Promise<void> | undefined
    const channel = {
      async send({ kind, table }: Pick<Message, 'kind' | 'table'>) {
        if (kind === 'digest') said.push(table.flat().join())
      },
      async check() {},
      close() {},
    }
    await night.with((tools) =>
      deliver({
        ...tools,
        now: () => '2100-01-01T13:00:00Z',
        async channel() {
          grown ??= grow()
          await grown
          return channel
        },
      }),
    )
    expect(said.filter((text) => text.includes('CL-00000000aa'))).toHaveLength(1)
    await opened('CL-00000000bb', '2100-01-01T20:00:00Z')
    const [next] = await digestOf({ 'digest-at': '06:30' }, '2100-01-02T04:30:00Z', 'Purchasing')
    const shown = (JSON.parse(next?.facts ?? '{}') as Digest).opened.shown.map(({ id }) => id)
    expect(shown).toContain('CL-00000000bb')
    expect(shown).not.toContain('CL-00000000aa')
  })
})

describe('what is told of a cause', () => {
  it('leaves out keys that stand for people or hold what somebody typed, and every text', async () => {
    const facts = await night.with(async ({ state, workspace }) => {
      const [exception] = await listExceptions(state.database)
      if (exception === undefined) throw new Error('the night found nothing')
      const keys = {
        item: '600649',
        case: 'ab12cd34',
        employee: 'ef56',
        identifier: 'MRN-4711',
        lot: 'L-9',
        charge: 'C-1',
      }
      const personal = { ...exception, keys, message: 'Jane Doe', values: { patient: 'Jane Doe' } }
      return causeFacts('CL-0123456789', [personal], workspace.settings)
    })
    expect(facts.about).toBe('item 600649')
    expect(JSON.stringify(facts)).not.toMatch(/ab12cd34|ef56|4711|L-9|C-1|Jane/)
  })
})

describe('the operators', () => {
  it('hear of loads that wait for approval, of an endpoint that is down once, and once when it answers again', async () => {
    await night.with(async (tools) => {
      const broken = { code: 'CONNECT-FAILED', message: 'no answer' } as const
      for (const id of ['one', 'two', 'three']) await foundDown('exchange', broken, { id }, tools)
      await foundUp('exchange', { id: 'four' }, tools)
      await foundUp('exchange', { id: 'five' }, tools)
      await deliver(tools)
    })
    const told = readFileSync(path.join(night.folder, 'told.ndjson'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string; id: string; answers: string | null })
    const [loads, endpoints] = [told.slice(0, -2), told.slice(-2)]
    expect(endpoints.map(({ kind }) => kind)).toEqual(['endpoint-down', 'endpoint-healed'])
    expect(endpoints[1]?.answers).toBe(endpoints[0]?.id)
    expect(loads.map(({ kind }) => kind)).toEqual(firstNight.runs[0]?.loads.map(() => 'load-waits'))
  })
})

describe('one message that is in trouble', () => {
  const queued = (about: string, owner: string, notice: Notice) =>
    night.with(async (tools) => {
      const telling = { settings: tools.workspace.settings, now: tools.now(), run: null }
      await tools.state.database
        .transaction()
        .execute((db) => queueNotice(db, owner, notice, { subject: about }, telling))
    })
  const test = { kind: 'test', at: '2026-11-20T08:00:00Z' } as const

  it('because nobody has words for it keeps no other back, and is listed', async () => {
    await queued('a kind of a newer version', 'Item master', { kind: 'of-a-newer-version' } as unknown as Notice)
    await queued('one behind it', 'Item master', test)
    const from = mail.received.length
    expect(await again()).toMatchObject({ sent: 1, failed: 1, undeliverable: 1 })
    expect(mail.received).toHaveLength(from + 1)
    const listed = (await list()).notifications.find(({ status: is }) => is === 'undeliverable')
    expect(listed).toMatchObject({ kind: 'of-a-newer-version', lastError: expect.stringContaining('into words') })
    await night.with(({ state }) =>
      state.database.deleteFrom('notifications').where('status', '=', 'undeliverable').execute(),
    )
  })

  it('because the server takes it for one recipient alone is sent to the other later, and never counted as sent to both', async () => {
    const emails = (more: string[]) =>
      night.change((settings) => {
        const { notify } = settings as unknown as { notify: { owners: Record<string, object> } }
        if (more.length > 0) notify.owners['Item master'] = { channels: ['mail'], email: more }
        else delete notify.owners['Item master']
      })
    emails(['first@lakeside.example'])
    await queued('for two', 'Item master', test)
    const from = mail.received.length
    const sentTo = () => mail.received.slice(from).map(({ to }) => to.join())
    mail.troubles.push('unknown-user')
    expect(await again()).toMatchObject({ sent: 0, failed: 1, undeliverable: 1 })
    expect(sentTo()).toEqual(['item-master@lakeside-health.example'])
    expect((await statusNow()).notifications.failed[0]?.lastError).toMatch(
      /refused first@lakeside\.example \(550\), and took it for item-master@/,
    )
    expect(await again()).toMatchObject({ sent: 1, failed: 0, undeliverable: 0 })
    expect(sentTo()).toEqual(['item-master@lakeside-health.example', 'first@lakeside.example'])
    emails([])
  })
})

describe('a night that has not run', () => {
  it('is told of once, with what keeps it, and so is what the catch-up policy passes over', async () => {
    const file = path.join(night.folder, 'jobs', 'receipt-to-invoice.yaml')
    const before = readFileSync(file, 'utf8')
    const schedule = { cron: '0 2 * * *', 'catch-up': 'skip', 'missed-after-minutes': 60 }
    writeFileSync(file, stringify({ ...parse(before), schedule }))
    const told = () =>
      night.with(async ({ state }) => {
        const rows = await dueNotifications(state.database, '2100-01-01T00:00:00Z', 100)
        return rows.filter(({ kind }) => kind === 'night-missed').map(({ facts }) => JSON.parse(facts))
      })
    const at = (now: string) =>
      night.with(async (tools) => {
        const telling = { settings: tools.workspace.settings, now, run: null }
        const { database } = tools.state
        await database.transaction().execute((db) => noteLateJobs(db, tools.workspace, telling))
        await owedNow(tools.workspace, database, now, tools.log)
      })
    await at('2026-12-01T08:00:00Z')
    expect(await told()).toEqual([])
    for (const now of ['2026-12-03T20:00:00Z', '2026-12-03T20:05:00Z']) await at(now)
    const because = expect.stringMatching(/^missed by more than 60 minutes/)
    expect(await told()).toMatchObject([{ job: 'receipt-to-invoice', because }])
    writeFileSync(file, stringify({ ...parse(before), schedule: { ...schedule, 'catch-up': 'latest' } }))
    for (const now of ['2026-12-05T20:00:00Z', '2026-12-05T20:05:00Z']) await at(now)
    const [, ...later] = await told()
    const late = later.filter((notice) => /^it is overdue/.test(notice.because))
    expect(late).toHaveLength(1)
    expect(noticeWords(late[0], 'America/Chicago')).toMatchObject({ subject: 'receipt-to-invoice has not run' })
    writeFileSync(file, before)
  })
})

describe('matchbook notify test', () => {
  const asked = (owner: string) => testOwner({ ...night.options(), owner })

  it('reaches the owner by the addresses of the queues', async () => {
    const from = mail.received.length
    const outcome = await asked('item MASTER')
    expect(outcome).toMatchObject({ owner: 'Item master', exit: 0, channels: [{ channel: 'mail', error: null }] })
    expect(mail.received[from]?.header('Subject')).toBe('[Matchbook] Test: notifications reach you')
  })

  it('says what is wrong with a login, and not the password', async () => {
    writeFileSync(path.join(night.folder, 'keys', 'mail'), 'another-pa55word\n')
    const { channels, exit } = await asked('Item master')
    expect(exit).toBe(7)
    expect(channels[0]?.error).toMatch(/EAUTH/)
    expect(channels[0]?.error).not.toMatch(/another-pa55word/)
    writeFileSync(path.join(night.folder, 'keys', 'mail'), `${password}\n`)
  })

  it('refuses a server whose certificate nobody signed', async () => {
    night.change((settings) => {
      const { notify } = settings as unknown as { notify: { channels: { mail: Record<string, unknown> } } }
      delete notify.channels.mail['ca-file']
    })
    expect((await asked('Item master')).channels[0]?.error).toMatch(/certificate/)
  })

  it('names who is meant when there is nobody of that name', async () => {
    await expect(asked('Item mastr')).rejects.toMatchObject({
      code: 'OWNER-UNKNOWN',
      hint: 'Did you mean "Item master"?',
    })
  })
})
