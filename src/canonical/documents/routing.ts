import type { DecimalText } from '../decimal.js'

/** TD5: which carrier, which way, which service. */
export interface Routing {
  readonly sequence?: string
  /** Element 66: 2 SCAC. */
  readonly carrierQualifier?: string
  readonly carrier?: string
  /** Element 91: A air, M motor, U private parcel service. */
  readonly method?: string
  readonly routing?: string
  readonly status?: string
  readonly locationQualifier?: string
  readonly location?: string
  readonly direction?: string
  readonly transitTimeQualifier?: string
  readonly transitTime?: DecimalText
  /** Element 284: ND next day, SE second day. */
  readonly service?: string
  readonly secondService?: string
  readonly thirdService?: string
  readonly country?: string
}
