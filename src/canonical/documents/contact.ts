/** PER. */
export interface Contact {
  /** Element 366: OC order contact, BD buyer, DC delivery, IC information. */
  readonly function: string
  readonly name?: string
  readonly numbers?: readonly ContactNumber[]
  /** PER09. */
  readonly reference?: string
}

export interface ContactNumber {
  /** Element 365: TE telephone, EM e-mail, FX fax, EX extension. */
  readonly qualifier: string
  readonly number: string
}
