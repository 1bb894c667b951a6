import type { Contact } from './contact.js'
import type { Reference, References } from './reference.js'
import type { Routing } from './routing.js'
import type { Schedule } from './schedule.js'
import type { StatedDate } from './stated-date.js'
import type { StatedQuantity } from './stated-quantity.js'

/** Element 66: what an id is. UL GLN, 1 DUNS, 9 DUNS+4, 21 HIN, 11 DEA, 91 and 92 given by one of the two; others have no name here. */
export type PartyIdentifier = 'GLN' | 'DUNS' | 'DUNS+4' | 'HIN' | 'DEA' | 'assigned-by-seller' | 'assigned-by-buyer'

export interface Party {
  /** Element 98: ST ship-to, BT bill-to, SE seller, RE remit-to, VN vendor, BY buyer, SF ship-from. */
  readonly role: string
  readonly name?: string
  readonly idQualifier?: string
  readonly id?: string
  /** What `id` is, where `idQualifier` says one of these. */
  readonly identifier?: PartyIdentifier
  /** N105 and N106: how this party stands to that one, codes as sent. */
  readonly relationship?: string
  readonly relatedRole?: string
  /** N2: further names. */
  readonly names?: readonly string[]
  readonly address?: Address
  readonly contacts?: readonly Contact[]
  /** The party's own, the first of each qualifier. */
  readonly references?: References
  readonly furtherReferences?: readonly Reference[]
  readonly dates?: readonly StatedDate[]
  readonly routing?: readonly Routing[]
  /** What is meant for this party, on a line with several destinations. */
  readonly quantities?: readonly StatedQuantity[]
  readonly schedules?: readonly Schedule[]
}

/** N3 and N4. */
export interface Address {
  /** N301 and N302 of each N3, in order. */
  readonly lines?: readonly string[]
  readonly city?: string
  /** State or province. */
  readonly state?: string
  readonly postalCode?: string
  /** ISO 3166 as sent; absent mostly means the sender's own. */
  readonly country?: string
  /** N405 and N406. */
  readonly locationQualifier?: string
  readonly location?: string
}
