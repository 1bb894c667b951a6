import { decimal } from '../canonical/index.js'
import type { CanonicalRow, ExtractRecord } from './extract-writer.js'
import type { Ledger } from './ledger.js'
import type { ContractPrice, PlainVoucher, PoLine, Receipt, Voucher } from './ledger-entries.js'
import type { Company } from './parties.js'
import { healthSystem, suppliers } from './parties.js'
import type { Product } from './products.js'

/** The ledger in canonical rows, company by company: what the two ERPs would export. */

export const poLineRecord = (order: PoLine, ledger: Ledger): ExtractRecord => ({
  rows: { po_line: [poLineRow(order, ledger)] },
})

function poLineRow(order: PoLine, ledger: Ledger): CanonicalRow {
  const { company, supplier, product, facility } = order
  const pack = product.packs.find(({ uom }) => uom === order.uom)
  return {
    company: company.company,
    po_number: order.po,
    release: order.release,
    line_number: order.line,
    supplier: supplier.vendor[company.company],
    item: product.item[company.company],
    vendor_item: product.vendorItem,
    manufacturer_part: product.manufacturerPart,
    gtin: pack?.gtin ?? '',
    ndc: product.ndc ?? '',
    hibc: product.hibc ?? '',
    description: product.description,
    quantity: decimal(order.quantity),
    uom: order.uom,
    uom_factor: ledger.factorOf(product, order.uom),
    unit_price: order.unitPrice,
    price_basis: order.basis,
    status: order.status,
    matching: order.matching,
    ship_to: facility.location,
    facility: facility.location,
    category: product.category,
    cost_center: facility.costCenter,
    po_date: order.date,
    requested_on: order.requestedOn,
    terms: supplier.termsCode,
    tax_exempt: 'true',
    freight_allowed: order.freightAllowed ?? '',
    bill_only: String(product.billOnly),
    currency: 'USD',
  }
}

export const receiptRecord = ({ order, ...receipt }: Receipt): ExtractRecord => ({
  rows: {
    receipt_line: [
      {
        company: order.company.company,
        po_number: order.po,
        release: order.release,
        line_number: order.line,
        receipt_number: receipt.number,
        receipt_line: receipt.line,
        quantity: decimal(receipt.quantity),
        uom: receipt.uom,
        received_on: receipt.date,
      },
    ],
  },
})

export const voucherRecord = ({ order, ...voucher }: Voucher): ExtractRecord => ({
  rows: {
    voucher_line: [
      {
        company: order.company.company,
        supplier: order.supplier.vendor[order.company.company],
        invoice_number: voucher.invoice,
        invoice_date: voucher.invoiceDate,
        voucher_number: voucher.number,
        voucher_line: voucher.line,
        po_number: order.po,
        release: order.release,
        line_number: order.line,
        quantity: decimal(voucher.quantity),
        uom: voucher.uom,
        unit_price: voucher.unitPrice,
        amount: voucher.amount,
        status: voucher.status,
      },
    ],
  },
})

export const plainVoucherRecord = ({ company, ...voucher }: PlainVoucher): ExtractRecord => ({
  rows: {
    voucher_line: [
      {
        company: company.company,
        supplier: voucher.supplier,
        invoice_number: voucher.invoice,
        invoice_date: voucher.date,
        voucher_number: voucher.number,
        voucher_line: '1',
        amount: voucher.amount,
        status: voucher.status,
      },
    ],
  },
})

export const contractPriceRecord = (price: ContractPrice): ExtractRecord => ({
  rows: {
    contract_price: [
      {
        contract: price.contract,
        supplier: price.supplier.vendor[price.company.company],
        item: price.product.item[price.company.company],
        vendor_item: price.product.vendorItem,
        uom: price.uom,
        unit_price: price.price,
        effective_from: price.from,
        effective_to: price.to,
        priority: price.priority,
        on_hold: String(price.onHold),
      },
    ],
  },
})

export function itemRecord(product: Product, company: Company, ledger: Ledger): ExtractRecord {
  const item = product.item[company.company]
  const [base] = product.packs
  if (base === undefined) throw new RangeError(`${product.description} has no unit`)
  const odd = ledger.itemOddities.get(product)?.erp ?? {}
  return {
    rows: {
      item: [
        {
          item,
          description: product.description,
          base_uom: base.uom,
          manufacturer: product.manufacturer,
          manufacturer_part: product.manufacturerPart,
          gtin: base.gtin,
          ndc: product.ndc ?? '',
          hibc: product.hibc ?? '',
          category: product.category,
          status: 'active',
          bill_only: String(product.billOnly),
          ...odd,
        },
      ],
      item_uom: product.packs.map(({ uom, gtin }) => ({
        item,
        uom,
        factor: ledger.factorOf(product, uom),
        gtin: uom === base.uom ? (odd.gtin ?? gtin) : gtin,
      })),
    },
  }
}

/** The suppliers, two vendors who bill on paper, and those of the vendor book. */
export function vendorRecords(company: Company, ledger: Ledger): ExtractRecord[] {
  const rows = suppliers.map((supplier) => ({
    company: company.company,
    supplier: supplier.vendor[company.company] as string,
    name: supplier.name as string,
    remit_to: supplier.remitTo as string,
    terms: supplier.termsCode as string,
    tax_id: supplier.taxId as string,
    status: 'active',
  }))
  const paper = { company: company.company, remit_to: '', terms: 'N30', tax_id: '' }
  const pad = company.erp === 'lawson' ? 0 : 10
  rows.push({ ...paper, supplier: '40021'.padStart(pad, '0'), name: 'Lakeshore Linen Service', status: 'active' })
  rows.push({ ...paper, supplier: '40388'.padStart(pad, '0'), name: `${healthSystem} Foundation`, status: 'inactive' })
  for (const { supplier, name, remitTo, terms, taxId, status } of ledger.vendors.filter(
    (one) => one.company === company,
  ))
    rows.push({ company: company.company, supplier, name, remit_to: remitTo, terms, tax_id: taxId, status })
  return rows.map((row) => ({ rows: { vendor: [row] } }))
}
