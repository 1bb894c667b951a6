import { describe, expect, it } from 'vitest'
import { decimal } from '../../../src/canonical/index.js'
import type { LoadTemplate } from '../../../src/config/load-template.js'
import {
  type LintRule,
  type LoadInvoice,
  type LoadLine,
  type LoadPlan,
  lintLoad,
  lintRules,
} from '../../../src/outputs/load/index.js'
import { creditMemo, fusion, invoice, itemLine, plan, planOf } from './sample-plan.js'

interface Breach {
  readonly what: string
  readonly rule: LintRule
  readonly plan?: LoadPlan
  readonly template?: LoadTemplate
  readonly message: RegExp
}

const changed = (more: Partial<LoadInvoice>): LoadPlan => planOf([{ ...invoice, ...more }, creditMemo])
/** The invoice with its item line changed; amounts still add up when the line's amount stays. */
const withLine = (more: Partial<LoadLine>): LoadPlan =>
  changed({ lines: [{ ...itemLine, ...more }, ...invoice.lines.slice(1)] })
function withColumn(name: string, more: Partial<LoadTemplate['files'][number]['map'][number]>): LoadTemplate {
  const files = fusion.files.map((file) => ({
    ...file,
    map: file.map.map((column) => (column.name === name ? { ...column, from: undefined, ...more } : column)),
  }))
  return { ...fusion, files }
}

const breaches: readonly Breach[] = [
  {
    what: 'two columns in one position',
    rule: 'layout',
    template: withColumn('TERMS_NAME', { from: 'invoice.terms', position: 8 }),
    message: /share position 8/,
  },
  {
    what: 'a column beyond the layout',
    rule: 'layout',
    template: withColumn('TERMS_NAME', { from: 'invoice.terms', position: 136 }),
    message: /has 135 columns/,
  },
  {
    what: 'a field that does not exist',
    rule: 'layout',
    template: withColumn('TERMS_NAME', { from: 'invoice.term' }),
    message: /no field invoice.term/,
  },
  {
    what: 'a column with two origins',
    rule: 'layout',
    template: withColumn('TERMS_NAME', { from: 'invoice.terms', constant: 'x' }),
    message: /exactly one of/,
  },
  {
    what: 'no column for the group',
    rule: 'layout',
    template: withColumn('GROUP_ID', { constant: 'X' }),
    message: /no column takes load.group-id/,
  },
  {
    what: 'a template without lines',
    rule: 'layout',
    template: { ...fusion, files: fusion.files.slice(0, 1) },
    message: /invoice-line/,
  },
  { what: 'nothing', rule: 'empty-load', plan: planOf([]), message: /holds nothing/ },
  { what: 'no group id', rule: 'group-id', plan: planOf([invoice], { groupId: '' }), message: /no GROUP_ID/ },
  { what: 'no source', rule: 'source', plan: planOf([invoice], { source: '' }), message: /no SOURCE/ },
  { what: 'no vendor number', rule: 'required', plan: changed({ supplier: '' }), message: /VENDOR_NUM.*empty/ },
  {
    what: 'no business unit for the company',
    rule: 'required',
    plan: planOf([invoice], { values: {} }),
    message: /OPERATING_UNIT.*empty/,
  },
  {
    what: 'an invoice number of 51 characters',
    rule: 'too-long',
    plan: changed({ number: 'N'.repeat(51) }),
    message: /51 characters, 50 fit/,
  },
  {
    what: 'a site of 241 characters',
    rule: 'too-long',
    plan: changed({ site: '漢'.repeat(241) }),
    message: /241 characters, 240 fit/,
  },
  {
    what: 'a line break in a PO number',
    rule: 'control-character',
    plan: withLine({ poNumber: 'a\nb' }),
    message: /PO_NUMBER.*line break/,
  },
  {
    what: 'a byte order mark in an invoice number',
    rule: 'control-character',
    plan: changed({ number: '\uFEFF1' }),
    message: /INVOICE_NUM/,
  },
  {
    what: 'half a surrogate pair',
    rule: 'control-character',
    plan: withLine({ uom: 'a\uD800' }),
    message: /UNIT_OF_MEAS/,
  },
  {
    what: 'a date that is none',
    rule: 'kind',
    plan: changed({ date: '2026-02-30' }),
    message: /INVOICE_DATE.*kind date/,
  },
  { what: 'a date in another form', rule: 'kind', plan: changed({ date: '06/03/2026' }), message: /INVOICE_DATE/ },
  {
    what: 'a PO line that is no number',
    rule: 'kind',
    plan: withLine({ poLine: '3A' }),
    message: /PO_LINE_NUMBER.*integer/,
  },
  {
    what: 'one document twice',
    rule: 'invoice-id',
    plan: planOf([invoice, { ...invoice, number: 'other' }]),
    message: /share INVOICE_ID/,
  },
  {
    what: 'an invoice without lines',
    rule: 'join',
    plan: changed({ lines: [], amount: decimal(0) }),
    message: /no lines/,
  },
  {
    what: 'a line number twice',
    rule: 'line-number',
    plan: changed({ lines: invoice.lines.map((line) => ({ ...line, number: 1 })) }),
    message: /used twice/,
  },
  { what: 'line number 0', rule: 'line-number', plan: withLine({ number: 0 }), message: /number 0/ },
  {
    what: 'an invoice number twice for a vendor, in another case',
    rule: 'duplicate-invoice',
    plan: planOf([invoice, { ...invoice, invoiceId: 'doc-9', number: '00123-a ' }]),
    message: /twice/,
  },
  {
    what: 'a header one cent off its lines',
    rule: 'header-total',
    plan: changed({ amount: decimal('147.36') }),
    message: /-0.01 apart/,
  },
  {
    what: 'a standard invoice below zero',
    rule: 'sign',
    plan: planOf([{ ...creditMemo, type: 'STANDARD' }]),
    message: /STANDARD, but -25/,
  },
  { what: 'a credit above zero', rule: 'sign', plan: changed({ type: 'CREDIT' }), message: /CREDIT, but 147.35/ },
  {
    what: 'a tenth of a cent',
    rule: 'precision',
    plan: changed({
      amount: decimal('147.355'),
      lines: [...invoice.lines.slice(0, 2), { number: 3, type: 'TAX', amount: decimal('7.355') }],
    }),
    message: /147.355 USD/,
  },
  { what: 'yen with decimals', rule: 'precision', plan: changed({ currency: 'JPY' }), message: /147.35 JPY/ },
  {
    what: 'a line that is not quantity x price',
    rule: 'line-amount',
    plan: withLine({ unitPrice: decimal('12.51') }),
    message: /10 x 12.51 is 125.1, the line says 125/,
  },
  {
    what: 'a PO without its line',
    rule: 'po-reference',
    plan: planOf([{ ...creditMemo, lines: creditMemo.lines.map(({ poLine: _, ...line }) => line) }]),
    message: /without a PO line/,
  },
  { what: 'a PO line without its PO', rule: 'po-reference', plan: withLine({ poNumber: '' }), message: /without a PO/ },
]

describe('a load is not pushed with', () => {
  it.each(breaches)('$what', ({ rule, plan: broken = plan, template = fusion, message }) => {
    const problems = lintLoad(template, broken)
    expect(problems.map((problem) => problem.rule)).toContain(rule)
    expect(problems.find((problem) => problem.rule === rule)?.message).toMatch(message)
    // One mistake is one rule: nothing else is cried over.
    expect([...new Set(problems.map((problem) => problem.rule))]).toEqual([rule])
  })

  it('a header that carries another group or source than the import is told', () => {
    const fixedGroup = withColumn('GROUP_ID', { from: 'load.id' })
    const lines = fusion.files.map((file) =>
      file.rows === 'invoice'
        ? {
            ...file,
            map: [
              ...(fixedGroup.files[0]?.map ?? []),
              { position: 75, name: 'ATTRIBUTE1', from: 'load.group-id', required: false, kind: 'text' as const },
            ],
          }
        : file,
    )
    expect(lintLoad({ ...fusion, files: lines }, plan).map(({ rule, invoice }) => [rule, invoice])).toEqual([
      ['group-id', '00123-A'],
      ['group-id', 'CM-88'],
    ])
  })

  it('nothing of the kind: a sound plan has no problem', () => {
    expect(lintLoad(fusion, plan)).toEqual([])
  })

  it.each([
    ['values at the limit', changed({ number: 'N'.repeat(50) })],
    ['240 characters that take two units each', changed({ site: '😀'.repeat(240) })],
    ['any description: it is only words', withLine({ description: `a\nb\u0000${'漢'.repeat(300)}\uD800` })],
    [
      'a line rounded to the cent',
      withLine({ quantity: decimal(3), unitPrice: decimal('41.665'), amount: decimal('125.00') }),
    ],
    [
      'a line without quantity and price',
      planOf([{ ...invoice, amount: decimal(5), lines: [{ number: 1, type: 'MISCELLANEOUS', amount: decimal(5) }] }]),
    ],
    ['the same number from two vendors', planOf([invoice, { ...invoice, invoiceId: 'doc-3', supplier: '9' }])],
    [
      'an invoice of zero',
      planOf([{ ...invoice, amount: decimal(0), lines: [{ number: 1, type: 'MISCELLANEOUS', amount: decimal(0) }] }]),
    ],
    [
      'yen without decimals',
      planOf([
        {
          ...invoice,
          currency: 'JPY',
          amount: decimal(5),
          lines: [{ number: 1, type: 'MISCELLANEOUS', amount: decimal(5) }],
        },
      ]),
    ],
  ])('lets through: %s', (_, sound) => {
    expect(lintLoad(fusion, sound)).toEqual([])
  })

  it('every rule has a case here', () => {
    expect(Object.keys(lintRules).filter((rule) => !breaches.some((breach) => breach.rule === rule))).toEqual([])
  })
})
