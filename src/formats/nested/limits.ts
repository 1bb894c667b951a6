/** What a file of nested values may hold; beyond it, it is no extract of a system. Sizes in characters. */
export const nestedLimits = {
  /** Objects within objects. */
  depth: 100,
  /** A value, or whatever stands between two. */
  value: 1 << 20,
  key: 1000,
  /** Different names of values. */
  names: 2000,
  /** Keys of one object. */
  keys: 20_000,
  /** Records that wait for the end of the object they stand in; and a line of a file with an object a line. */
  held: 16 << 20,
  /** How many times larger than the file its copy may become, since values above records stand in each of them. */
  growth: 50,
} as const
