import type { DecimalText } from '../decimal.js'
import type { Charge } from './charge.js'
import type { Contact } from './contact.js'
import type { Fob } from './fob.js'
import type { IndustryCode } from './industry-code.js'
import type { LeadTime } from './lead-time.js'
import type { Measurement } from './measurement.js'
import type { Note } from './note.js'
import type { Packaging } from './packaging.js'
import type { Party } from './party.js'
import type { Reference, References } from './reference.js'
import type { Restriction } from './restriction.js'
import type { Routing } from './routing.js'
import type { SalesRequirement } from './sales-requirement.js'
import type { StatedAmount } from './stated-amount.js'
import type { StatedDate } from './stated-date.js'
import type { Terms } from './terms.js'

/** What may be said of a document as a whole and of each of its lines alike. On a line it goes before what the header says. */
export interface OrderDetails {
  readonly parties?: readonly Party[]
  readonly references?: References
  readonly furtherReferences?: readonly Reference[]
  readonly contacts?: readonly Contact[]
  readonly dates?: readonly StatedDate[]
  readonly terms?: Terms
  /** The second ITD and those behind it. */
  readonly furtherTerms?: readonly Terms[]
  readonly charges?: readonly Charge[]
  readonly fob?: readonly Fob[]
  readonly salesRequirements?: readonly SalesRequirement[]
  readonly packaging?: readonly Packaging[]
  readonly leadTimes?: readonly LeadTime[]
  readonly measurements?: readonly Measurement[]
  readonly routing?: readonly Routing[]
  readonly restrictions?: readonly Restriction[]
  readonly notes?: readonly Note[]
  readonly amounts?: readonly StatedAmount[]
  readonly industryCodes?: readonly IndustryCode[]
}

/** The header of a document: parties and references are lists, be they empty. */
export interface OrderHeader extends OrderDetails {
  readonly parties: readonly Party[]
  readonly references: References
  /** CUR02. */
  readonly currency?: string
  /** CUR03. */
  readonly exchangeRate?: DecimalText
}
