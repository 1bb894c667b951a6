import type { FieldTolerance, TextLeniency } from '../../canonical/index.js'

/** Each side's value as an SQL expression of type VARCHAR over that side's `from`; numbers in plain notation, dates as yyyy-MM-dd. */
export interface TwoSides {
  readonly name: string
  readonly left: string
  readonly right: string
}

/** What says which row of the one side is which of the other. */
export interface KeyColumn extends TwoSides {
  readonly ignoring: readonly TextLeniency[]
}

export interface ComparedField extends TwoSides {
  readonly tolerance: FieldTolerance
  /** On a grouped side the exact sum of the group. What is not summed must be alike in the group. */
  readonly sum: boolean
}

/** Only rows in force on a day: from it (empty: always was) to it (empty: for good), both days included. */
export interface Window {
  readonly from: string | undefined
  readonly to: string | undefined
  /** yyyy-MM-dd. */
  readonly on: string
}

export interface Side {
  /** FROM clause. */
  readonly from: string
  /** SQL expressions: index of the row's file (null where there is none), and its record in it. */
  readonly file: string
  readonly record: string
  readonly window?: Window
  /** All rows of a key are one, so that many rows can stand against one. */
  readonly grouped: boolean
}

/** Two relations and what is to be held against what. The order of rows never matters. */
export interface Reconciliation {
  readonly left: Side
  readonly right: Side
  readonly keys: readonly KeyColumn[]
  readonly fields: readonly ComparedField[]
}

export const sides = ['left', 'right'] as const
export type SideName = (typeof sides)[number]

/** Numbered, so that no name of a column or a file ever becomes SQL. */
export const numbered = <T>(items: readonly T[], column: (n: number) => string): string[] =>
  items.map((_, index) => column(index + 1))
