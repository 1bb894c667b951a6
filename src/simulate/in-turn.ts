/** The turn-th of a list that begins anew at its end. */
export function inTurn<T>(values: readonly T[], turn: number): T {
  const value = values[turn % values.length]
  if (value === undefined) throw new RangeError('nothing to take turns with')
  return value
}
