/** Product ids by what they are, whatever qualifier (element 235) carried them. Values as sent, trimmed. */
export interface ProductIds {
  /** IN, BP, CB, PI: the buyer's item number. */
  readonly buyerItem?: string
  /** VP, VC, VN, VA: the supplier's. */
  readonly vendorItem?: string
  /** MG, MF: the manufacturer's part number. */
  readonly manufacturerPart?: string
  /** UK, EN, UP, UI, UA: as GTIN-14, zero-padded. */
  readonly gtin?: string
  /** N4, ND: NDC. */
  readonly ndc?: string
  /** HI, H: HIBC. */
  readonly hibc?: string
  readonly lot?: string
  readonly serial?: string
  /** Qualifiers without a place above, as sent. */
  readonly other?: Readonly<Record<string, string>>
}
