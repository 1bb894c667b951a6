import type { Cell } from './cell.js'
import type { CellStyle } from './style.js'

/** What the report needs of a spreadsheet writer: rows from top to bottom, sheets one after the other, in the order of the tabs. */
export interface Book {
  sheet(name: string, setup: SheetSetup): Sheet
  /** A name for a range, as formulas use it: `range` with its sheet, absolute. */
  define(name: string, range: string): void
  /** Resolves when every byte is handed to the disk. */
  close(): Promise<void>
}

export interface SheetSetup {
  readonly columns: readonly { readonly width: number; readonly hidden?: boolean }[]
  readonly hidden?: boolean
  readonly tabColour?: string
  /** Rows and columns that stay in sight. */
  readonly freeze?: { readonly rows: number; readonly columns: number }
  /** Row repeated on every printed page. */
  readonly printHeader?: number
  readonly footer: string
}

export interface Sheet {
  /** Merges are given as 1-based first and last columns of this row. */
  row(
    cells: readonly Cell[],
    options?: { height?: number; merge?: readonly (readonly [number, number])[] },
  ): Promise<void>
  close(finish?: SheetFinish): void
}

export interface SheetFinish {
  readonly filter?: string
  readonly printArea?: string
  /** Colours that follow from values; the first that holds wins. */
  readonly rules?: readonly { readonly range: string; readonly formula: string; readonly style: CellStyle }[]
  readonly lists?: readonly {
    readonly range: string
    readonly formula: string
    readonly prompt: string
    readonly error: string
  }[]
}
