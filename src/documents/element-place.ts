/** How an element is written: AN and ID as text, R as decimal, N2 as cents, N0 as integer, DT as date. */
export type ElementType = 'text' | 'decimal' | 'cents' | 'integer' | 'date'

export interface ElementPlace<Value> {
  /** 1-based. */
  readonly position: number
  readonly type: ElementType
  /** For findings; the segment and position say it where this is not given. */
  readonly what: string
  readonly required: boolean
  /** Only for the compiler: what is read from here. */
  readonly holds?: Value
}
