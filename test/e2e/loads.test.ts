import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import JSZip from 'jszip'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportOutcome } from '../../src/app/deciding/import-by-hand.js'
import type { ExceptionList } from '../../src/app/exceptions/list-exceptions.js'
import type { ApplyOutcome } from '../../src/app/loads/apply-load.js'
import type { LoadOutcome } from '../../src/app/loads/approve-load.js'
import type { LoadListing } from '../../src/app/loads/list-loads.js'
import type { LoadsPlan } from '../../src/app/loads/plan-by-hand.js'
import type { LoadDetail } from '../../src/app/loads/show-load.js'
import type { Verification } from '../../src/app/loads/verify-loads.js'
import type { RunOutcome } from '../../src/app/run-jobs.js'
import type { Timeline } from '../../src/app/trace/timeline.js'
import { add, decimal } from '../../src/canonical/index.js'
import { simulateNextNight } from '../../src/simulate/index.js'
import { Edited } from '../app/decided-workbook.js'
import { LibreOffice } from '../outputs/report/libreoffice.js'
import type { Found } from './expected.js'
import { inbound } from './finished-night.js'
import { matchbook, matchbookJson } from './matchbook.js'
import { asOf, type NightWorkspace, nightWorkspace } from './night-workspace.js'

const seed = 17
const office = new LibreOffice()
let night: NightWorkspace
let first: RunOutcome['runs'][number] | undefined

const json = async <T>(...args: string[]) => matchbookJson<T>(args, { cwd: night.folder })
const run = async (date = asOf) => (await json<RunOutcome>('run', '--all', '--as-of', date)).json.runs[0]
const loads = async () => (await json<{ loads: LoadListing[] }>('loads', 'list')).json.loads
const exceptions = async (...flags: string[]): Promise<readonly Found[]> =>
  (await json<ExceptionList>('exceptions', 'list', ...flags)).json.exceptions
const refused = async (...args: string[]) => {
  const { exit, json: said } = await json<{ error?: { code: string } }>(...args)
  return { exit, code: said.error?.code }
}

/** Asks the job's load to be approved, and has it read what the ERP says of loads. */
function underControl(): void {
  const file = path.join(night.folder, 'jobs', 'receipt-to-invoice.yaml')
  const yaml = readFileSync(file, 'utf8')
  const at = yaml.indexOf('    values:', yaml.indexOf('\nloads:'))
  const approval = '    approval: required\n    approvers: ["M. Chen", "R. Ortiz"]\n'
  const endpoint = /endpoint: (\S+)/.exec(yaml.slice(yaml.indexOf('\nloads:')))?.[1] ?? ''
  const results = `  load-results:\n    kind: load-results\n    contract: load-results\n    from:\n      - { endpoint: ${endpoint}, folder: erp/results, include: ["*.csv"], stable-seconds: 0 }\n`
  const controlled = yaml.slice(0, at) + approval + yaml.slice(at)
  writeFileSync(file, controlled.replace('\ninputs:\n', `\ninputs:\n${results}`))
  mkdirSync(path.join(night.server.root, 'erp', 'results'), { recursive: true })
}

const result = (name: string, lines: readonly string[]): void =>
  writeFileSync(
    path.join(night.server.root, 'erp', 'results', name),
    `${['LOAD,REFERENCE,STATUS,REASON_CODE,REASON,ERP_NUMBER', ...lines].join('\n')}\n`,
  )

/** Adds to the newest vouchers of the ERP what it booked of an invoice, and to their trailer. */
function vouch(company: string | undefined, supplier: string, invoice: string, amount: string): void {
  const isLawson = company === '10'
  const folder = path.join(night.server.root, 'erp', isLawson ? 'lawson' : 'peoplesoft', 'extracts')
  const names = readdirSync(folder).filter((one) => one.startsWith(isLawson ? 'MAINVDTL' : 'VOUCHER_LINE'))
  const file = path.join(folder, names.sort().at(-1) ?? '')
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  const [marker, records = '', sum = ''] = (lines.pop() ?? '').replaceAll('"', '').split(isLawson ? '|' : ',')
  const number = `9${lines.length}`
  const quoted = (cells: readonly unknown[]) =>
    isLawson ? cells.join('|') : cells.map((cell) => `"${cell}"`).join(',')
  lines.push(
    isLawson
      ? `${company}|${supplier}|${invoice}|11/20/2026|${number}|1||||||||${amount}|0`
      : quoted([company, number, '1', supplier, invoice, '2026-11-20', '', '', '', '', '', '', amount, 'O']),
    quoted([marker, Number(records) + 1, add(decimal(sum.trim()), decimal(amount))]),
  )
  writeFileSync(file, `${lines.join('\n')}\n`)
}

beforeAll(async () => {
  night = await nightWorkspace(seed)
  underControl()
  first = await run()
}, 180_000)
afterAll(async () => {
  await office.close()
  await night?.stop()
})

describe('a load under people’s control, from a workbook decided in LibreOffice to the voucher', {
  timeout: 180_000,
}, () => {
  let paid: Found
  let disputed: Found
  let load: LoadListing
  let reversal: LoadListing

  it('waits with the night over, and says for whom', async () => {
    expect(first?.loads).toMatchObject([{ status: 'waiting', approval: 'every load of its kind is approved' }])
    expect(first?.loadsWaiting).toMatchObject([{ waitsFor: 'approval by M. Chen or R. Ortiz' }])
    expect(Object.keys(inbound(night.server))).toEqual([])
    const { stdout } = await matchbook(['status'], { cwd: night.folder })
    expect(stdout).toContain('approval by M. Chen or R. Ortiz')
    expect((await matchbook(['loads', 'apply', first?.loads[0]?.id ?? ''], { cwd: night.folder })).exit).toBe(8)
  })

  it('stays as it is while what was decided in the workbook goes into a load of its own', async () => {
    const open = await exceptions('--code', 'INV-PRICE')
    const others = (await exceptions()).filter(({ code }) => code !== 'INV-PRICE' && code !== 'INV-TERMS')
    const alone = open.filter(({ keys }) => !others.some((other) => other.keys.invoice === keys.invoice))
    const [one, two] = alone.filter(
      ({ keys }) => open.filter((other) => other.keys.invoice === keys.invoice).length === 1,
    )
    if (one === undefined || two === undefined)
      throw new Error('the night has no two invoices held by their price alone')
    paid = one
    disputed = two
    const workbook = await Edited.open(first?.workbook ?? '')
    const note = 'PO price confirmed by the buyer'
    const decided = { 'Decided by': 'R. Ortiz', Note: note }
    workbook.fill('Contracts', 'Exception', paid.id, { ...decided, Decision: 'short-pay' })
    workbook.fill('Contracts', 'Exception', disputed.id, { ...decided, Decision: 'dispute' })
    const given = await workbook.save(path.join(night.folder, 'given back.xlsx'))
    const saved = await office.convert(await office.convert(given, 'ods'), 'xlsx')
    const bring = () => json<ImportOutcome>('exceptions', 'import', saved, '--as', 'Importer')
    expect(await bring()).toMatchObject({ exit: 0, json: { counts: { decided: 2 } } })
    expect((await bring()).json).toMatchObject({ repeated: true })

    const file = path.join(night.folder, 'plan.csv')
    const { json: plan } = await json<LoadsPlan>(
      'loads',
      'plan',
      'receipt-to-invoice',
      '--as-of',
      asOf,
      '--output',
      file,
    )
    const planned = plan.loads.flatMap(({ writes }) => writes ?? [])
    const row = planned.find(({ about }) => about === `invoice ${paid.keys.invoice}`)
    expect(row).toMatchObject({ change: 'new', decisions: [{ decision: 'short-pay', decidedBy: 'R. Ortiz', note }] })
    expect(readFileSync(file, 'utf8')).toContain(`short-pay by R. Ortiz (INV-PRICE ${paid.id}): ${note}`)
    expect(await loads()).toMatchObject([{ status: 'waiting' }])

    const second = await run()
    const all = await loads()
    // What waited is as it was: the decided invoice goes in a load of its own.
    expect(all.map(({ status }) => status)).toEqual(['waiting', 'waiting'])
    const own = all.find(({ id }) => id === second?.loads[0]?.id)
    expect(own).toMatchObject({ invoices: 1, reverses: null })
    expect(second?.invoices?.released?.count).toBe(1)
    expect(readFileSync(second?.holdList ?? '', 'utf8')).toContain(`dispute by R. Ortiz: ${note}`)
    if (own === undefined) throw new Error('no load')
    load = own
  })

  it('is approved by a second person alone, of these very bytes', async () => {
    const approve = (...flags: string[]) => ['loads', 'approve', load.id, '--reason', 'agrees', ...flags]
    expect(await refused(...approve('--as', 'r. ortiz'))).toEqual({ exit: 8, code: 'APPROVER-DECIDED' })
    expect(await refused(...approve('--as', 'A. Nother'))).toEqual({ exit: 8, code: 'APPROVER-NOT-NAMED' })
    expect(await refused(...approve('--as', 'M. Chen', '--sha256', 'ab'.repeat(32)))).toEqual({
      exit: 8,
      code: 'LOAD-CHANGED',
    })
    expect((await json<LoadOutcome>(...approve('--as', 'M. Chen', '--sha256', load.sha256))).json).toMatchObject({
      done: true,
      load: { status: 'approved', approvedBy: 'M. Chen' },
    })
    const built = path.join(night.folder, 'state', 'loads', load.file)
    const bytes = readFileSync(built)
    writeFileSync(built, Buffer.concat([bytes, Buffer.from(' ')]))
    expect(await refused('loads', 'apply', load.id)).toEqual({ exit: 8, code: 'LOAD-CHANGED' })
    writeFileSync(built, bytes)
  })

  it('is applied once, however often', async () => {
    const applied = await json<ApplyOutcome>('loads', 'apply', load.id)
    expect(applied).toMatchObject({ exit: 0, json: { done: true, load: { status: 'sent' } } })
    expect(Object.keys(inbound(night.server))).toEqual([load.file])
    expect((await json<ApplyOutcome>('loads', 'apply', load.id)).json).toMatchObject({ done: false })
    expect((await json<Verification>('loads', 'verify', load.id)).json.loads).toMatchObject([{ verdict: 'awaited' }])
    const waiting = (await loads()).find(({ status }) => status === 'waiting')?.id ?? ''
    const others = ['loads', 'approve', waiting, '--reason', 'totals agree', '--as', 'm. chen']
    expect((await json<LoadOutcome>(...others)).exit).toBe(0)
    expect((await json<ApplyOutcome>('loads', 'apply', waiting)).exit).toBe(0)
  })

  it('is taken back by credits that another person approves', async () => {
    const revert = ['loads', 'revert', load.id, '--reason', 'paid by card already', '--as', 'M. Chen']
    expect(await refused(...revert)).toEqual({ exit: 8, code: 'LOAD-NOT-REVERSIBLE' })
    const { json: planned } = await json<LoadOutcome>(...revert, '--with-unseen')
    reversal = planned.load
    expect(planned.load).toMatchObject({ status: 'waiting', reverses: load.id, requestedBy: 'M. Chen' })
    expect(planned.load.amount).toBe(`-${load.amount}`)
    expect(await refused(...revert)).toEqual({ exit: 8, code: 'LOAD-STATE' })
    const approve = ['loads', 'approve', planned.load.id, '--reason', 'so it is', '--as']
    expect(await refused(...approve, 'M. Chen')).toEqual({ exit: 8, code: 'APPROVER-DECIDED' })
    expect((await json<LoadOutcome>(...approve, 'R. Ortiz')).exit).toBe(0)
    expect((await json<ApplyOutcome>('loads', 'apply', planned.load.id)).exit).toBe(0)
    const zip = await JSZip.loadAsync(readFileSync(path.join(night.server.root, 'erp', 'inbound', planned.load.file)))
    const header = (await zip.file('ApInvoicesInterface.csv')?.async('string')) ?? ''
    expect(header).toContain(`${paid.keys.invoice}-R,-`)
    expect(header).toContain(',CREDIT,')
  })

  it('is read back from the ERP’s result file and the next extract, and what was refused is for the queue', async () => {
    const big = (await loads()).find(({ id, reverses }) => id !== load.id && reverses === null)
    const { json: shown } = await json<LoadDetail>('loads', 'show', big?.id ?? '')
    const victim = shown.writes?.find(({ about, decisions }) => about.startsWith('invoice ') && decisions.length === 0)
    const zip = await JSZip.loadAsync(readFileSync(path.join(night.server.root, 'erp', 'inbound', big?.file ?? '')))
    expect(await zip.file('ApInvoicesInterface.csv')?.async('string')).toContain(victim?.values.INVOICE_ID)
    result('ap-import.csv', [
      `${big?.id},${victim?.values.INVOICE_ID},REJECTED,INVALID SUPPLIER SITE,no site pays by this method,`,
      `${big?.id},4711,REJECTED,WHO,,`,
    ])
    const next = await simulateNextNight({ seed, asOf, folder: night.server.root })
    const supplier = paid.keys.supplier ?? ''
    vouch(paid.keys.company, supplier, paid.keys.invoice ?? '', load.amount)
    vouch(paid.keys.company, supplier, `${paid.keys.invoice}-R`, reversal.amount)
    const summary = await run(next.asOf)
    expect(summary?.invoices?.confirmed).toBe((big?.invoices ?? 0) + 1)
    expect((await exceptions('--code', 'DATA-REFERENCE')).length).toBe(1)
    // The simulated ERP took the invoice all the same: what the vouchers show is what counts.
    const { exit, json: verified } = await json<Verification>('loads', 'verify')
    expect({ exit, loads: verified.loads }).toEqual({ exit: 0, loads: [] })
  })

  it('can be traced from what was billed to the voucher, with who decided, approved and applied it', async () => {
    const { json: timeline } = await json<Timeline>('trace', 'invoice', paid.keys.invoice ?? '')
    const said = timeline.entries.map((entry) => `${entry.stage}: ${entry.said}`).join('\n')
    expect([...new Set(timeline.entries.map(({ stage }) => stage))]).toEqual(
      expect.arrayContaining(['document', 'file', 'match', 'exception', 'decision', 'load', 'delivery', 'voucher']),
    )
    expect(said).toMatch(/approved.*M\. Chen: agrees/)
    expect(said).toContain(`load ${load.id} applied`)
    expect(said).toContain(`load ${reversal.id} takes load ${load.id} back, asked for by M. Chen`)
    expect(said).toMatch(/the ERP says loaded of .*-R in load/)
    expect((await matchbook(['audit', 'verify'], { cwd: night.folder })).stdout).toContain('The audit chain is whole')
  })
})
