import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareReleases } from '../../src/app/templates/compare-releases.js'

const inUse = 'oracle-fusion-ap-invoices'
const shipped = path.join(import.meta.dirname, '..', '..', 'templates', 'loads', `${inUse}.yaml`)
let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'matchbook-templates-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What the other release changes, as: weight, column, what, in use, other. */
async function changed(name: string, text: string, file?: string): Promise<string[]> {
  const other = path.join(folder, name)
  writeFileSync(other, text)
  const { differences } = await compareReleases({ workspace: undefined, template: inUse, other, file })
  return differences.map((one) => [one.weight, one.column, one.what, one.left, one.right].join(' | '))
}

const next = (...changes: [string, string][]): string =>
  changes.reduce(
    (text, [from, to]) => {
      if (!text.includes(from)) throw new Error(`the template has no ${from}`)
      return text.replace(from, to)
    },
    readFileSync(shipped, 'utf8'),
  )

describe('another release of a template', () => {
  it('is alike where only its comments differ', async () => {
    expect(await changed('same.yaml', next(['# Supplier invoices', '# Invoices of suppliers']))).toEqual([])
  })

  it('says what would break before what would not', async () => {
    const text = next(
      ['release: 24C', 'release: 25A'],
      [
        'name: INVOICE_NUM, from: invoice.number, required: true, max-length: 50',
        'name: INVOICE_NUM, from: invoice.number, required: true, max-length: 30',
      ],
      ['position: 26, name: PAY_GROUP_LOOKUP_CODE', 'position: 27, name: PAY_GROUP_LOOKUP_CODE'],
      ['columns: 135', 'columns: 137'],
    )
    expect(await changed('25a.yaml', text)).toEqual([
      'breaks | INVOICE_NUM | length | 50 characters | 30 characters',
      'breaks | PAY_GROUP_LOOKUP_CODE | position | 26 | 27',
      'look |  | columns of the layout | 135 | 137',
      'fine |  | release | 24C | 25A',
    ])
  })

  it('breaks where a column is gone or a required one is new', async () => {
    const text = next([
      'name: TERMS_NAME, from: invoice.terms',
      'name: TERMS_CODE, required: true, from: invoice.terms',
    ])
    expect(await changed('terms.yaml', text)).toEqual([
      'breaks | TERMS_NAME | taken away | at 20 | ',
      'breaks | TERMS_CODE | added |  | at 20, required',
    ])
  })
})

describe('the header that a vendor publishes', () => {
  const file = 'ApInvoicesInterface.csv'
  const header = Array.from({ length: 135 }, (_, n) => `Attribute ${n + 1}`)
  for (const [, position, name] of readFileSync(shipped, 'utf8')
    .split('ApInvoiceLinesInterface')[0]
    ?.matchAll(/position: (\d+), name: (\w+)/g) ?? []) {
    header[Number(position) - 1] = `*${name?.toLowerCase().replaceAll('_', ' ')}`
  }

  it('is alike where each column that is filled stands where it stood, however it is written', async () => {
    const optional = header.map((name) => name.replace('*', ''))
    expect(await changed('alike.csv', `${optional.join(',')}\n`, file)).toEqual([])
  })

  it('shows what moved, what is required now, and what is required and not filled', async () => {
    const moved = header.map((name) => name.replace('*', ''))
    ;[moved[4], moved[5]] = [moved[5] ?? '', moved[4] ?? '']
    moved[19] = `${moved[19]}*`
    moved[120] = '*Tax Reason'
    expect(await changed('moved.csv', `${moved.join(',')}\n`, file)).toEqual([
      'breaks | INVOICE_AMOUNT | position | 5 | 6',
      'breaks | INVOICE_DATE | position | 6 | 5',
      'breaks | TERMS_NAME | asked for | optional | required',
      'breaks | *Tax Reason | required, and not filled |  | at 121',
    ])
  })

  it('is asked which file it is of', async () => {
    await expect(changed('which.csv', 'A,B\n')).rejects.toMatchObject({ code: 'USAGE' })
    await expect(changed('which.csv', 'A,B\n', 'ApInvoiceInterface.csv')).rejects.toThrow(
      /was ApInvoicesInterface.csv meant/,
    )
  })
})
