import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openReading } from '../../src/app/compose.js'
import { decideExceptions } from '../../src/app/deciding/decide-exceptions.js'
import { reopenExceptions } from '../../src/app/deciding/reopen-exceptions.js'
import { applyLoad } from '../../src/app/loads/apply-load.js'
import { approveLoad, rejectLoad } from '../../src/app/loads/approve-load.js'
import { type LoadListing, listLoads } from '../../src/app/loads/list-loads.js'
import { planByHand } from '../../src/app/loads/plan-by-hand.js'
import { revertLoad } from '../../src/app/loads/revert-load.js'
import { showLoad } from '../../src/app/loads/show-load.js'
import { verifyLoads } from '../../src/app/loads/verify-loads.js'
import { measure } from '../../src/app/metrics/measure.js'
import { silent } from '../../src/app/progress.js'
import type { Reading } from '../../src/app/reading.js'
import { trace } from '../../src/app/trace/trace.js'
import { againstPublished } from '../docs/as-published.js'
import { JobNight } from './job-night.js'

const root = path.join(import.meta.dirname, '..', '..')
const night = new JobNight('contract-price-sync')
afterAll(() => night.remove())

const options = () =>
  ({ workspace: night.folder, dryRun: false, progress: silent, logLevel: 'error', logFormat: 'ndjson' }) as const

async function read<T>(use: (reading: Reading) => Promise<T>): Promise<T> {
  const reading = await openReading(night.folder)
  try {
    return await use(reading)
  } finally {
    await reading.state.close()
  }
}

const loads = () => read(async (reading) => (await listLoads(reading, {})).loads)
const newest = async (): Promise<LoadListing> => {
  const [first] = await loads()
  if (first === undefined) throw new Error('no load')
  return first
}
const approve = (load: string, as = 'M. Chen') => approveLoad({ ...options(), load, reason: 'price list seen', as })
const revert = (load: string, as: string, withUnseen: boolean) =>
  revertLoad({ ...options(), load, reason: 'signed for next year only', as, withUnseen })
/** Takes back what was decided about the price in a load, and has somebody decide the same. */
async function decideAnew(load: string, as: string): Promise<void> {
  const { writes } = await read((reading) => showLoad(reading, load))
  const subjects = (writes ?? []).flatMap(({ decisions }) => decisions.map(({ exception }) => exception))
  const reopened = await reopenExceptions({ ...options(), subjects, note: 'looked at again', as })
  const decided = await decideExceptions({ ...options(), subjects, decision: 'accept-price', note: 'agreed', as })
  expect([...reopened.outcomes, ...decided.outcomes].map(({ outcome }) => outcome)).toEqual(['reopened', 'decided'])
}
const apply = (load: string) => applyLoad({ ...options(), load, as: 'M. Chen' })
const verify = (load?: string) => read((reading) => verifyLoads(reading, load))

/** The contract in the ERP. */
const contract = (day: string, price: string): void =>
  night.put(`erp/lawson/extracts/POVAGRMTLN_${day}.txt`, [
    'VEN_AGRMT_REF|VENDOR|ITEM|VEN_ITEM|UOM|CURR_NET_CST|EFFECTIVE_DT|EXPIRE_DT|PRIORITY|HOLD_FLAG',
    `C1|10432|1001|MS-100|BX|${price}|01/01/2026|12/31/2026|1|N`,
    `TRL|1|${price}`,
  ])

/** Names what the ERP says of loads, and wants each approved. */
function underControl(): void {
  const file = path.join(night.folder, 'jobs', 'contract-price-sync.yaml')
  const yaml = readFileSync(file, 'utf8')
  const results =
    'inputs:\n  load-results:\n    kind: load-results\n    contract: load-results\n    from:\n      - { endpoint: erp, folder: results, include: ["*.csv"], stable-seconds: 0 }\n'
  const approval = 'template: contract-prices\n    approval: { over: "1000.00" }'
  writeFileSync(file, yaml.replace('inputs:\n', results).replace('template: contract-prices', approval))
  const extract = path.join(night.folder, 'templates', 'extracts', 'load-results.yaml')
  writeFileSync(
    extract,
    readFileSync(path.join(root, 'templates', 'extracts', 'load-results.yaml'), 'utf8')
      .replace('{ name: STATUS', '{ name: ITEM, kind: text }\n  - { name: STATUS')
      .replace('      reference: REFERENCE\n', '      reference: REFERENCE\n      reference_2: ITEM\n'),
  )
}

describe('a price that people accept, on its way to the ERP under people’s control', () => {
  let first: LoadListing
  let second: LoadListing

  beforeAll(async () => {
    await night.make()
    underControl()
    contract('0310', '12.00')
    night.put('erp/lawson/extracts/POLINE_0310.txt', [
      'COMPANY|PO_NUMBER|PO_RELEASE|LINE_NBR|VENDOR|ITEM|VEN_ITEM|MANUF_NBR|GTIN|NDC|HIBC|DESCRIPTION|QUANTITY|CXL_QTY|ENT_BUY_UOM|EBUY_UOM_MULT|ENT_UNIT_CST|PRICE_BASIS|CLOSED_FL|MATCHING|LOCATION|REQ_LOCATION|PURCH_MAJCL|ACCT_UNIT|PO_DATE|TERM_CODE|TAX_EXEMPT_FL|FREIGHT_CAP|BILL_ONLY_FL|CURRENCY_CODE',
      'TRL|0|0',
    ])
    night.put('erp/peoplesoft/extracts/CNTRCT_LINE_0310.csv', ['TRAILER,0,0'])
    night.put('erp/peoplesoft/extracts/PO_LINE_DISTRIB_0310.csv', ['TRAILER,0,0'])
    night.put('suppliers/medsupply/outbound/m1.832', [
      'ISA*00*          *00*          *01*054321987      *01*081123450      *260310*2130*U*00401*000000001*0*P*>~',
      'GS*SC*054321987*081123450*20260310*2130*1*X*004010~',
      'ST*832*0001~BCT*PC*MS~DTM*007*20260401~LIN*1*VP*MS100~CTP**CON*12.60*1*BX~CTT*1~SE*7*0001~GE*1*1~IEA*1*000000001~',
    ])
    await night.run('2026-03-10')
    await night.decide('PRICE-CONTRACT', 'accept-price')
  })

  it('is shown before anything is written, old and new, with who accepted it', async () => {
    const plan = await planByHand({ ...options(), job: night.job, asOf: '2026-03-10', output: undefined })
    expect(againstPublished('loads:plan', plan)).toEqual([])
    expect(plan.loads).toMatchObject([{ status: 'waiting', new: 0, changed: 1, unchanged: 0 }])
    const [row] = plan.loads[0]?.writes ?? []
    expect(row?.changes).toContainEqual({ column: 'PRICE', old: '12.000000', new: '12.600000' })
    expect(row?.decisions).toMatchObject([{ code: 'PRICE-CONTRACT', decision: 'accept-price', decidedBy: 'R. Ortiz' }])
    expect(await loads()).toEqual([])
  })

  it('waits, since its rows say no money and nobody can tell it is under the limit', async () => {
    const summary = await night.run('2026-03-10')
    expect(summary.loads).toMatchObject([{ status: 'waiting' }])
    first = await newest()
    expect(first.approval).toContain('say no money')
    expect(await night.run('2026-03-10')).toMatchObject({ loads: [], loadsWaiting: [{ id: first.id }] })
    const samples = await read(measure)
    expect(samples).toContainEqual({
      metric: 'matchbook_loads_waiting',
      labels: { job: night.job, status: 'waiting' },
      value: '1',
    })
    await expect(approve(first.id, 'r. ortiz')).rejects.toMatchObject({ code: 'APPROVER-DECIDED' })
    await expect(apply(first.id)).rejects.toMatchObject({ code: 'LOAD-NOT-APPROVED' })
  })

  it('is not approved by whoever made its decision anew after it was planned', async () => {
    await decideAnew(first.id, 'M. Chen')
    await expect(approve(first.id, 'M. Chen')).rejects.toMatchObject({ code: 'LOAD-OUTDATED' })
    await decideAnew(first.id, 'R. Ortiz')
  })

  it('is superseded when a later night would write it otherwise, and its approval with it', async () => {
    const approved = await approve(first.id)
    expect(againstPublished('loads:approve', approved)).toEqual([])
    expect(approved.load).toMatchObject({ status: 'approved', approvedBy: 'M. Chen' })
    contract('0311', '12.10')
    // Somebody has changed the price in the ERP meanwhile: that is another question.
    const summary = await night.run('2026-03-11')
    expect(summary.loadsWaiting).toEqual([])
    expect((await loads()).map(({ status }) => status)).toEqual(['superseded'])
    await expect(apply(first.id)).rejects.toMatchObject({ code: 'LOAD-STATE' })
    await night.decide('OWN-VIOLATION', 'reject-change')
    await night.run('2026-03-11')
    second = await newest()
    expect(second.id).not.toBe(first.id)
  })

  it('comes again in a load of its own when one is rejected', async () => {
    await rejectLoad({ ...options(), load: second.id, reason: 'ask the buyer first', as: 'M. Chen' })
    await night.run('2026-03-11')
    const again = await newest()
    expect(again).toMatchObject({ status: 'waiting', lines: 1 })
    expect((await loads()).map(({ status }) => status).sort()).toEqual(['rejected', 'superseded', 'waiting'])
    second = again
  })

  it('that the ERP refuses is for the queue, in red where nothing was taken, and goes again when it is mended', async () => {
    await approve(second.id)
    expect(await apply(second.id)).toMatchObject({ exit: 0, load: { status: 'sent' } })
    const again = await apply(second.id)
    expect(againstPublished('loads:apply', again)).toEqual([])
    expect(again).toMatchObject({ exit: 0, done: false })
    expect(night.files('erp/inbound')).toHaveLength(1)
    // Somebody cannot wait for the next extract; their credit must not go out once the ERP says that it took nothing.
    const { load: hasty } = await revert(second.id, 'K. Patel', true)
    night.put('erp/results/import.csv', [
      'LOAD,REFERENCE,ITEM,STATUS,REASON_CODE,REASON,ERP_NUMBER',
      `${second.id},C1,1001,REJECTED,CONTRACT LOCKED,the contract is being renewed,`,
    ])
    await night.run('2026-03-12')
    const [refusal] = (await night.exceptions()).filter(({ code }) => code === 'LOAD-REJECTED')
    expect(refusal).toMatchObject({ keys: { load: second.id, identifier: 'CONTRACT LOCKED' }, queue: 'integration' })
    expect(refusal?.message).toContain('The ERP took NOTHING of load')
    expect(refusal?.evidence).toMatchObject([{ file: 'import.csv', record: 1 }])
    expect(await verify()).toMatchObject({
      exit: 3,
      loads: [
        { verdict: 'nothing-loaded', rejectedRows: [{ said: 'CONTRACT LOCKED: the contract is being renewed' }] },
      ],
    })
    expect(againstPublished('loads:verify', await verify())).toEqual([])
    expect(againstPublished('loads:show', await read((reading) => showLoad(reading, second.id)))).toEqual([])
    expect(againstPublished('loads:list', await read((reading) => listLoads(reading, {})))).toEqual([])
    await expect(approve(hasty.id)).rejects.toMatchObject({
      code: 'LOAD-OUTDATED',
      message: expect.stringContaining('the ERP refused it since'),
      hint: expect.stringContaining(`loads reject ${hasty.id}`),
    })
    await rejectLoad({ ...options(), load: hasty.id, reason: 'the ERP has nothing of it', as: 'M. Chen' })
    await night.decide('LOAD-REJECTED', 'correct')
    const summary = await night.run('2026-03-12')
    expect(summary.loads).toMatchObject([{ status: 'waiting', lines: 1 }])
    expect((await night.exceptions()).map(({ code }) => code)).not.toContain('LOAD-REJECTED')
    expect(await verify(second.id)).toMatchObject({ exit: 0, loads: [{ verdict: 'given-back' }] })
    second = await newest()
  })

  it('is seen in the next extract, and put back to what it was when it is taken back', async () => {
    await approve(second.id)
    await apply(second.id)
    contract('0313', '12.60')
    await night.run('2026-03-13')
    expect(await verify(second.id)).toMatchObject({ exit: 0, loads: [{ verdict: 'loaded', loaded: 1 }] })

    const { load: back } = await revert(second.id, 'M. Chen', false)
    const { writes } = await read((reading) => showLoad(reading, back.id))
    expect(writes).toMatchObject([{ changes: [{ column: 'PRICE', old: '12.600000', new: '12.100000' }] }])
    await expect(approve(back.id, 'M. Chen')).rejects.toMatchObject({ code: 'APPROVER-DECIDED' })
    await approve(back.id, 'K. Patel')
    await apply(back.id)
    contract('0314', '12.10')
    // The rules ask for it again, and what was taken back is not sent again by itself.
    expect(await night.run('2026-03-14')).toMatchObject({ loads: [], loadsWaiting: [] })
    expect(await verify(back.id)).toMatchObject({ exit: 0, loads: [{ verdict: 'loaded' }] })
    expect(night.files('erp/inbound')).toHaveLength(3)
  })

  it('is told from the row to its reversal when the item is traced', async () => {
    const request = { subject: 'item', number: '1001', limit: 500, bytes: false } as const
    const { entries } = await read((reading) => trace(reading, request))
    const said = entries.map(({ said: text }) => text).join('\n')
    expect(said).toContain(`load ${second.id} approved by M. Chen: price list seen`)
    expect(said).toContain('the ERP says rejected of C1 1001')
    expect(said).toMatch(/takes load .* back, asked for by M\. Chen/)
  })
})
