/** FOB: who pays the transport, and where ownership and risk go over. */
export interface Fob {
  /** Element 146: PP prepaid, CC collect, PC prepaid and charged. */
  readonly payment: string
  readonly locationQualifier?: string
  readonly location?: string
  /** Elements 334 and 335: 01 Incoterms and the term. */
  readonly termsQualifier?: string
  readonly terms?: string
  readonly titleQualifier?: string
  readonly title?: string
  readonly riskQualifier?: string
  readonly risk?: string
}
