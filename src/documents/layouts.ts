import type {
  AcknowledgmentStatus,
  Address,
  ChangedLine,
  Charge,
  Component,
  Contact,
  Fob,
  IndustryCode,
  LeadTime,
  Measurement,
  Note,
  OrderedLine,
  OrderHeader,
  Pack,
  Packaging,
  PartDescription,
  Party,
  PriceBreak,
  Restriction,
  Routing,
  SalesRequirement,
  Schedule,
  StatedAmount,
  StatedDate,
  StatedQuantity,
  Terms,
} from '../canonical/index.js'
import { cents, date, decimalAt, integer, layout, required, requiredDecimal, text } from './segment-layout.js'

/** The segments that mean the same in every transaction set. Elements that are not named here stay unread. */

export const ACK = layout<AcknowledgmentStatus>('ACK', {
  status: required(1, 'line item status'),
  quantity: decimalAt(2, 'acknowledged quantity'),
  uom: text(3),
  dateQualifier: text(4),
  date: date(5, 'date'),
  request: text(6),
  agency: text(27),
  agencySubset: text(28),
  agencyCode: text(29),
})

export const AMT = layout<StatedAmount>('AMT', {
  qualifier: required(1, 'amount qualifier'),
  amount: requiredDecimal(2, 'amount'),
  direction: text(3),
})

export const CSH = layout<SalesRequirement>('CSH', {
  requirement: text(1),
  action: text(2),
  amount: cents(3, 'amount'),
  account: text(4),
  date: date(5, 'date'),
  agency: text(6),
  specialService: text(7),
  substitution: text(8),
  percent: decimalAt(9, 'percent'),
  percentOf: text(10),
})

export const CTB = layout<Restriction>('CTB', {
  type: required(1, 'restriction'),
  text: text(2),
  quantityQualifier: text(3),
  quantity: decimalAt(4, 'quantity'),
  amountQualifier: text(5),
  amount: cents(6, 'amount'),
})

export const CTP = layout<PriceBreak>('CTP', {
  classOfTrade: text(1),
  priceId: text(2),
  unitPrice: decimalAt(3, 'unit price'),
  quantity: decimalAt(4, 'quantity'),
  uom: text(5),
  multiplierQualifier: text(6),
  multiplier: decimalAt(7, 'multiplier'),
  amount: decimalAt(8, 'amount'),
  basis: text(9),
  condition: text(10),
  multiple: integer(11, 'multiple price quantity'),
})

export const CUR = layout<OrderHeader>('CUR', { currency: text(2), exchangeRate: decimalAt(3, 'exchange rate') })

export const DTM = layout<StatedDate>('DTM', {
  qualifier: required(1, 'date qualifier'),
  date: date(2, 'date'),
  time: text(3),
  zone: text(4),
  periodFormat: text(5),
  period: text(6),
})

export const FOB = layout<Fob>('FOB', {
  payment: required(1, 'shipment method of payment'),
  locationQualifier: text(2),
  location: text(3),
  termsQualifier: text(4),
  terms: text(5),
  titleQualifier: text(6),
  title: text(7),
  riskQualifier: text(8),
  risk: text(9),
})

export const ITD = layout<Terms>('ITD', {
  type: text(1),
  basis: text(2),
  discountPercent: decimalAt(3, 'discount percent'),
  discountDue: date(4, 'discount due date'),
  discountDays: integer(5, 'discount days'),
  netDue: date(6, 'net due date'),
  netDays: integer(7, 'net days'),
  discountAmount: cents(8, 'discount amount'),
  deferredDue: date(9, 'deferred due date'),
  deferredAmount: cents(10, 'deferred amount'),
  payablePercent: decimalAt(11, 'percent of invoice payable'),
  text: text(12),
  dayOfMonth: integer(13, 'day of month'),
  paymentMethod: text(14),
  percent: decimalAt(15, 'percent'),
})

export const LDT = layout<LeadTime>('LDT', {
  type: required(1, 'lead time'),
  quantity: requiredDecimal(2, 'quantity of time'),
  unit: required(3, 'unit of time'),
  date: date(4, 'date'),
})

/** An LM, and the LQs behind it. */
export const LM = layout<IndustryCode>('LM', { agency: text(1), agencySubset: text(2) })
export const LQ = layout<IndustryCode>('LQ', { list: text(1), code: text(2) })

export const MEA = layout<Measurement>('MEA', {
  of: text(1),
  qualifier: text(2),
  value: decimalAt(3, 'value'),
  uom: text(4),
  from: decimalAt(5, 'least value'),
  to: decimalAt(6, 'greatest value'),
  significance: text(7),
  attribute: text(8),
  layer: text(9),
  method: text(10),
})

/** Its ids are read apart. */
export const N1 = layout<Party>('N1', {
  role: required(1, 'entity identifier'),
  name: text(2),
  idQualifier: text(3),
  id: text(4),
  relationship: text(5),
  relatedRole: text(6),
})

export const N4 = layout<Address>('N4', {
  city: text(1),
  state: text(2),
  postalCode: text(3),
  country: text(4),
  locationQualifier: text(5),
  location: text(6),
})

export const N9 = layout<Note>('N9', {
  qualifier: required(1, 'reference qualifier'),
  reference: text(2),
  title: text(3),
  date: date(4, 'date'),
})

export const NTE = layout<Note>('NTE', { code: text(1), text: text(2) })

export const PER = layout<Contact>('PER', {
  function: required(1, 'contact function'),
  name: text(2),
  reference: text(9),
})

export const PID = layout<PartDescription>('PID', {
  type: required(1, 'item description type'),
  characteristic: text(2),
  agency: text(3),
  code: text(4),
  text: text(5),
  language: text(9),
})

export const PKG = layout<Packaging>('PKG', {
  type: text(1),
  characteristic: text(2),
  agency: text(3),
  code: text(4),
  text: text(5),
  load: text(6),
})

/** The line as 850, 855 and most others write it. */
export const PO1 = layout<OrderedLine>('PO1', {
  assignedId: text(1),
  quantity: decimalAt(2, 'quantity ordered'),
  uom: text(3),
  unitPrice: decimalAt(4, 'unit price'),
  priceBasis: text(5),
})

export const PO4 = layout<Pack>('PO4', {
  pack: integer(1, 'pack'),
  size: decimalAt(2, 'size'),
  sizeUom: text(3),
  packaging: text(4),
  weightQualifier: text(5),
  weight: decimalAt(6, 'gross weight'),
  weightUom: text(7),
  volume: decimalAt(8, 'gross volume'),
  volumeUom: text(9),
  length: decimalAt(10, 'length'),
  width: decimalAt(11, 'width'),
  height: decimalAt(12, 'height'),
  dimensionUom: text(13),
  innerPack: integer(14, 'inner pack'),
})

export const POC = layout<ChangedLine>('POC', {
  assignedId: text(1),
  change: required(2, 'change or response type'),
  quantity: decimalAt(3, 'quantity ordered'),
  leftToReceive: decimalAt(4, 'quantity left to receive'),
  uom: text(5),
  unitPrice: decimalAt(6, 'unit price'),
  priceBasis: text(7),
})

export const QTY = layout<StatedQuantity>('QTY', {
  qualifier: required(1, 'quantity qualifier'),
  quantity: decimalAt(2, 'quantity'),
  uom: text(3),
  text: text(4),
})

/** Beside indicator, code and amount, which depend on each other. */
export const SAC = layout<Charge>('SAC', {
  code: text(2),
  agency: text(3),
  agencyCode: text(4),
  percentOf: text(6),
  percent: decimalAt(7, 'percent'),
  rate: decimalAt(8, 'rate'),
  uom: text(9),
  quantity: decimalAt(10, 'quantity'),
  secondQuantity: decimalAt(11, 'second quantity'),
  method: text(12),
  reference: text(13),
  option: text(14),
  description: text(15),
  language: text(16),
})

export const SCH = layout<Schedule>('SCH', {
  quantity: decimalAt(1, 'scheduled quantity'),
  uom: text(2),
  role: text(3),
  name: text(4),
  dateQualifier: text(5),
  date: date(6, 'date'),
  time: text(7),
  secondDateQualifier: text(8),
  secondDate: date(9, 'date'),
  secondTime: text(10),
  request: text(11),
  assignedId: text(12),
})

export const SLN = layout<Component>('SLN', {
  assignedId: required(1, 'assigned identification'),
  parent: text(2),
  relationship: required(3, 'relationship code'),
  quantity: decimalAt(4, 'quantity'),
  uom: text(5),
  unitPrice: decimalAt(6, 'unit price'),
  priceBasis: text(7),
  priceRelationship: text(8),
})

export const TD5 = layout<Routing>('TD5', {
  sequence: text(1),
  carrierQualifier: text(2),
  carrier: text(3),
  method: text(4),
  routing: text(5),
  status: text(6),
  locationQualifier: text(7),
  location: text(8),
  direction: text(9),
  transitTimeQualifier: text(10),
  transitTime: decimalAt(11, 'transit time'),
  service: text(12),
  secondService: text(13),
  thirdService: text(14),
  country: text(15),
})

/** Beside the amount, which counts only where it is added. */
export const TXI = layout<Charge>('TXI', {
  code: required(1, 'tax type'),
  percent: decimalAt(3, 'tax percent'),
  jurisdictionQualifier: text(4),
  jurisdiction: text(5),
  exempt: text(6),
  relationship: text(7),
  basis: decimalAt(8, 'taxed amount'),
  taxId: text(9),
  lineId: text(10),
})
