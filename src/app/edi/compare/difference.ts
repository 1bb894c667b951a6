/** What two documents say of one thing. Undefined where a document does not say it. */
export interface Difference {
  /** In plain words: Quantity, Unit price, Ship to: name. */
  readonly field: string
  readonly left: string | undefined
  readonly right: string | undefined
  /** What it comes to, where it can be said in a word: "2 box less", "+1.60 (6.5%)". */
  readonly says?: string
}

export interface LineComparison {
  /** The line as people name it. */
  readonly line: string
  readonly item: string
  readonly state: 'same' | 'different' | 'left-only' | 'right-only'
  /** What the supplier or the change says of it, in words: Accepted, price changed (IP): 10 box. */
  readonly statuses: readonly string[]
  readonly differences: readonly Difference[]
}

/** Two documents held against each other. */
export interface Comparison {
  /** "Ordered" and "Acknowledged". */
  readonly left: { readonly title: string; readonly heading: string }
  readonly right: { readonly title: string; readonly heading: string }
  readonly same: boolean
  readonly differences: readonly Difference[]
  readonly lines: readonly LineComparison[]
}
