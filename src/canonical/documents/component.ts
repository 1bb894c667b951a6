import type { DecimalText } from '../decimal.js'
import type { AcknowledgmentStatus } from './acknowledgment-status.js'
import type { Note } from './note.js'
import type { Pack } from './pack.js'
import type { PartDescription } from './part-description.js'
import type { PriceBreak } from './price-break.js'
import type { ProductIds } from './product-ids.js'
import type { StatedDate } from './stated-date.js'

/** SLN: a part of a kit, or a variant of its line. */
export interface Component {
  readonly assignedId: string
  /** SLN02: the component it is part of itself. */
  readonly parent?: string
  /** Element 662: I included, A added, D delete, O information only. */
  readonly relationship: string
  readonly quantity?: DecimalText
  readonly uom?: string
  readonly unitPrice?: DecimalText
  readonly priceBasis?: string
  /** SLN08, element 662. */
  readonly priceRelationship?: string
  readonly ids: ProductIds
  readonly description?: string
  readonly descriptions?: readonly PartDescription[]
  readonly dates?: readonly StatedDate[]
  readonly prices?: readonly PriceBreak[]
  readonly packs?: readonly Pack[]
  readonly notes?: readonly Note[]
  /** On an acknowledgment. */
  readonly statuses?: readonly AcknowledgmentStatus[]
}
