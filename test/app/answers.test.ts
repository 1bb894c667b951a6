import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { queueInterchange } from '../../src/app/acknowledging/queue-interchange.js'
import { writeInterchange } from '../../src/formats/x12/index.js'
import { edit } from './small-night.js'
import { answerOf, X12Workspace } from './x12-workspace.js'

let workspace: X12Workspace
beforeEach(async () => {
  workspace = await X12Workspace.make('{ answer-hours: 24, send-to: { endpoint: medsupply, folder: inbound } }')
})
afterEach(() => workspace.remove())

const order = (control: string, number: string) => ({
  set: '850',
  control,
  segments: [
    ['BEG', '00', 'SA', number, '', '20261120'],
    ['PO1', '1', '10', 'BX', '12.5', '', 'VN', 'AB-77'],
    ['CTT', '1'],
  ],
})

/** Two orders in one group, as a job would send them; the same key is sent once. */
const sendOrders = (key = 'orders of tonight') =>
  workspace.with((tools) =>
    tools.state.database.transaction().execute((database) =>
      queueInterchange(
        database,
        {
          idempotencyKey: key,
          job: 'receipt-to-invoice',
          partner: 'medsupply',
          set: '850',
          to: { endpoint: 'medsupply', folder: 'inbound', 'file-name': '{set}-{control}.edi' },
          answerHours: 24,
          businessKey: (_group, n) => `4500${n + 1}`,
          interchange: {
            sender: { qualifier: '01', id: '081123450' },
            receiver: { qualifier: '01', id: '054321987' },
            usage: 'P',
            version: '004010',
            groups: [
              {
                functionalId: 'PO',
                sender: '081123450',
                receiver: '054321987',
                transactions: [order('0001', '45001'), order('0002', '45002')],
              },
            ],
          },
        },
        tools,
      ),
    ),
  )

const states = () =>
  workspace.with(async ({ state }) => ({
    interchange: (await state.database.selectFrom('x12_sent').select('ta1_state').execute()).map(
      (row) => row.ta1_state,
    ),
    groups: (await state.database.selectFrom('x12_sent_groups').select('state').execute()).map((row) => row.state),
    sets: (await state.database.selectFrom('x12_sent_sets').select('state').orderBy('control').execute()).map(
      (row) => row.state,
    ),
  }))

const about = async (code: string) =>
  (await workspace.exceptions()).filter((exception) => exception.code === code).map(({ message }) => message)

/** As if what was sent had left the outbox two days ago. */
const longAgo = () =>
  workspace.with(({ state }) =>
    state.database
      .updateTable('outbox')
      .set({ sent_at: new Date(Date.now() - 48 * 3_600_000).toISOString() })
      .execute(),
  )

describe('what we sent', () => {
  it('goes out once, however often it is asked for', async () => {
    expect(await sendOrders()).toMatchObject({ name: '850-000000001.edi', control: 1, groupControls: [1] })
    expect(await sendOrders()).toBeUndefined()
    expect(await sendOrders('orders of tomorrow')).toMatchObject({ control: 2, groupControls: [2] })
    await workspace.exchange()
    expect(readdirSync(workspace.acknowledgments).sort()).toEqual(['850-000000001.edi', '850-000000002.edi'])
    expect(readdirSync(path.join(workspace.folder, 'state', 'outbox'))).toHaveLength(2)
  })

  it('is accepted by a 997', async () => {
    await sendOrders()
    await workspace.exchange()
    expect(await states()).toEqual({ interchange: ['waiting'], groups: ['waiting'], sets: ['waiting', 'waiting'] })
    workspace.put(
      'ack.810',
      answerOf(7, [
        ['AK1', 'PO', '1'],
        ['AK9', 'A', '2', '2', '2'],
      ]),
    )
    await workspace.run()
    expect(await states()).toMatchObject({ groups: ['accepted'], sets: ['accepted', 'accepted'] })
    await longAgo()
    await workspace.run()
    expect(await about('X12-ACK-OVERDUE')).toEqual([])
    expect(await about('X12-ACK-REJECTED')).toEqual([])
  })

  it('is an exception when the 997 does not come in time, which heals when it comes', async () => {
    await sendOrders()
    await workspace.exchange()
    expect(await about('X12-ACK-OVERDUE')).toEqual([])
    await longAgo()
    await workspace.run()
    const [message] = await about('X12-ACK-OVERDUE')
    expect(message).toMatch(
      /^medsupply has not answered group PO 1 \(45001, 45002\), sent .* in 850-000000001.edi; it was due /,
    )
    workspace.put(
      'ack.810',
      answerOf(7, [
        ['AK1', 'PO', '1'],
        ['AK9', 'A', '2', '2', '2'],
      ]),
    )
    await workspace.run()
    expect((await workspace.exceptions()).find(({ code }) => code === 'X12-ACK-OVERDUE')?.status).toBe('healed')
  })

  it('is an exception for each set that a 997 rejects, with the reason in words', async () => {
    await sendOrders()
    await workspace.exchange()
    const segments = [
      ['AK1', 'PO', '1'],
      ['AK2', '850', '0001'],
      ['AK5', 'A'],
      ['AK2', '850', '0002'],
      ['AK3', 'PO1', '3', '', '8'],
      ['AK4', '3', '355', '7', 'BX'],
      ['AK5', 'R', '5'],
      ['AK9', 'P', '2', '2', '1'],
    ]
    // Of a group of order changes under the same number.
    workspace.put(
      'ack-before.810',
      answerOf(6, [
        ['AK1', 'PC', '1'],
        ['AK9', 'A', '1', '1', '1'],
      ]),
    )
    workspace.put('ack.810', answerOf(7, segments))
    await workspace.run()
    expect(await states()).toMatchObject({ groups: ['partially-accepted'], sets: ['accepted', 'rejected'] })
    const [message, ...others] = await about('X12-ACK-REJECTED')
    expect(message).toContain(
      '997 rejects 850 45002 (group PO 1, set 0002): PO1 at 3: the code is not valid (AK403:7) in element 3: BX',
    )
    expect(others).toEqual([])
  })

  it('is an exception as a whole when a TA1 rejects the interchange, and no 997 is awaited any more', async () => {
    await sendOrders()
    await workspace.exchange()
    workspace.put('ta1.810', answerOf(8, [], ['TA1', '000000001', '261120', '0230', 'R', '006']))
    await workspace.run()
    expect(await states()).toEqual({ interchange: ['rejected'], groups: ['rejected'], sets: ['rejected', 'rejected'] })
    const [message] = await about('X12-ACK-REJECTED')
    expect(message).toContain('TA1 rejects interchange 000000001: the sender is unknown (TA105:006)')
    await longAgo()
    await workspace.run()
    expect(await about('X12-ACK-OVERDUE')).toEqual([])
  })
})

describe('what another system sent, of which copies come', () => {
  beforeEach(() =>
    edit(workspace, 'jobs/receipt-to-invoice.yaml', (yaml) =>
      yaml.replace(
        '\nsettings:\n',
        (line) =>
          `\n  orders-sent: { kind: x12, sets: ["850"], from: [{ endpoint: erp, folder: sent, include: ["*"], stable-seconds: 0 }] }\n${line}`,
      ),
    ),
  )
  /** The copy of one order that went out two days ago. */
  function copy(name: string, control: number, hours = 48): void {
    const folder = path.join(workspace.folder, 'drops/erp/sent')
    const [date, time] = new Date(Date.now() - hours * 3_600_000).toISOString().split('T') as [string, string]
    mkdirSync(folder, { recursive: true })
    writeFileSync(
      path.join(folder, name),
      writeInterchange({
        sender: { qualifier: '01', id: '081123450' },
        receiver: { qualifier: '01', id: '054321987' },
        usage: 'P',
        version: '004010',
        control,
        date,
        time: time.slice(0, 5).replace(':', ''),
        groups: [
          {
            functionalId: 'PO',
            sender: '081123450',
            receiver: '054321987',
            control,
            transactions: [order('0001', `PO-${control}`)],
          },
        ],
      }),
    )
  }
  const rejects = (control: number) =>
    answerOf(control, [
      ['AK1', 'PO', String(control)],
      ['AK2', '850', '0001'],
      ['AK5', 'R', '5'],
      ['AK9', 'R', '1', '1', '0'],
    ])

  it('is overdue as what we sent ourselves, once, whatever other file it comes in again; an answer before the copy counts', async () => {
    workspace.put('early.810', rejects(72))
    await workspace.run()
    copy('a.850', 71)
    copy('b.850', 72)
    await workspace.run()
    const overdue = await about('X12-ACK-OVERDUE')
    expect(overdue).toEqual([
      expect.stringMatching(/^medsupply has not answered group PO 71 \(PO-71\), sent .* in a.850; /),
    ])
    expect((await states()).groups.sort()).toEqual(['rejected', 'waiting'])
    copy('a-again.850', 71, 47)
    workspace.put('late.810', rejects(71))
    copy('c.850', 73)
    workspace.put('with-its-order.810', rejects(73))
    await workspace.run()
    expect((await states()).groups).toEqual(['rejected', 'rejected', 'rejected'])
    expect(await about('X12-ACK-REJECTED')).toEqual([
      expect.stringMatching(/: 997 rejects 850 \(group PO 72, set 0001\): /),
      expect.stringMatching(/: 997 rejects 850 PO-71 \(group PO 71, set 0001\): /),
      expect.stringMatching(/: 997 rejects 850 PO-73 \(group PO 73, set 0001\): /),
    ])
    expect((await workspace.exceptions()).find(({ code }) => code === 'X12-ACK-OVERDUE')?.status).toBe('healed')
  })
})
