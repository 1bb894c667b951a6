import type {
  Equipment,
  Lading,
  ShipNotice,
  ShipNoticeLevel,
  ShippedOrder,
  ShippedQuantity,
} from '../canonical/index.js'
import { date, decimalAt, integer, layout, required, requiredDecimal, text } from './segment-layout.js'

/** The segments of the 856 that no other set has. */

/** What an 856 says before its levels. */
export type Beginning = Pick<
  ShipNotice,
  'purpose' | 'shipmentNumber' | 'noticeDate' | 'noticeTime' | 'structure' | 'transactionType' | 'statusReason'
>

export const BSN = layout<Beginning>('BSN', {
  purpose: required(1, 'purpose'),
  shipmentNumber: required(2, 'shipment number'),
  noticeDate: date(3, 'date of the notice'),
  noticeTime: text(4),
  structure: text(5),
  transactionType: text(6),
  statusReason: text(7),
})

/** LIN02 and LIN03 to LIN28 and LIN29; the standard has one pair more. */
export const FIRST_ID_OF_LIN = 2
export const ID_PAIRS_OF_LIN = 14

/** Its ids are read apart. */
export const LIN = layout<ShipNoticeLevel>('LIN', { assignedId: text(1) })

export const PRF = layout<ShippedOrder>('PRF', {
  poNumber: required(1, 'purchase order number'),
  release: text(2),
  changeNumber: text(3),
  poDate: date(4, 'purchase order date'),
  assignedId: text(5),
  contract: text(6),
  type: text(7),
})

export const SN1 = layout<ShippedQuantity>('SN1', {
  assignedId: text(1),
  quantity: requiredDecimal(2, 'quantity shipped'),
  uom: required(3, 'unit of the quantity shipped'),
  shippedToDate: decimalAt(4, 'quantity shipped to date'),
  ordered: decimalAt(5, 'quantity ordered'),
  orderedUom: text(6),
  loadMakeup: text(7),
  status: text(8),
})

export const TD1 = layout<Lading>('TD1', {
  packaging: text(1),
  count: integer(2, 'lading quantity'),
  commodityQualifier: text(3),
  commodity: text(4),
  description: text(5),
  weightQualifier: text(6),
  weight: decimalAt(7, 'weight'),
  weightUom: text(8),
  volume: decimalAt(9, 'volume'),
  volumeUom: text(10),
})

export const TD3 = layout<Equipment>('TD3', {
  type: text(1),
  initial: text(2),
  number: text(3),
  weightQualifier: text(4),
  weight: decimalAt(5, 'weight'),
  weightUom: text(6),
  ownership: text(7),
  sealStatus: text(8),
  seal: text(9),
  isoType: text(10),
})
