import type { TestedColumn } from '../formats/delimited/index.js'
import type { ColumnBinding } from './column-binding.js'

export interface KnownColumn extends TestedColumn {
  /** The type that the set engine itself reads its values as; undefined: text. */
  readonly readAs?: string
}

/** What is known of all values of a contract's columns in one file, by the column's name. */
export type TestedColumns = ReadonlyMap<string, KnownColumn>

export const byName = ({ positions }: ColumnBinding, tested: readonly TestedColumn[]): TestedColumns =>
  new Map(
    [...positions].flatMap(([name, position]) => {
      const column = tested[position - 1]
      return column === undefined ? [] : [[name, column]]
    }),
  )
