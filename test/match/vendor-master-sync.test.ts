import { describe, expect, test } from 'vitest'
import { reference } from './cross-reference-row.js'
import { RuleNight } from './rule-night.js'

const owners = { name: 'erp', tax_id: 'erp', remit_to: 'erp', terms: 'erp', status: 'erp' }
const usual = {
  record: 'erp',
  ownership: owners,
  'name-likeness': 94,
  evidence: ['tax-form'],
  'expiring-days': 30,
  'bank-approval-days': 30,
}
const medsupply = {
  name: 'MedSupply Distribution Inc.',
  tax_id: '12-3456789',
  remit_to: 'R1',
  terms: 'N30',
  status: 'active',
}
const HASH = 'a1b2c3d4e5f60718293a4b5c6d7e8f90'
const OTHER = 'ffeeddccbbaa99887766554433221100'

/** Vendor 10432 in the ERP and in procurement; what a case does not say is the same in both. */
class Vendors extends RuleNight {
  constructor() {
    super('vendor-master-sync', usual)
  }

  erp(row = {}): this {
    return this.add('vendor', { supplier: '10432', ...medsupply, ...row })
  }

  listed(row = {}): this {
    return this.add('listed_vendor', { system: 'procurement', entry: 'P1', supplier: '10432', ...medsupply, ...row })
  }

  bank(bank: string, supplier = '10432'): this {
    return this.add('vendor_bank', { supplier, bank })
  }

  onFile(kind: string, row = {}): this {
    return this.add('vendor_evidence', { supplier: '10432', kind, received_on: '2026-01-01', ...row })
  }

  lastNight(field: string, base: string, owner_value: string | null, system: string): this {
    return this.add('remembered', {
      result: 'vendor_memory',
      row: JSON.stringify({ supplier: '10432', system, field, base, owner_value }),
    })
  }

  owed(amount: string, supplier = '10432'): this {
    return this.add('voucher_line', { company: '10', supplier, invoice_number: 'V1', amount, status: 'open' })
  }
}

describe('a vendor in two systems', () => {
  test('nothing is said where both agree, however it is written', async () => {
    const night = await new Vendors()
      .erp()
      .listed({ name: 'MEDSUPPLY  distribution inc.', tax_id: '123456789' })
      .match()
    expect(night.codes).toEqual([])
    expect(night.count('Agree')).toBe(5)
  })

  test('a difference goes to the system that does not own the field; a tax id is not shown', async () => {
    const night = await new Vendors()
      .with({ ownership: { ...owners, tax_id: 'procurement' } })
      .erp({ tax_id: '12-3456780' })
      .listed({ terms: 'N45' })
      .match()
    expect(night.findings.map(({ code, keys }) => [code, keys.field])).toEqual([
      ['VENDOR-DIFFERS', 'tax_id'],
      ['VENDOR-DIFFERS', 'terms'],
    ])
    expect(night.findings[0]?.message).toBe(
      'Vendor 10432, tax id: procurement owns it and says ...6789; erp has ...6780',
    )
    expect(night.table('erp_vendor_load')).toMatchObject([{ action: 'UPDATE', tax_id: '12-3456789', name: null }])
    expect(night.table('list_vendor_load')).toMatchObject([{ terms: 'N30', tax_id: null, needs_decisions: 'load' }])
  })

  test('procurement changed what the ERP owns; our own load coming back is no such change', async () => {
    const changed = await new Vendors()
      .erp()
      .listed({ terms: 'N90' })
      .lastNight('terms', 'N30', 'N30', 'procurement')
      .match()
    expect(changed.codes).toEqual(['OWN-VIOLATION'])
    expect(changed.table('list_vendor_load')).toMatchObject([{ terms: 'N30', needs_decisions: 'reject-change' }])
    const echo = await new Vendors()
      .erp({ terms: 'N60' })
      .listed({ terms: 'N45' })
      .lastNight('terms', 'N30', 'N45', 'procurement')
      .match()
    expect(echo.codes).toEqual(['VENDOR-DIFFERS'])
  })

  test('found by tax id, by remit-to, and never by name alone', async () => {
    const unnumbered = { supplier: '' }
    expect(
      (
        await new Vendors()
          .erp()
          .listed({ ...unnumbered, remit_to: '' })
          .match()
      ).codes,
    ).toEqual([])
    expect(
      (
        await new Vendors()
          .erp()
          .listed({ ...unnumbered, tax_id: '' })
          .match()
      ).codes,
    ).toEqual([])
    const night = await new Vendors()
      .erp()
      .listed({ ...unnumbered, tax_id: '', remit_to: '', name: 'Medsupply Distributions' })
      .match()
    expect(night.codes).toEqual(['VENDOR-MISSING', 'XREF-SUPPLIER'])
    expect(night.finding('XREF-SUPPLIER').message).toContain('by its name it may be 10432 (99 percent alike)')
  })

  test('one tax id of two vendors is ambiguous', async () => {
    const night = await new Vendors()
      .erp()
      .erp({ supplier: '10433', name: 'Other', remit_to: 'R2' })
      .listed({ supplier: '' })
      .match()
    expect(night.finding('XREF-AMBIGUOUS').message).toContain('any of the vendors 10432, 10433')
  })
})

describe('what is there and what is not', () => {
  test('the ERP is the record: procurement lacks a vendor', async () => {
    const night = await new Vendors()
      .erp()
      .erp({ supplier: '20718', name: 'OrthoTech', tax_id: '9', remit_to: 'R9' })
      .listed()
      .match()
    expect(night.finding('VENDOR-MISSING').keys).toEqual({ supplier: '20718', other: 'procurement' })
    expect(night.table('list_vendor_load').map(({ action, field }) => [action, field])).toContainEqual([
      'create',
      'tax_id',
    ])
  })

  test('procurement is the record: the ERP lacks a vendor', async () => {
    const night = await new Vendors()
      .with({ record: 'procurement' })
      .erp()
      .listed()
      .listed({ entry: 'P2', supplier: '', name: 'OrthoTech', tax_id: '9', remit_to: 'R9' })
      .match()
    expect(night.finding('VENDOR-MISSING').keys).toEqual({ identifier: 'P2', other: 'erp' })
    expect(night.table('erp_vendor_load')).toMatchObject([
      { supplier: 'P2', action: 'CREATE', field: 'name', current_name: 'OrthoTech' },
      { supplier: 'P2', action: 'CREATE', field: 'tax_id', tax_id: '9' },
    ])
  })

  test('inactive vendors need not be anywhere', async () => {
    const night = await new Vendors()
      .erp()
      .erp({ supplier: '2', name: 'Gone', tax_id: '', remit_to: '', status: 'inactive' })
      .listed()
      .match()
    expect(night.codes).toEqual([])
  })
})

describe('two vendors that are one', () => {
  const other = { supplier: '10999', name: 'Zeta', tax_id: '99-9999999', remit_to: 'R2' }
  test.each([
    ['a tax id', { tax_id: '123456789' }, 'tax id ...6789'],
    ['a remit-to', { remit_to: 'r-1' }, 'remit-to R1'],
    ['a name with another legal form', { name: 'MedSupply Distribution, LLC' }, 'name, 100 percent alike'],
    ['a name with a slip of the pen', { name: 'MedSuply Distribution' }, 'name, 99 percent alike'],
  ])('they share %s', async (_, row, shared) => {
    const night = await new Vendors()
      .erp()
      .erp({ ...other, ...row })
      .owed('80.00', '10999')
      .match()
    expect(night.codes).toEqual(['VENDOR-DUPLICATE'])
    expect(night.finding('VENDOR-DUPLICATE')).toMatchObject({
      keys: { supplier: '10432', other: '10999' },
      values: { shared },
      amountAtRisk: '80',
    })
  })

  test('they share a bank account', async () => {
    const night = await new Vendors().erp().erp(other).bank(HASH).bank(HASH, '10999').bank(OTHER, '10999').match()
    expect(night.finding('VENDOR-DUPLICATE').values.shared).toBe('bank account')
  })

  test.each([
    ['one is inactive', { tax_id: '123456789', status: 'inactive' }],
    ['the names are only somewhat alike', { name: 'MedServ Distribution Partners' }],
    ['they stand in the masters of two ERPs', { tax_id: '123456789', source_file: 8 }],
  ])('not where %s', async (_, row) => {
    expect(
      (
        await new Vendors()
          .erp()
          .erp({ ...other, ...row })
          .match()
      ).codes,
    ).toEqual([])
  })
})

describe('a tax id that many vendors have', () => {
  /** So many vendors, each with a name of its own. */
  const withTaxId = (vendors: number, tax_id: string): Vendors => {
    const night = new Vendors()
    for (let n = 0; n < vendors; n++)
      night.erp({
        supplier: `${20001 + n}`,
        name: `${String.fromCharCode(65 + n)}${n} Works`,
        remit_to: `R${n}`,
        tax_id,
      })
    return night
  }

  test('eleven are told once, without money, and ten two by two', async () => {
    const night = await withTaxId(11, '00-0000000').owed('500.00', '20001').match()
    expect(night.codes).toEqual(['VENDOR-DUPLICATE'])
    expect(night.finding('VENDOR-DUPLICATE')).toMatchObject({
      keys: { supplier: '20001', identifier: 'tax id ...0000' },
      amountAtRisk: '0',
      values: { shared: 'tax id ...0000', vendors: '11' },
    })
    expect(night.finding('VENDOR-DUPLICATE').message).toMatch(
      /^11 vendors share tax id \.\.\.0000, among them 20001, 20002, /,
    )
    expect((await withTaxId(10, '00-0000000').match()).codes).toHaveLength(45)
  })

  test('an entry of another system is not led to any of them by it, but by its remit-to', async () => {
    const night = await withTaxId(11, '00-0000000')
      .listed({ supplier: null, name: 'C2 Works', tax_id: '000000000', remit_to: 'R2' })
      .match()
    expect(night.codes.filter((code) => code !== 'VENDOR-MISSING')).toEqual(['VENDOR-DUPLICATE'])
    expect(night.codes).toHaveLength(11)
  })
})

describe('bank accounts', () => {
  test('another than before, with what is open to be paid; it stands until a change is on file', async () => {
    const changed = () => new Vendors().erp().bank(OTHER).owed('1200.00').lastNight('bank', HASH, null, 'erp')
    const night = await changed().match()
    expect(night.finding('VENDOR-BANK')).toMatchObject({
      amountAtRisk: '1200',
      keys: { supplier: '10432', identifier: OTHER.slice(0, 12) },
    })
    expect(JSON.stringify(night.findings)).not.toContain(OTHER)
    expect(night.table('vendor_memory')).toMatchObject([{ field: 'bank', base: HASH }])
    const approved = await changed().onFile('bank-change', { received_on: '2026-03-01' }).onFile('tax-form').match()
    expect(approved.codes).toEqual([])
    expect(approved.table('vendor_memory')).toMatchObject([{ field: 'bank', base: OTHER }])
  })

  test.each([
    ['first seen', (night: Vendors) => night],
    ['the same as before', (night: Vendors) => night.lastNight('bank', OTHER, null, 'erp')],
    ['one of two that went', (night: Vendors) => night.lastNight('bank', `${HASH} ${OTHER}`, null, 'erp')],
  ])('%s is no change', async (_, before) => {
    expect((await before(new Vendors().erp().bank(OTHER)).match()).codes).toEqual([])
  })

  test('an approval that is too old is none', async () => {
    const night = new Vendors().erp().bank(OTHER).lastNight('bank', HASH, null, 'erp').onFile('tax-form')
    expect((await night.onFile('bank-change', { received_on: '2026-02-08' }).match()).codes).toEqual(['VENDOR-BANK'])
  })
})

describe('what must be on file', () => {
  test.each([
    ['on its last day', { expires_on: '2026-03-11' }, [], 'expires soon'],
    ['the day after', { expires_on: '2026-03-10' }, ['VENDOR-EVIDENCE'], 'expired'],
    ['without an end', {}, [], 'on file'],
    ['that comes tomorrow', { received_on: '2026-03-12' }, ['VENDOR-EVIDENCE'], 'missing'],
  ])('a tax form %s', async (_, row, codes, state) => {
    const night = await new Vendors().erp().onFile('tax-form', row).match()
    expect(night.codes).toEqual(codes)
    expect(night.table('evidence_checklist')).toMatchObject([{ kind: 'tax-form', state }])
  })

  test('a credential that is on file and expired counts though it is not asked of all', async () => {
    const night = await new Vendors()
      .erp()
      .onFile('tax-form')
      .onFile('credential', { expires_on: '2026-03-01' })
      .match()
    expect(night.finding('VENDOR-EVIDENCE').keys).toEqual({ supplier: '10432', obligation: 'credential' })
  })

  test('of vendors that nobody orders from or pays nothing is asked; nor is anything judged without an index', async () => {
    const unused = { supplier: '2', name: 'Unused', tax_id: '', remit_to: '' }
    expect((await new Vendors().erp().erp(unused).onFile('tax-form').owed('1.00').match()).codes).toEqual([])
    expect((await new Vendors().erp().erp(unused).match()).codes).toEqual([])
  })
})

test('days from being asked for to being active', async () => {
  const night = await new Vendors()
    .erp()
    .listed({ requested_on: '2026-02-01', activated_on: '2026-02-15' })
    .listed({ entry: 'P2', requested_on: '2026-03-01' })
    .match()
  expect(night.table('activation').map(({ entry, days, state }) => [entry, days, state])).toEqual([
    ['P1', 14, 'active'],
    ['P2', 10, 'not active yet'],
  ])
})

test('an entry that people said is a vendor is that vendor', async () => {
  const night = new Vendors()
    .erp()
    .listed()
    .listed({ entry: 'P2', supplier: '', name: 'Nobody', tax_id: '', remit_to: '' })
  expect((await night.match()).finding('XREF-SUPPLIER').keys).toMatchObject({ identifier: 'P2', other: 'procurement' })
  night.add('cross_reference', reference('supplier', 'P2', '10432', { partner: 'procurement', scope: 'other' }))
  expect((await night.match()).codes).not.toContain('XREF-SUPPLIER')
})

test('the order of rows changes nothing', async () => {
  const night = new Vendors()
    .erp()
    .erp({ supplier: '10999', name: 'MedSuply Distribution' })
    .listed({ terms: 'X', supplier: '' })
    .listed({ entry: 'P2', supplier: '7', name: 'Nobody', tax_id: '', remit_to: '' })
    .bank(HASH)
    .bank(HASH, '10999')
    .onFile('disclosure', { expires_on: '2026-01-31' })
  const there = await night.match()
  const back = await night.match([...night.rows].reverse())
  expect(back.findings).toEqual(there.findings)
  for (const table of ['differences', 'evidence_checklist', 'vendor_memory'])
    expect(back.table(table)).toEqual(there.table(table))
})
