import { type DecimalText, decimal, divideRounded, multiply, negate, roundHalfUp, sumOf } from '../canonical/index.js'
import type { Bill, BilledCharge, BilledLine, Mishap, PoLine, ProductId } from './ledger-entries.js'
import type { InvoiceFate } from './night-truth.js'
import type { Company, Facility, Supplier } from './parties.js'
import { packOf } from './products.js'

/** How a supplier tells which product a line bills: what its IT1 carries. */
export type Identification = 'line' | 'buyer' | 'vendor' | 'manufacturer' | 'gtin' | 'upc' | 'ndc' | 'hibc' | 'none'

export interface BilledRequest {
  readonly order: PoLine
  readonly quantity: number
  /** By default the PO's unit, price and no price basis. */
  readonly uom?: string
  readonly unitPrice?: DecimalText
  readonly basis?: BilledLine['basis']
  /** In place of the ids the product has. */
  readonly ids?: readonly ProductId[]
  readonly identify?: Identification
  readonly extraIds?: readonly ProductId[]
  readonly assignedId?: string
  readonly description?: string
}

export interface BillRequest {
  readonly supplier: Supplier
  readonly company: Company
  readonly facility: Facility
  readonly daysAgo: number
  readonly fate: InvoiceFate
  readonly po: string
  readonly poDate: string
  readonly lines: readonly BilledRequest[]
  readonly release?: string
  readonly number?: string
  readonly credit?: boolean
  readonly creditOf?: string
  readonly charges?: readonly BilledCharge[]
  readonly remitTo?: string
  readonly terms?: Supplier['terms']
  /** Added to the true total: what TDS01 says too much. */
  readonly misstatedBy?: DecimalText
  readonly mishap?: Mishap
}

/** The invoice a request describes, with its true total unless that is to be misstated. */
export function writeBill(request: BillRequest, number: string, date: string): Bill {
  const lines = request.lines.map((line, index) => billedLine(line, index + 1))
  const charges = request.charges ?? []
  const total = sumOf([
    ...lines.map(lineAmount),
    ...charges.map(({ kind, amount }) => (kind === 'A' ? negate(amount) : amount)),
    request.misstatedBy ?? decimal(0),
  ])
  return {
    supplier: request.supplier,
    company: request.company,
    facility: request.facility,
    number,
    date,
    po: request.po,
    poDate: request.poDate,
    release: request.release ?? '',
    credit: request.credit ?? false,
    remitTo: request.remitTo ?? request.supplier.remitTo,
    terms: request.terms ?? request.supplier.terms,
    lines,
    charges,
    creditOf: request.creditOf ?? '',
    total,
    fate: request.fate,
    ...(request.mishap !== undefined && { mishap: request.mishap }),
  }
}

/** Quantity x price in cents. A clean line never needs the rounding: prices and packs are made so. */
function lineAmount(line: BilledLine): DecimalText {
  const amount = multiply(decimal(line.quantity), line.unitPrice)
  return roundHalfUp(line.basis === 'HP' ? divideRounded(amount, decimal(100), 6) : amount, 2)
}

function billedLine(request: BilledRequest, sequence: number): BilledLine {
  const { order, identify = habitOf(order, sequence) } = request
  const uom = request.uom ?? order.uom
  return {
    order,
    assignedId: request.assignedId ?? (identify === 'line' ? order.line : ''),
    quantity: request.quantity,
    uom,
    unitPrice: request.unitPrice ?? order.unitPrice,
    basis: request.basis ?? '',
    ids: [...(request.ids ?? idsOf(order, uom, identify)), ...(request.extraIds ?? [])],
    description: request.description ?? order.product.description,
  }
}

/** MedSupply echoes the PO line, OrthoTech its own and the maker's numbers, CareFirst the bar code or our item number. */
function habitOf(order: PoLine, sequence: number): Identification {
  const { partner } = order.supplier
  if (partner === 'medsupply') return 'line'
  if (partner === 'orthotech') return sequence % 3 === 0 ? 'manufacturer' : 'vendor'
  return sequence % 2 === 0 ? 'buyer' : 'gtin'
}

function idsOf(order: PoLine, uom: string, identify: Identification): ProductId[] {
  const { product, company } = order
  const gtin = product.packs.some((pack) => pack.uom === uom)
    ? packOf(product, uom).gtin
    : packOf(product, order.uom).gtin
  switch (identify) {
    case 'line':
      return [
        ['VP', product.vendorItem],
        ['IN', product.item[company.company]],
        ['UK', gtin],
      ]
    case 'buyer':
      return [['IN', product.item[company.company]]]
    case 'vendor':
      return [
        ['VC', product.vendorItem],
        ['MG', product.manufacturerPart],
      ]
    case 'manufacturer':
      return [['MF', product.manufacturerPart]]
    case 'gtin':
      return [['UK', gtin]]
    case 'upc':
      return [['UP', gtin.slice(2)]]
    case 'ndc':
      return product.ndc === undefined ? [['VN', product.vendorItem]] : [['N4', product.ndc]]
    case 'hibc':
      return product.hibc === undefined ? [['VN', product.vendorItem]] : [['HI', product.hibc]]
    case 'none':
      return []
  }
}
