import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withReading } from '../../src/app/open-workspace.js'
import type { Subject, Timeline } from '../../src/app/trace/timeline.js'
import { type TraceRequest, trace } from '../../src/app/trace/trace.js'
import { smallNight, sql } from './small-night.js'
import { invoices, type X12Workspace } from './x12-workspace.js'

let workspace: X12Workspace
const text = invoices(101)
beforeAll(async () => {
  workspace = await smallNight('{ acknowledge: "997", send-to: { endpoint: medsupply, folder: inbound } }')
  workspace.put('two.810', text)
  await workspace.run()
})
afterAll(() => workspace?.remove())

const told = (subject: Subject, number: string, more: Partial<TraceRequest> = {}): Promise<Timeline> =>
  withReading(workspace.folder, (reading) => trace(reading, { subject, number, limit: 500, bytes: false, ...more }))
const stagesOf = ({ entries }: Timeline) => entries.map(({ stage }) => stage)

describe('the timeline of an invoice', () => {
  it('begins on the day it states, and goes by its file and our 997 to what a run made of it', async () => {
    const timeline = await told('invoice', 'INV-101-1')
    const [first] = timeline.entries
    expect(first).toMatchObject({ at: '2026-11-19', stage: 'document' })
    expect(first?.said).toMatch(/^invoice \(810\) INV-101-1 of medsupply, PO 4500017, (USD )?125\.00, 1 line,/)
    expect(new Set(stagesOf(timeline))).toEqual(new Set(['document', 'file', 'acknowledgment', 'match', 'exception']))
    expect(timeline.timezone).toBe('America/Chicago')
    const instants = timeline.entries.map(({ at }) => at).filter((at) => at.length > 10)
    expect(instants).toEqual([...instants].sort())
  })

  it('says of each thing in which file and at which byte it stands', async () => {
    const { entries } = await told('invoice', 'INV-101-1')
    const [place] = entries.find(({ stage }) => stage === 'document')?.places ?? []
    const [line] = entries.find(({ stage }) => stage === 'match')?.places ?? []
    const at = (piece: typeof place) =>
      text.slice(piece?.byteOffset, (piece?.byteOffset ?? 0) + (piece?.byteLength ?? 0))
    expect(place?.file).toBe('two.810')
    expect(at(place)).toMatch(/^ST\*810\*0001~[\s\S]*INV-101-1[\s\S]*SE\*\d+\*0001/)
    expect(at(line)).toMatch(/^IT1\*1\*10\*BX/)
  })

  it('gives the very bytes of its documents, from the archive', async () => {
    const { bytes } = await told('invoice', 'INV-101-2', { bytes: true })
    const [{ base64, place } = { base64: null, place: undefined }] = bytes ?? []
    const from = place?.byteOffset ?? 0
    expect(Buffer.from(base64 ?? '', 'base64').toString('latin1')).toBe(
      text.slice(from, from + (place?.byteLength ?? 0)),
    )
  })
})

it('a PO is told by all that names it, an item by what was billed of it, a file by all it brought', async () => {
  const order = await told('po', '4500017')
  expect(order.entries.filter(({ stage }) => stage === 'document')).toHaveLength(2)
  const file = await told('file', 'two.810')
  expect(file.entries.filter(({ stage }) => stage === 'document')).toHaveLength(2)
  expect(stagesOf(file)).toContain('exception')
})

it('a limit keeps the latest and says how many there are', async () => {
  const whole = await told('po', '4500017')
  const cut = await told('po', '4500017', { limit: 2 })
  expect(cut.total).toBe(whole.entries.length)
  expect(cut.entries).toEqual(whole.entries.slice(-2))
})

it('a number nobody knows is refused with those that are nearly it', async () => {
  await expect(told('invoice', 'INV-101-7')).rejects.toMatchObject({
    code: 'TRACE-UNKNOWN',
    hint: 'Near: INV-101-1, INV-101-2',
  })
  await expect(told('po', '450017')).rejects.toMatchObject({ hint: 'Near: 4500017' })
  await expect(told('case', 'x')).rejects.toMatchObject({ code: 'TRACE-UNKNOWN' })
  // A sign that means something to SQL means itself.
  await expect(told('po', '45000%')).rejects.toMatchObject({ code: 'TRACE-UNKNOWN' })
})

describe('what was decided, loaded and sent', () => {
  it('stands in the timeline with who did it, up to the voucher', async () => {
    const [{ id: exception } = {}] = sql(workspace, "SELECT id FROM exceptions WHERE keys LIKE '%INV-101-1%'")
    const [{ id: invoice } = {}] = sql(workspace, "SELECT id FROM documents WHERE business_key = 'INV-101-1'")
    sql(
      workspace,
      `INSERT INTO decisions (exception_id, decision, state, amount, facts, note, decided_by, decided_at, via, agreed_by, agreed_at)
       VALUES (${exception}, 'accept', 'standing', '1', '{}', 'asked the buyer', 'R. Ortiz', '2098-01-01T08:00:00.000Z', 'command', 'B. Lee', '2098-01-01T09:00:00.000Z')`,
    )
    sql(
      workspace,
      `INSERT INTO loads (id, idempotency_key, job, run_id, template, status, planned_at, sent_at, invoices, lines, amount, currency, file, sha256) VALUES ('L1', 'k1', 'receipt-to-invoice', 'r', 'oracle-fusion-ap-invoices', 'sent', '2098-01-02T00:00:00.000Z', '2098-01-02T01:00:00.000Z', 1, 1, '125', 'USD', 'x.zip', 'aa')`,
    )
    sql(workspace, `INSERT INTO load_invoices (invoice_id, load_id, amount) VALUES ('${invoice}', 'L1', '125')`)
    sql(
      workspace,
      `INSERT INTO outbox (idempotency_key, load_id, endpoint, folder, name, local_file, sha256, size, status, attempts, queued_at, sent_at)
       VALUES ('k1', 'L1', 'erp', 'inbound', 'x.zip', 'x', 'aa', 9, 'sent', 1, '2098-01-02T00:00:00.000Z', '2098-01-02T01:00:00.000Z')`,
    )
    sql(
      workspace,
      `INSERT INTO audit (at, actor, action, subject, detail, previous, hash)
       VALUES ('2098-01-03T00:00:00.000Z', 'run r2', 'exceptions settled', 'receipt-to-invoice', '{"confirmed":["${invoice}"]}', '', '')`,
    )
    const timeline = await told('invoice', 'INV-101-1')
    expect(timeline.entries.slice(-6).map(({ stage, said, actor }) => [stage, said, actor])).toEqual([
      ['decision', expect.stringContaining('via command: asked the buyer'), 'R. Ortiz'],
      ['decision', expect.stringContaining('agreed to accept'), 'B. Lee'],
      ['load', 'invoice INV-101-1 in load L1 by oracle-fusion-ap-invoices, USD 125.00', null],
      ['delivery', 'load L1: x.zip queued for erp:inbound', null],
      ['delivery', 'load L1: x.zip delivered to erp:inbound and confirmed', null],
      ['voucher', "invoice INV-101-1 seen in the ERP's vouchers", null],
    ])
  })

  it('begins with the 850 that we sent, and what the supplier answered to it', async () => {
    sql(
      workspace,
      `INSERT INTO x12_sent (id, job, ours, partner, partner_name, interchange_control, idempotency_key, queued_at, answer_hours, ta1_state)
       VALUES (9001, 'j', '01:1', '01:2', 'medsupply', '7', 'k850', '2001-01-01T00:00:00.000Z', 24, 'waiting')`,
    )
    sql(
      workspace,
      "INSERT INTO x12_sent_groups (sent_id, functional_id, group_control, state, answered_at) VALUES (9001, 'PO', '7', 'accepted', '2001-01-01T05:00:00.000Z')",
    )
    sql(workspace, "INSERT INTO x12_sent_sets VALUES (9001, '7', '850', '0001', '4500017', 'accepted')")
    sql(
      workspace,
      `INSERT INTO outbox (idempotency_key, endpoint, folder, name, local_file, sha256, size, status, attempts, queued_at, sent_at)
       VALUES ('k850', 'medsupply', 'inbound', 'po.850', 'x', 'bb', 9, 'sent', 1, '2001-01-01T00:00:00.000Z', '2001-01-01T01:00:00.000Z')`,
    )
    const { entries } = await told('po', '4500017')
    expect(entries.slice(0, 3).map(({ said }) => said)).toEqual([
      '850 4500017 to medsupply, interchange 7: po.850 queued for medsupply:inbound',
      '850 4500017 to medsupply, interchange 7: po.850 delivered to medsupply:inbound and confirmed',
      'medsupply answered 850 4500017: accepted',
    ])
  })
})

it('a number that several companies or releases have is asked back, and told apart by the flag', async () => {
  const [{ columns = '' } = {}] = sql(
    workspace,
    "SELECT group_concat(name) AS columns FROM pragma_table_info('documents') WHERE name NOT IN ('id', 'company', 'body', 'transaction_control')",
  )
  sql(
    workspace,
    `INSERT INTO documents (id, company, body, transaction_control, ${columns})
     SELECT 'other', '20', replace(body, '"poNumber":"4500017"', '"poNumber":"4500017","release":"3"'), '0009', ${columns}
     FROM documents WHERE business_key = 'INV-101-2'`,
  )
  sql(workspace, "UPDATE documents SET company = '10' WHERE id <> 'other'")
  await expect(told('po', '4500017')).rejects.toMatchObject({
    code: 'TRACE-AMBIGUOUS',
    message: 'there are 2 of that number: --company 10, --company 20',
  })
  const ids = async (more: Partial<TraceRequest>) =>
    (await told('po', '4500017', more)).entries.filter(({ stage }) => stage === 'document').map(({ id }) => id)
  expect(await ids({ company: '20', release: '3' })).toEqual(['other'])
  expect(await ids({ company: '10' })).not.toContain('other')
})
