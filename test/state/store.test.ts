import { beforeEach, describe, expect, it } from 'vitest'
import { decimal, type Finding } from '../../src/canonical/index.js'
import { settle } from '../../src/exceptions/index.js'
import {
  appendAudit,
  beginRun,
  dropsAt,
  finishRun,
  firstBrokenAudit,
  listExceptions,
  type NewDocument,
  recordFiles,
  saveSettlement,
  saveStep,
  stepOutput,
  takeDocuments,
} from '../../src/state/index.js'
import { openState, type State } from '../../src/state/open-state.js'
import { onEachEngine } from './engines.js'

const begin = { job: 'receipt-to-invoice', asOf: '2026-11-20', host: 'h', pid: 1, version: '0.1.0' }
const file = {
  job: 'receipt-to-invoice',
  input: 'invoices',
  endpoint: 'medsupply',
  folder: '/out',
  partner: 'medsupply',
  size: 10,
  modified: '2026-11-20T01:00:00Z',
  taken_at: '2026-11-20T02:00:00Z',
  run_id: null,
}

onEachEngine((engine) => {
  let state: State

  beforeEach(async () => {
    state = await engine.open()
  })

  describe('the store', () => {
    it('goes on with a run that was cut off, and begins a new one after a finished one', async () => {
      const first = await beginRun(state.database, { ...begin, now: '2026-11-20T02:00:00.000Z' })
      await saveStep(state.database, {
        runId: first.run.id,
        name: 'pull',
        startedAt: 'a',
        finishedAt: 'b',
        output: { taken: 3 },
      })
      const again = await beginRun(state.database, { ...begin, now: '2026-11-20T02:05:00.000Z' })
      expect(again).toMatchObject({ resumed: true, run: { id: first.run.id } })
      expect(await stepOutput(state.database, first.run.id, 'pull')).toEqual({ taken: 3 })
      await finishRun(state.database, first.run.id, { status: 'done', summary: {}, now: '2026-11-20T02:10:00.000Z' })
      const next = await beginRun(state.database, { ...begin, now: '2026-11-20T02:11:00.000Z' })
      expect(next.resumed).toBe(false)
      expect(next.run.id).not.toBe(first.run.id)
    })

    const taken = (name: string, sha256: string, more = {}) => ({
      ...file,
      name,
      sha256,
      path: `/out/${name}`,
      ...more,
    })

    it.each([
      ['booked one by one', 1],
      ['booked together', 3],
    ])(
      'knows the same bytes under another name as a duplicate, the same name with other bytes as new, %s',
      async (_how, together) => {
        const files = [taken('a.810', 'aa'), taken('b.810', 'aa'), taken('a.810', 'bb')]
        const booked = []
        for (let from = 0; from < files.length; from += together)
          booked.push(...(await recordFiles(state.database, files.slice(from, from + together), false)))
        expect(booked.map(({ disposition }) => disposition)).toEqual(['taken', 'duplicate', 'taken'])
        const places = await dropsAt(state.database, file.endpoint, ['/out/a.810', '/out/b.810'])
        expect([places.get('/out/a.810')?.file_id, places.get('/out/b.810')?.file_id]).toEqual([
          booked[2]?.id,
          booked[1]?.id,
        ])
        const reasons = await state.database.selectFrom('files').select('reason').orderBy('id').execute()
        expect(reasons).toEqual([{ reason: null }, { reason: 'same bytes as a.810' }, { reason: null }])
      },
    )

    it('takes an extract that says the same as last night: nothing changed is news too', async () => {
      for (const name of ['v1.txt', 'v2.txt']) {
        const [booked] = await recordFiles(state.database, [taken(name, 'cc', { input: 'vendors' })], true)
        expect(booked).toMatchObject({ disposition: 'taken' })
      }
    })

    it('knows a document that comes again, and control numbers used for other content', async () => {
      const [{ id } = { id: 0 }] = await recordFiles(state.database, [taken('a.810', 'aa')], false)
      const document: NewDocument = {
        id: 'INV1',
        file_id: id,
        job: file.job,
        kind: 'invoice',
        partner: 'medsupply',
        company: null,
        business_key: '4711',
        interchange_control: '000000001',
        group_control: '1',
        transaction_control: '0001',
        numbered_between: 'ZZ:MEDSUPPLY ZZ:NORTH',
        content_hash: 'x',
        state: 'open',
        received_on: '2026-11-20',
        taken_at: '2026-11-20T02:00:00Z',
        byte_offset: 0,
        byte_length: 10,
        body: '{}',
      }
      const arrival = async (...documents: NewDocument[]) => takeDocuments(state.database, documents)
      const other = { ...document, id: 'INV2', content_hash: 'y' }
      // Those that come together are judged in their order.
      expect(await arrival(document, { ...document, id: 'INV3' }, { ...other, byte_offset: 500 })).toEqual([
        'taken',
        'known',
        'control-reused',
      ])
      expect(await arrival({ ...document, id: 'INV2' })).toEqual(['known'])
      expect(await arrival({ ...other, byte_offset: 500 })).toEqual(['control-reused'])
      // The same place of the same file, read otherwise by a later version.
      expect(await arrival(other)).toEqual(['known'])
      expect(await arrival({ ...document, id: 'INV2', transaction_control: '0002' })).toEqual(['taken'])
      // Its sender counts for each of our ISA ids apart; what was taken before these were kept counts for all of them.
      const south = { ...other, byte_offset: 500, numbered_between: 'ZZ:MEDSUPPLY ZZ:SOUTH' }
      const bookedBefore = { ...other, id: 'INV6', transaction_control: '0003', numbered_between: null }
      expect(
        await arrival({ ...south, id: 'INV4' }, { ...south, id: 'INV5', content_hash: 'z', byte_offset: 900 }),
      ).toEqual(['taken', 'control-reused'])
      expect(
        await arrival(bookedBefore, { ...south, id: 'INV7', transaction_control: '0003', content_hash: 'z' }),
      ).toEqual(['taken', 'control-reused'])
    })

    it('keeps one exception over many nights, with a version that moves only when what is decided on changed', async () => {
      const finding: Finding = {
        code: 'INV-PRICE',
        keys: { company: '10', po: '4500', line: '1', invoice: '4711', supplier: '123' },
        message: 'billed 12.50, PO 12.00',
        amountAtRisk: decimal('5.00'),
        currency: 'USD',
        values: { 'billed price': '12.50' },
        tolerance: null,
        evidence: [],
      }
      const routing = { timezone: 'America/Chicago', overrides: {}, workingTime: {} }
      const night = async (findings: Finding[], n: number) => {
        const now = `2026-11-2${n}T06:00:00Z`
        const known = await listExceptions(state.database, { job: file.job })
        await saveSettlement(state.database, settle(file.job, known, findings, now, routing), { id: `run${n}`, now })
        return (await listExceptions(state.database, { job: file.job })).map(({ id, status, version }) => ({
          id,
          status,
          version,
        }))
      }
      expect(await night([finding], 0)).toEqual([{ id: 1, status: 'new', version: 1 }])
      expect(await night([finding], 1)).toEqual([{ id: 1, status: 'open', version: 1 }])
      expect(await night([finding], 2)).toEqual([{ id: 1, status: 'open', version: 1 }])
      expect(await night([], 3)).toEqual([{ id: 1, status: 'healed', version: 2 }])
      expect(await night([finding], 4)).toEqual([{ id: 1, status: 'reopened', version: 3 }])
    })

    it('finds the entry of the audit chain that was tampered with', async () => {
      for (const n of [1, 2, 3]) {
        await appendAudit(state.database, { at: `t${n}`, actor: 'a', action: 'load', subject: `L${n}`, detail: { n } })
      }
      expect(await firstBrokenAudit(state.database)).toBeUndefined()
      await state.database.updateTable('audit').set({ detail: '{"n":9}' }).where('sequence', '=', 2).execute()
      expect(await firstBrokenAudit(state.database)).toBe(2)
    })
  })

  describe('a store', () => {
    it('refuses state written by a newer version', async () => {
      const place = engine.newPlace()
      const newer = await openState(place)
      await newer.database
        .insertInto('kysely_migration' as never)
        .values({ name: '9999-needs-9.1.0-future', timestamp: 'later' } as never)
        .execute()
      await newer.close()
      await expect(openState(place)).rejects.toMatchObject({ code: 'STATE-NEWER' })
    })

    it('opened by many at once when it is new is made once, and each finds it whole', async () => {
      const fresh = engine.newPlace()
      const opened = await Promise.all(Array.from({ length: 6 }, () => openState(fresh)))
      for (const one of opened) {
        expect(await one.database.selectFrom('runs').selectAll().execute()).toEqual([])
        await one.close()
      }
    })
  })

  describe('the lease', () => {
    it('is refused to a second run of the job and given to another job', async () => {
      const place = engine.newPlace()
      const [state, other] = [await openState(place), await openState(place)]
      const lease = await state.takeLease('receipt-to-invoice')
      for (const one of [state, other])
        await expect(one.takeLease('receipt-to-invoice')).rejects.toMatchObject({ code: 'RUN-ACTIVE' })
      await (await other.takeLease('po-acknowledgment')).release()
      await lease.release()
      await (await other.takeLease('receipt-to-invoice')).release()
      await Promise.all([state.close(), other.close()])
    })

    it('is held in parts by several, each its own, and by nobody as a whole until the last part is given back', async () => {
      const place = engine.newPlace()
      const [state, other] = [await openState(place), await openState(place)]
      const refused = { code: 'RUN-ACTIVE' }
      const erp = await state.takePart('push.outbox', 'erp')
      const partner = await other.takePart('push.outbox', 'partner')
      for (const one of [state, other]) {
        await expect(one.takePart('push.outbox', 'erp')).rejects.toMatchObject(refused)
        await expect(one.takeLease('push.outbox')).rejects.toMatchObject(refused)
      }
      const second = await state.takePart('push.outbox', 'standby')
      await erp.release()
      await second.release()
      await expect(state.takeLease('push.outbox')).rejects.toMatchObject(refused)
      await (await other.takePart('push.outbox', 'erp')).release()
      await partner.release()
      const whole = await state.takeLease('push.outbox')
      for (const one of [state, other]) await expect(one.takePart('push.outbox', 'erp')).rejects.toMatchObject(refused)
      await whole.release()
      await (await other.takePart('push.outbox', 'erp')).release()
      await Promise.all([state.close(), other.close()])
    })
  })
})
