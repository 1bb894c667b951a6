import type { DecimalText } from '../decimal.js'

/** PO4: how an item is packed. */
export interface Pack {
  /** Inner units in the outer one. */
  readonly pack?: number
  /** Of an inner unit. */
  readonly size?: DecimalText
  readonly sizeUom?: string
  /** Element 103. */
  readonly packaging?: string
  readonly weightQualifier?: string
  /** Gross weight of a pack. */
  readonly weight?: DecimalText
  readonly weightUom?: string
  /** Gross volume of a pack. */
  readonly volume?: DecimalText
  readonly volumeUom?: string
  readonly length?: DecimalText
  readonly width?: DecimalText
  readonly height?: DecimalText
  readonly dimensionUom?: string
  /** Eaches in an inner unit. */
  readonly innerPack?: number
}
