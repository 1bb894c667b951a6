import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exportAudit } from '../../src/app/evidence/audit-chain.js'
import type { Reading } from '../../src/app/reading.js'
import { appendAudit, appendAudits, auditHead, verifyAudit } from '../../src/state/index.js'
import type { State } from '../../src/state/open-state.js'
import { onEachEngine } from './engines.js'

let folder: string
let state: State

const entry = (n: number) => ({
  at: `2026-11-2${n}T08:00:00Z`,
  actor: 'R. Ortiz (as ap@host)',
  action: 'exception decided',
  subject: `EX-00000${n}`,
  detail: { decision: 'short-pay', amount: `${n}00.00` },
})

onEachEngine((engine) => {
  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'matchbook-audit-'))
    state = await engine.open()
    await appendAudit(state.database, entry(1))
    await appendAudits(state.database, [2, 3, 4, 5, 6].map(entry))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  /** What somebody with a database browser does. */
  async function tamper(...statements: string[]): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(state.database)
  }
  const faultAfter = async (...statements: string[]) => {
    await tamper(...statements)
    return (await verifyAudit(state.database)).fault
  }

  describe('the audit chain', () => {
    it('is whole as it was written, one entry or several at a time', async () => {
      expect(await verifyAudit(state.database)).toMatchObject({ entries: 6, head: { sequence: 6 }, fault: null })
    })

    it.each(['at', 'actor', 'action', 'subject', 'detail'])('shows a changed entry: %s', async (column) => {
      expect(await faultAfter(`UPDATE audit SET ${column} = ${column} || 'x' WHERE sequence = 3`)).toEqual({
        sequence: 3,
        said: 'entry 3 was changed after it was written',
      })
    })

    it('shows a changed entry whose hash was made to fit', async () => {
      const later = `UPDATE audit SET hash = 'f' || substr(hash, 2) WHERE sequence = 3`
      expect(await faultAfter(later)).toMatchObject({ sequence: 3 })
    })

    it('shows entries removed from the middle or the beginning', async () => {
      expect(await faultAfter('DELETE FROM audit WHERE sequence = 4')).toEqual({
        sequence: 5,
        said: 'entry 5 follows entry 3: 1 are missing',
      })
      expect(await faultAfter('DELETE FROM audit WHERE sequence < 3')).toMatchObject({ sequence: 3 })
    })

    it('shows an entry put in between, and one put at the end', async () => {
      const forged = (sequence: number, previous: string) =>
        `INSERT INTO audit SELECT ${sequence}, at, actor, action, 'EX-999999', detail, ${previous}, 'forged' FROM audit WHERE sequence = 2`
      const shifted = [
        'UPDATE audit SET sequence = sequence + 100 WHERE sequence > 3',
        'UPDATE audit SET sequence = sequence - 99 WHERE sequence > 100',
      ]
      const between = forged(4, '(SELECT hash FROM audit WHERE sequence = 3)')
      expect(await faultAfter(...shifted, between)).toMatchObject({ sequence: 4 })
      expect(await faultAfter('DELETE FROM audit WHERE sequence = 4', forged(9, 'hash'))).not.toBeNull()
    })

    it('shows entries that changed places', async () => {
      const swap = [
        'UPDATE audit SET sequence = -2 WHERE sequence = 2',
        'UPDATE audit SET sequence = 2 WHERE sequence = 3',
        'UPDATE audit SET sequence = 3 WHERE sequence = -2',
      ]
      expect(await faultAfter(...swap)).toMatchObject({ sequence: 2, said: expect.stringContaining('does not follow') })
    })

    it('shows that its end was cut off, or all of it', async () => {
      expect(await faultAfter('DELETE FROM audit WHERE sequence > 4')).toEqual({
        sequence: 5,
        said: 'the chain ends at entry 4, its head says 6',
      })
      expect(await faultAfter('DELETE FROM audit')).toMatchObject({
        said: 'the chain ends at entry 0, its head says 6',
      })
    })

    it('shows by a head noted elsewhere that chain and head were cut together', async () => {
      const noted = await auditHead(state.database)
      expect((await verifyAudit(state.database, noted)).fault).toBeNull()
      await appendAudit(state.database, entry(7))
      expect((await verifyAudit(state.database, noted)).fault).toBeNull()
      await tamper(
        'DELETE FROM audit WHERE sequence > 4',
        'UPDATE audit_head SET sequence = 4, hash = (SELECT hash FROM audit WHERE sequence = 4)',
      )
      expect((await verifyAudit(state.database)).fault).toBeNull()
      expect((await verifyAudit(state.database, noted)).fault).toEqual({
        sequence: 6,
        said: 'entry 6 is not the one that was noted',
      })
    })

    it('is exported with its hashes, a line an entry, all or some days', async () => {
      const out = path.join(folder, 'audit.ndjson')
      const lines = () =>
        readFileSync(out, 'utf8')
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line))
      const all = await exportAudit({ state } as Reading, out, {})
      expect(all).toMatchObject({ entries: 6, head: { sequence: 6 } })
      expect(
        lines()
          .map(({ previous }) => previous)
          .slice(1),
      ).toEqual(
        lines()
          .map(({ hash }) => hash)
          .slice(0, -1),
      )
      expect(await exportAudit({ state } as Reading, out, { from: '2026-11-22', to: '2026-11-23' })).toMatchObject({
        entries: 2,
      })
      expect(lines().map(({ subject }) => subject)).toEqual(['EX-000002', 'EX-000003'])
    })
  })
})
