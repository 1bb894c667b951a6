import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import JSZip from 'jszip'
import { DateTime } from 'luxon'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type ExtractLayout, type ExtractRecord, writeExtract } from '../../src/simulate/extract-writer.js'
import { edit, smallNight, sql } from '../app/small-night.js'
import { invoices, type X12Workspace } from '../app/x12-workspace.js'
import { type Ended, matchbook } from './matchbook.js'

// A week of nights on a clock that is moved on: the daemon, the end of daylight saving time, files that come late, an ERP that is down for two
// nights, and a disk that is lost in the middle. What is there at the end is what an undisturbed week leaves.

/** Not by the program faketime, which stands between us and the process. */
const fakeTime = readdirSync('/usr/lib')
  .map((folder) => path.join('/usr/lib', folder, 'faketime', 'libfaketime.so.1'))
  .find((file) => existsSync(file))
const whyNot = fakeTime === undefined ? ' (not tested: apt-get install -y --no-install-recommends faketime)' : ''

/** Chicago sets its clocks back on the first of November. */
const week = ['10-29', '10-30', '10-31', '11-01', '11-02', '11-03', '11-04'].map((day) => `2026-${day}`)
const at = (day: string, time: string): string => `${day} ${time}`
const extracts = ['po-lines', 'receipts', 'vouchers'] as const
const layouts = Object.fromEntries(
  extracts.map((kind): [string, ExtractLayout] => {
    const file = path.join(import.meta.dirname, `../../templates/extracts/lawson-${kind}.yaml`)
    return [kind, parse(readFileSync(file, 'utf8'))]
  }),
)
const names = { 'po-lines': 'POLINE', receipts: 'PORECLINE', vouchers: 'MAINVDTL' }

/** Each day has a PO of two lines, of each of which one invoice is sent. */
const lines = week.flatMap((on, day) =>
  [1, 2].map((line) => ({
    day,
    on,
    line,
    po: `45000${17 + day}`,
    quantity: String(10 * line + day),
    invoice: `INV-${101 + day}-${line}`,
    // In cents, that of one box.
    price: 1250 + 10 * day,
  })),
)
type Line = (typeof lines)[number]
const money = ({ price, quantity }: Line): string => ((price * Number(quantity)) / 100).toFixed(2)
const place = ({ po, line }: Line) => ({
  company: '10',
  po_number: po,
  release: '',
  line_number: String(line),
  uom: 'BX',
})

const orders = lines.map(
  (line): ExtractRecord => ({
    rows: {
      po_line: [
        {
          ...place(line),
          supplier: '10432',
          item: '100234',
          vendor_item: `AB-${line.day}${line.line}`,
          quantity: line.quantity,
          unit_price: String(line.price / 100),
          status: 'open',
          matching: 'three-way',
          po_date: '2026-10-20',
        },
      ],
    },
  }),
)

/** Goods come with their invoice; those of the fifth day a day later, and one line of the sixth too short. */
const receipts = (today: number): ExtractRecord[] =>
  lines
    .filter(({ day }) => day <= today && !(day === 4 && today === 4))
    .map((line) => ({
      rows: {
        receipt_line: [
          {
            ...place(line),
            receipt_number: `R${line.day}${line.line}`,
            receipt_line: '1',
            quantity: line.day === 5 && line.line === 2 ? '3' : line.quantity,
            received_on: line.on,
          },
        ],
      },
    }))

/** On the last day the ERP shows what it took of the first four. */
const vouchers = (today: number): ExtractRecord[] =>
  lines
    .filter(({ day }) => today === 6 && day < 4)
    .map((line) => ({
      rows: {
        voucher_line: [
          {
            ...place(line),
            supplier: '10432',
            invoice_number: line.invoice,
            invoice_date: line.on,
            voucher_number: `V${line.day}${line.line}`,
            voucher_line: '1',
            quantity: line.quantity,
            unit_price: String(line.price / 100),
            amount: money(line),
            status: 'open',
          },
        ],
      },
    }))

const transaction = (line: Line) => ({
  set: '810',
  control: `000${line.line}`,
  segments: [
    ['BIG', line.on.replaceAll('-', ''), line.invoice, '20261020', line.po],
    ['N1', 'RE', 'MEDSUPPLY DISTRIBUTION', '1', '054321987'],
    ['IT1', String(line.line), line.quantity, 'BX', String(line.price / 100), '', 'VN', `AB-${line.day}${line.line}`],
    ['TDS', money(line).replace('.', '')],
    ['CTT', '1'],
  ],
})

class Week {
  private constructor(readonly workspace: X12Workspace) {}

  static async make(): Promise<Week> {
    const workspace = await smallNight()
    edit(workspace, 'matchbook.yaml', (yaml) => `${yaml}backup: { folder: backups }\n`)
    edit(workspace, 'jobs/receipt-to-invoice.yaml', (yaml) =>
      yaml.replace('matcher: three-way\n', (line) => `${line}schedule: { cron: "30 1 * * *" }\n`),
    )
    return new Week(workspace)
  }

  get erp(): string {
    return path.join(this.workspace.folder, 'drops', 'erp')
  }

  call(
    when: string,
    args: readonly string[],
    watch?: (line: string, kill: (signal: NodeJS.Signals) => void) => void,
  ): Promise<Ended> {
    const wanted = DateTime.fromFormat(when, 'yyyy-MM-dd HH:mm:ss', { zone: 'America/Chicago' }).toMillis()
    const offset = ((wanted - Date.now()) / 1000).toFixed(0)
    return matchbook(args, {
      cwd: this.workspace.folder,
      env: { LD_PRELOAD: fakeTime ?? '', FAKETIME: `${offset}`, DONT_FAKE_MONOTONIC: '1' },
      ...(watch === undefined ? {} : { watch }),
    })
  }

  /** A night as cron would call it: what is due is run. */
  async night(when: string): Promise<Ended> {
    return this.call(when, ['run', '--due'])
  }

  invoicesOf(day: number): void {
    const transactions = lines.filter((line) => line.day === day).map(transaction)
    const group = { functionalId: 'IN', sender: '054321987', receiver: '081123450', control: 101 + day, transactions }
    this.workspace.put(`${101 + day}.810`, invoices(101 + day, { groups: [group] }))
    this.#touch(path.join(this.workspace.drop, `${101 + day}.810`), day)
  }

  extractsOf(day: number, folder = this.erp): void {
    const records = { 'po-lines': orders, receipts: receipts(day), vouchers: vouchers(day) }
    for (const kind of extracts) {
      const layout = layouts[kind]
      if (layout === undefined) throw new Error(kind)
      const file = path.join(folder, 'lawson', 'extracts', `${names[kind]}_${week[day]}.txt`)
      mkdirSync(path.dirname(file), { recursive: true })
      writeFileSync(file, writeExtract(layout, records[kind], { newline: '\n', quoteAll: false }).bytes)
      this.#touch(file, day)
    }
  }

  #touch(file: string, day: number): void {
    const evening = new Date(`${week[day]}T05:00:00Z`)
    utimesSync(file, evening, evening)
  }

  /** What people and systems find at the end, without when and in how many files it came about. */
  async end(): Promise<unknown> {
    const asked = (text: string) => sql(this.workspace, text)
    const zips = readdirSync(path.join(this.erp, 'inbound')).sort()
    const loaded: string[] = []
    for (const name of zips) {
      const zip = await JSZip.loadAsync(readFileSync(path.join(this.erp, 'inbound', name)))
      const text = (await zip.file('ApInvoicesInterface.csv')?.async('string')) ?? ''
      loaded.push(...text.split('\n').flatMap((line) => line.split(',')[3] ?? []))
    }
    const last = asked('SELECT max(number) AS number FROM runs')[0]?.number
    return {
      loaded: loaded.sort(),
      sent: asked('SELECT invoice_id, amount FROM load_invoices ORDER BY invoice_id'),
      unsent: asked("SELECT status FROM outbox WHERE status <> 'sent'"),
      documents: asked('SELECT business_key, kind, state FROM documents ORDER BY business_key'),
      invoices: asked(
        `SELECT business_key, outcome, amount, codes FROM invoice_results JOIN documents ON documents.id = invoice_id
         WHERE run_id = (SELECT id FROM runs WHERE number = ${last}) ORDER BY business_key`,
      ),
      exceptions: asked(
        "SELECT fingerprint, code, amount_at_risk, message FROM exceptions WHERE status <> 'healed' ORDER BY fingerprint",
      ),
      bytes: asked('SELECT DISTINCT name, sha256 FROM files ORDER BY name'),
      open: asked("SELECT id FROM runs WHERE status = 'running'"),
    }
  }
}

describe.skipIf(fakeTime === undefined)(`a week of nights${whyNot}`, () => {
  let calm: Week
  let rough: Week
  beforeAll(async () => {
    calm = await Week.make()
    rough = await Week.make()
    for (const [day, date] of week.entries()) {
      calm.invoicesOf(day)
      calm.extractsOf(day)
      const { exit, stderr } = await calm.night(at(date, '01:31:00'))
      if (exit !== 0) throw new Error(`${date}: exit ${exit}: ${stderr}`)
    }
  })
  afterAll(() => {
    calm?.workspace.remove()
    rough?.workspace.remove()
  })

  it('begins with a daemon that wakes at the time of the job', async () => {
    rough.invoicesOf(0)
    rough.extractsOf(0)
    const { exit, stderr } = await rough.call(
      at(week[0] ?? '', '01:29:55'),
      ['schedule', 'start', '--log-format', 'ndjson'],
      (line, kill) => {
        if (JSON.parse(line).msg === 'a run ended') kill('SIGTERM')
      },
    )
    expect(exit, stderr).toBe(0)
    expect(sql(rough.workspace, 'SELECT as_of, status FROM runs')).toEqual([{ as_of: week[0], status: 'done' }])
  })

  it('goes on without files that come late, and without an ERP that is down', async () => {
    // The second night's invoices come a day late.
    rough.extractsOf(1)
    expect((await rough.night(at(week[1] ?? '', '01:31:00'))).exit).toBe(0)
    rough.invoicesOf(1)
    // The third and the fourth night there is no ERP; its extracts are made and lie where nobody gets them.
    const away = `${rough.erp}-down`
    renameSync(rough.erp, away)
    for (const day of [2, 3]) {
      rough.invoicesOf(day)
      rough.extractsOf(day, away)
      const { exit, stderr } = await rough.night(at(week[day] ?? '', '01:31:00'))
      expect([4, 7], stderr).toContain(exit)
    }
    // The clock is set back that night, and it is half past one again: the job has had its run of that day.
    const again = await rough.night('2026-11-01 02:31:00')
    expect(again.exit).toBe(0)
    expect(sql(rough.workspace, "SELECT count(*) AS runs FROM runs WHERE as_of = '2026-11-01'")).toEqual([{ runs: 1 }])
    rmSync(rough.erp, { recursive: true, force: true })
    renameSync(away, rough.erp)
  })

  it('is restored from the backup of the night before when the disk is lost', async () => {
    const { folder } = rough.workspace
    expect(
      (await rough.call(at(week[3] ?? '', '12:00:00'), ['backup', '--to', path.join(path.dirname(folder), 'backup')]))
        .exit,
    ).toBe(0)
    rough.invoicesOf(4)
    rough.extractsOf(4)
    expect((await rough.night(at(week[4] ?? '', '01:31:00'))).exit).toBe(0)
    // State and settings are gone; what lies at the partners is not.
    const drops = path.join(path.dirname(folder), 'drops')
    renameSync(path.join(folder, 'drops'), drops)
    rmSync(folder, { recursive: true })
    const restored = await matchbook(['restore', path.join(path.dirname(folder), 'backup'), folder], {
      cwd: path.dirname(folder),
    })
    expect(restored.exit, restored.stderr).toBe(0)
    rmSync(path.join(folder, 'drops'), { recursive: true, force: true })
    renameSync(drops, path.join(folder, 'drops'))
    // As docs/recovery.md says: what was moved at the source after the backup is put back by hand.
    const processed = path.join(rough.workspace.drop, '..', 'processed')
    for (const name of readdirSync(processed).filter((one) => one.includes('105')))
      renameSync(path.join(processed, name), path.join(rough.workspace.drop, '105.810'))
    expect((await rough.night(at(week[4] ?? '', '09:00:00'))).exit).toBe(0)
  })

  it('ends as the undisturbed week ended: each invoice loaded once, the same left for people', async () => {
    for (const day of [5, 6]) {
      rough.invoicesOf(day)
      rough.extractsOf(day)
      const { exit, stderr } = await rough.night(at(week[day] ?? '', '01:31:00'))
      expect(exit, stderr).toBe(0)
    }
    const end = await rough.end()
    expect(end).toEqual(await calm.end())
    expect(end).toMatchObject({ unsent: [], open: [] })
    expect((await matchbook(['audit', 'verify'], { cwd: rough.workspace.folder })).exit).toBe(0)
  })
})
