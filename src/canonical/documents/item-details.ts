import type { Component } from './component.js'
import type { Destination } from './destination.js'
import type { OrderDetails } from './order-details.js'
import type { Pack } from './pack.js'
import type { PartDescription } from './part-description.js'
import type { PriceBreak } from './price-break.js'
import type { Schedule } from './schedule.js'
import type { StatedQuantity } from './stated-quantity.js'

/** What may be said of an item, on a line of any order document. */
export interface ItemDetails extends OrderDetails {
  /** PID05 of the first free-form PID. */
  readonly description?: string
  readonly descriptions?: readonly PartDescription[]
  readonly packs?: readonly Pack[]
  readonly prices?: readonly PriceBreak[]
  readonly schedules?: readonly Schedule[]
  readonly quantities?: readonly StatedQuantity[]
  /** SDQ. */
  readonly destinations?: readonly Destination[]
  /** SLN: what a kit is made of. */
  readonly components?: readonly Component[]
}
