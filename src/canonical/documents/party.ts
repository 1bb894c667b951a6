export interface Party {
  /** Element 98: ST ship-to, BT bill-to, SE seller, RE remit-to, VN vendor, BY buyer, SF ship-from. */
  readonly role: string
  readonly name?: string
  readonly idQualifier?: string
  readonly id?: string
}
