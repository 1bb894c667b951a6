/** A document in words, laid out by nobody yet: what the terminal and the page both show. */
export interface Sheet {
  /** "Purchase order 4500012345". */
  readonly title: string
  /** "new order, 3 lines, from St Brigid Health to Carden Medical". */
  readonly summary: string
  /** What must not be overlooked: TEST, CREDIT, REJECTED. */
  readonly marks: readonly { readonly text: string; readonly tone: Tone }[]
  readonly parties: readonly SheetParty[]
  readonly facts: readonly Fact[]
  readonly blocks: readonly Block[]
  readonly totals: readonly Fact[]
  /** What stands against the document. */
  readonly problems: readonly string[]
  /** Segments that no field above holds: nothing is dropped in silence. */
  readonly unmapped: readonly { readonly name: string; readonly text: string; readonly line: number }[]
  readonly source: readonly Fact[]
}

export type Tone = 'good' | 'notice' | 'bad' | 'plain'

export interface Fact {
  readonly label: string
  readonly value: string
}

export interface SheetParty {
  /** "Ship to". */
  readonly role: string
  /** Name, street, city, ids; one a line. */
  readonly lines: readonly string[]
}

export interface Note {
  readonly text: string
  readonly tone: Tone
}

export interface Row {
  readonly cells: readonly string[]
  readonly notes: readonly Note[]
}

export interface Branch {
  readonly text: string
  readonly facts: readonly Fact[]
  readonly branches: readonly Branch[]
}

export type Block =
  | {
      readonly kind: 'table'
      readonly title?: string
      readonly columns: readonly { readonly title: string; readonly align: 'left' | 'right' }[]
      readonly rows: readonly Row[]
    }
  | { readonly kind: 'tree'; readonly title?: string; readonly branches: readonly Branch[] }
  | { readonly kind: 'text'; readonly title?: string; readonly lines: readonly string[] }
