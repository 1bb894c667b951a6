import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { tableNames } from '../../src/state/copy-tables.js'
import {
  appendAudit,
  documentsIn,
  exceptionEvents,
  filesOf,
  listFiles,
  recordFiles,
  stateTexts,
  verifyAudit,
} from '../../src/state/index.js'
import { copyState, openState, type State } from '../../src/state/open-state.js'
import { onEachEngine } from './engines.js'

const entry = { at: '2026-11-20T08:00:00Z', actor: 'a', action: 'b', subject: 'c', detail: {} }
const file = {
  job: 'j',
  input: 'i',
  endpoint: 'e',
  folder: '/out',
  partner: null,
  size: 10,
  modified: '2026-11-20T01:00:00Z',
  taken_at: '2026-11-20T02:00:00Z',
  run_id: null,
}
const taken = (name: string, more = {}) => ({ ...file, name, sha256: name, path: `/out/${name}`, ...more })

onEachEngine((engine) => {
  let state: State
  beforeEach(async () => {
    state = await engine.open()
  })

  describe('the store', () => {
    it('finds nothing in an empty list, instead of refusing it', async () => {
      expect(await filesOf(state.database, 'j', [], ['taken'])).toEqual([])
      expect(await documentsIn(state.database, 'j', 'invoice', [])).toEqual([])
    })

    it('orders text by its bytes, whatever language the machine speaks', async () => {
      const names = ['b', 'A', 'a', 'B', 'é', '_', '1', 'Z', 'ß', '10', '2', '-']
      await recordFiles(
        state.database,
        names.map((name) => taken(name)),
        false,
      )
      const found = await state.database.selectFrom('files').select('name').orderBy('name').execute()
      expect(found.map(({ name }) => name)).toEqual(['-', '1', '10', '2', 'A', 'B', 'Z', '_', 'a', 'b', 'ß', 'é'])
    })

    it('keeps the size of a file larger than 2 GB, exactly', async () => {
      await recordFiles(state.database, [taken('large', { size: 9_007_199_254_740_991 })], false)
      expect(await listFiles(state.database, { limit: 1 })).toMatchObject([{ size: 9_007_199_254_740_991 }])
    })

    it('takes text with NUL, quotes, emoji and backslashes', async () => {
      const said = `it's "\\" 🙂`
      await recordFiles(state.database, [taken(said, { reason: null }), taken('nul\0here')], false)
      const [nul, odd] = await listFiles(state.database, { limit: 2 })
      expect(odd?.name).toBe(said)
      expect(nul?.name).toMatch(/^nul(\0|␀)here$/)
    })

    it('has no gap in the audit chain where a transaction was rolled back', async () => {
      await appendAudit(state.database, entry)
      const failed = state.database.transaction().execute(async (database) => {
        await appendAudit(database, entry)
        throw new Error('the disk is full')
      })
      await expect(failed).rejects.toThrow('the disk is full')
      await appendAudit(state.database, entry)
      expect(await verifyAudit(state.database)).toMatchObject({ entries: 2, head: { sequence: 2 }, fault: null })
    })

    it('tells what happened to an exception in its order, also at one instant', async () => {
      const { id } = await state.database
        .insertInto('exceptions')
        .values(exception)
        .returning('id')
        .executeTakeFirstOrThrow()
      const { bookAssignment } = await import('../../src/state/index.js')
      const doing = { actor: 'R. Ortiz', now: '2026-11-20T08:00:00Z' }
      const stored = { id, status: 'open', amountAtRisk: '1.00' } as never
      for (const assignee of ['c', 'a', 'b']) await bookAssignment(state.database, stored, { assignee }, doing)
      const events = await exceptionEvents(state.database, id)
      expect(events.map(({ said }) => said)).toEqual(['assigned to c', 'assigned to a', 'assigned to b'])
    })

    it('is not begun anew where runs have left files: it was lost, or lies elsewhere', async () => {
      const place = engine.newPlace()
      const folder = typeof place === 'string' ? place : place.folder
      mkdirSync(path.join(folder, 'archive', 'aa'), { recursive: true })
      mkdirSync(path.join(folder, 'reports', '20261120T080000Z-1111'), { recursive: true })
      await expect(openState(place)).rejects.toMatchObject({
        code: 'STATE-MISSING',
        message: expect.stringMatching(/ has reports of past runs$/),
      })
      await (await openState(place, { movedHere: true })).close()
      await (await openState(place)).close()
    })

    it('is not begun anew where the workspace knows one, nor copied', async () => {
      const place = engine.newPlace()
      const refused = { code: 'STATE-MISSING', message: expect.stringMatching(/ but known-stores knows one there$/) }
      await expect(openState(place, { known: 'known-stores' })).rejects.toMatchObject(refused)
      await expect(
        copyState(place, mkdtempSync(path.join(tmpdir(), 'matchbook-copy-')), 'known-stores'),
      ).rejects.toMatchObject(refused)
      await (await openState(place)).close()
      await (await openState(place, { known: 'known-stores' })).close()
    })

    it('has no table that a copy would leave out', async () => {
      const tables = await state.database.introspection.getTables()
      const there = tables.filter(({ schema }) => schema === undefined || tables[0]?.schema === schema)
      const names = new Set(there.map(({ name }) => name).filter((name) => !name.startsWith('kysely_')))
      const ofMachines = ['leases', 'moved', 'workers']
      expect([...names].sort()).toEqual([...tableNames, ...ofMachines].sort())
    })

    it('shows every text it holds', async () => {
      await recordFiles(state.database, [taken('canary-1'), taken('canary-2')], false)
      const found: string[] = []
      for await (const { table, column, row, text } of stateTexts(state.database))
        if (column === 'name') found.push(`${table} ${row} ${text}`)
      expect(found).toEqual(['files 1 canary-1', 'files 2 canary-2'])
    })
  })
})

const exception = {
  fingerprint: 'f',
  job: 'j',
  code: 'INV-PRICE',
  queue: 'q',
  severity: 'error',
  status: 'open',
  keys: '{}',
  message: 'm',
  amount_at_risk: '1.00',
  currency: 'USD',
  compared: '{}',
  tolerance: null,
  evidence: '[]',
  first_seen: '2026-11-20',
  last_seen: '2026-11-20',
  due_at: null,
  version: 1,
}

describe('the code of the stores', () => {
  const folder = path.join(import.meta.dirname, '..', '..', 'src', 'state')
  const shared = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !/^(sqlite|postgres)[\\/]/.test(name),
  )

  it.each(shared)('%s asks nothing that only one of the engines understands', (name) => {
    const code = readFileSync(path.join(folder, name), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
    const foreign =
      /\browid\b|\bpragma\b|\bjson_\w+|\bjsonb?\b(?=`)|strftime|julianday|insert or|\bglob\b|sqlite_|ifnull|group_concat|\bilike\b|::\w+|\bnow\(\)|better-sqlite3|from 'pg'/i
    expect(code.match(foreign)?.[0]).toBeUndefined()
  })
})
