/** What a file of nested values says, from its beginning to its end. */
export interface NestedEvents {
  /** An object begins, in a physical line (1-based). `listed`: as one of a list. An object that nothing is around has an empty key. */
  open(key: string, line: number, listed: boolean): void
  /** A value of the object that is open; an empty text stands for none. */
  value(key: string, text: string): void
  /** The same, where it is only one more name for a value that has been told already. */
  alias?(key: string, text: string): void
  /** There are objects within the text of a value. */
  mixed?(key: string): void
  close(): void
  /** The object that is open, or the one it belongs to, cannot be used: what `has ...` goes on with. */
  fault(reason: string): void
  /** What stands in a line cannot be read, and all that was told of it is to be forgotten. */
  unreadable?(text: string, line: number, reason: string): void
}

/** Reads a whole file and tells what it says. @throws NoRecords */
export type NestedReader = (events: NestedEvents) => Promise<void>
