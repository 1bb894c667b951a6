import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import type { ExceptionList } from '../../src/app/exceptions/list-exceptions.js'
import type { RunOutcome } from '../../src/app/run-jobs.js'
import type { ExtractContract } from '../../src/config/extract-contract.js'
import { compared } from './expected.js'
import { matchbookJson } from './matchbook.js'
import { asOf, type NightWorkspace, nightWorkspace } from './night-workspace.js'

type Values = Readonly<Record<string, string>>

let night: NightWorkspace
beforeAll(async () => {
  night = await nightWorkspace()
  const extracts = path.join(night.server.root, 'erp', 'lawson', 'extracts')
  rewrite(extracts, /^PORECLINE_/, asJson)
  rewrite(extracts, /^MAINVDTL_/, asXml)
  rename('lawson-receipts', { kind: 'json', records: 'receipts/lines' }, (name) =>
    headOfReceipt.includes(name) ? `../${name}` : name,
  )
  rename('lawson-vouchers', { kind: 'xml', records: 'Vouchers/Voucher/Line' }, (name) =>
    headOfVoucher.includes(name) ? `../@${name}` : name,
  )
}, 120_000)
afterAll(() => night?.stop())

const headOfReceipt = ['COMPANY', 'REC_NUMBER', 'REC_DATE']
const headOfVoucher = ['COMPANY', 'VENDOR', 'INVOICE', 'INVOICE_DATE', 'VOUCHER_NBR', 'REC_STATUS']

/** The ERP's files of one kind in another form, as old as they were. */
function rewrite(folder: string, name: RegExp, written: (records: readonly Values[]) => string): void {
  const files = readdirSync(folder).filter((file) => name.test(file))
  expect(files.length).toBeGreaterThan(0)
  for (const file of files) {
    const place = path.join(folder, file)
    const { atime, mtime } = statSync(place)
    const [head = '', ...lines] = readFileSync(place, 'utf8').trimEnd().split('\n').slice(0, -1)
    const names = head.split('|')
    const records = lines.map((line) => Object.fromEntries(line.split('|').map((value, n) => [names[n] ?? '', value])))
    writeFileSync(place, written(records))
    utimesSync(place, atime, mtime)
  }
}

/** Records that follow one another with the same head. */
function groups(records: readonly Values[], head: readonly string[]): Values[][] {
  const found: Values[][] = []
  for (const record of records) {
    const last = found.at(-1)
    if (last !== undefined && head.every((name) => last[0]?.[name] === record[name])) last.push(record)
    else found.push([record])
  }
  return found
}

const part = (record: Values = {}, head: readonly string[], of: boolean) =>
  Object.entries(record).filter(([name, value]) => head.includes(name) === of && value !== '')

/** Numbers as numbers, where JSON has the same: 0001 and 5- stay texts. */
const jsonValue = (value: string): string => (/^(0|[1-9]\d*)(\.\d+)?$/.test(value) ? value : JSON.stringify(value))
const jsonFields = (fields: readonly (readonly [string, string])[]): string[] =>
  fields.map(([name, value]) => `"${name}": ${jsonValue(value)}`)

function asJson(records: readonly Values[]): string {
  const receipts = groups(records, headOfReceipt).map((lines) => {
    const items = lines.map((line) => `    { ${jsonFields(part(line, headOfReceipt, false)).join(', ')} }`)
    return `  { ${jsonFields(part(lines[0], headOfReceipt, true)).join(', ')}, "lines": [\n${items.join(',\n')} ] }`
  })
  return `{ "receipts": [\n${receipts.join(',\n')} ] }\n`
}

const escaped = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

function asXml(records: readonly Values[]): string {
  const vouchers = groups(records, headOfVoucher).map((lines) => {
    const head = part(lines[0], headOfVoucher, true).map(([name, value]) => ` erp:${name}="${escaped(value)}"`)
    const items = lines.map(
      (line) =>
        `  <erp:Line>${part(line, headOfVoucher, false)
          .map(([name, value]) => `<erp:${name}>${escaped(value)}</erp:${name}>`)
          .join('')}</erp:Line>`,
    )
    return `<erp:Voucher${head.join('')}>\n${items.join('\n')}\n</erp:Voucher>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<erp:Vouchers xmlns:erp="urn:example:erp">\n${vouchers.join('\n')}\n</erp:Vouchers>\n`
}

/** The shipped contract, of files in the other form; what it projects stays as it is. */
function rename(name: string, format: object, renamed: (name: string) => string): void {
  const shipped = path.join(import.meta.dirname, '..', '..', 'templates', 'extracts', `${name}.yaml`)
  const contract = parse(readFileSync(shipped, 'utf8')) as ExtractContract
  const changed = {
    ...contract,
    format: { ...format, 'null-values': contract.format['null-values'] },
    columns: contract.columns.map((column) => ({ ...column, name: renamed(column.name), optional: !column.required })),
    projections: contract.projections.map((projection) => ({
      ...projection,
      map: Object.fromEntries(
        Object.entries(projection.map).map(([field, source]) => [
          field,
          typeof source === 'string'
            ? renamed(source)
            : 'column' in source
              ? { ...source, column: renamed(source.column) }
              : source,
        ]),
      ),
    })),
  }
  const own = path.join(night.folder, 'templates', 'extracts')
  mkdirSync(own, { recursive: true })
  writeFileSync(path.join(own, `${name}.yaml`), stringify(changed))
}

describe('a night whose receipts come as JSON and whose vouchers come as XML', () => {
  it('finds what the same night finds whose extracts are delimited, and loads the same', async () => {
    const { exit, json } = await matchbookJson<RunOutcome>(['run', 'receipt-to-invoice', '--as-of', asOf], {
      cwd: night.folder,
    })
    const [summary] = json.runs
    expect(exit).toBe(4)
    expect(summary?.failures).toEqual([])
    expect(summary?.invoices).toMatchObject({
      clean: { count: night.truth.counts.clean, amount: night.truth.amounts.clean },
      held: { count: night.truth.counts.held, amount: night.truth.amounts.held },
    })
    expect(summary?.loads[0]).toMatchObject({ status: 'sent', invoices: night.truth.counts.clean })
    const listed = await matchbookJson<ExceptionList>(['exceptions', 'list'], { cwd: night.folder })
    const planted = night.truth.expected.filter(({ job = 'receipt-to-invoice' }) => job === 'receipt-to-invoice')
    expect(compared(planted, listed.json.exceptions)).toEqual({ missed: [], surplus: [] })
  })
})
