import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { JobNight } from '../app/job-night.js'
import { matchbook } from '../e2e/matchbook.js'
import { restore } from '../e2e/night-workspace.js'
import { failing, oneThread, type SystemCall, whyNoStrace } from './strace.js'

const why = whyNoStrace()
const night = new JobNight('gl-posting')
const kept = `${night.folder}-kept`
let load = ''

/** All that a load may leave in the store, the audit chain and at the ERP, without instants. */
function left(): unknown {
  const database = new Database(path.join(night.folder, 'state', 'matchbook.db'))
  try {
    const all = (sql: string) => database.prepare(sql).all()
    const inbound = path.join(night.folder, 'drops', 'erp', 'inbound')
    return {
      loads: all('SELECT id, status, sha256 FROM loads'),
      outbox: all('SELECT load_id, status FROM outbox'),
      events: all('SELECT event FROM load_events ORDER BY id'),
      audit: all("SELECT action, count(*) AS times FROM audit WHERE action = 'load applied' GROUP BY action"),
      pushes: all("SELECT count(*) AS times FROM audit WHERE action IN ('pushed', 'found already there')"),
      inbound: readdirSync(inbound).map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(path.join(inbound, name)))
          .digest('hex'),
      ]),
      database: all('PRAGMA integrity_check'),
    }
  } finally {
    database.close()
  }
}

const apply = (under: readonly string[] = []) =>
  matchbook(['loads', 'apply', load, '--as', 'M. Chen'], { cwd: night.folder, under, env: oneThread })

describe.skipIf(why !== undefined)(
  `an approved load, killed while it is applied${why === undefined ? '' : ` (${why})`}`,
  () => {
    let undisturbed: unknown

    beforeAll(async () => {
      await night.make()
      const job = path.join(night.folder, 'jobs', 'gl-posting.yaml')
      const yaml = readFileSync(job, 'utf8')
      writeFileSync(job, yaml.replace('template: oracle-fusion-gl-journals', '$&\n    approval: required'))
      execFileSync('mkdir', ['-p', night.path('erp/inbound')])
      night.put('erp/journals/journals-1.csv', [
        'COMPANY,SOURCE,NUMBER,JOURNAL,LINE,COST_CENTER,ACCOUNT,PERIOD,POSTING_DATE,DEBIT,CREDIT,DESCRIPTION',
        '10,IC,1,IC0001,1,7001,6100,2026-03,2026-03-09,40.00,,Issues',
        '10,IC,1,IC0001,2,7001,2100,2026-03,2026-03-09,,40.00,Issues',
        'TRAILER,2,40.00,40.00',
      ])
      night.put('erp/lawson/extracts/GLTRANS_1.txt', [
        'COMPANY|SOURCE_CODE|REFERENCE|JE_SEQUENCE|ACCT_UNIT|ACCOUNT|FISCAL_PERIOD|TRAN_AMOUNT|STATUS|JRNL_BOOK_NBR',
        'TRL|0|0.00',
      ])
      night.put('erp/peoplesoft/extracts/JRNL_LN_1.csv', ['TRAILER,0,0'])
      load = (await night.run('2026-03-10')).loads[0]?.id ?? ''
      const approved = ['loads', 'approve', load, '--reason', 'seen', '--as', 'M. Chen']
      expect((await matchbook(approved, { cwd: night.folder })).exit).toBe(0)
      restore(night.folder, kept)
      expect((await apply()).exit).toBe(0)
      undisturbed = left()
    }, 120_000)
    afterAll(() => night.remove())

    it('has an undisturbed end to compare with', () => {
      expect(undisturbed).toMatchObject({
        loads: [{ status: 'sent' }],
        outbox: [{ status: 'sent' }],
        pushes: [{ times: 1 }],
      })
    })

    // The first writes book the configuration and the load; the later ones what was sent.
    it.each<[SystemCall, number]>([
      ['pwrite64', 2],
      ['pwrite64', 20],
      ['pwrite64', 40],
      ['rename', 1],
      ['fsync', 1],
    ])(
      'at %s number %i, and applied again: sent once, booked once',
      async (call, n) => {
        restore(kept, night.folder)
        expect((await apply(failing(call, 'signal=KILL', n))).signal).toBe('SIGKILL')
        const again = await apply()
        expect({ exit: again.exit, said: again.stderr }).toEqual({ exit: 0, said: '' })
        expect(left()).toEqual(undisturbed)
      },
      60_000,
    )
  },
)
