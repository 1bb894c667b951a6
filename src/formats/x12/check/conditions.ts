import type { Condition } from '../guide/guide.js'

export interface BrokenCondition {
  readonly code: '2' | '10'
  /** Of the element that is missing, or should not be there; 1-based. */
  readonly position: number
  readonly message: string
  readonly expected: string
}

/** Whether a relational condition holds for the elements present, as bits: 1 is element 1, 2 is element 2, 4 is element 3. */
export function holds({ kind, elements, bits }: Condition, present: number): boolean {
  const there = present & bits
  if (there === 0) return kind !== 'R'
  switch (kind) {
    case 'P':
      return there === bits
    case 'R':
      return true
    case 'E':
      return (there & (there - 1)) === 0
    case 'C':
      return there === bits || (there & bitOf(elements[0] as number)) === 0
    case 'L':
      return (there & bitOf(elements[0] as number)) === 0 || (there & (there - 1)) !== 0
  }
}

/** What to say of a condition that does not hold. `name` says how to call the element at a position: PO104. */
export function brokenCondition(
  { kind, elements }: Condition,
  present: number,
  name: (position: number) => string,
): BrokenCondition {
  const first = elements[0] as number
  const missing = elements.filter((position) => (present & bitOf(position)) === 0)
  const given = elements.filter((position) => (present & bitOf(position)) !== 0)
  switch (kind) {
    case 'P':
      return lacking(missing.map(name), given.map(name), missing[0] as number, 'they go together')
    case 'C':
      return lacking(missing.map(name), given.map(name), missing[0] as number, `${name(first)} asks for it`)
    case 'R':
      return oneNeeded(elements.map(name), first, 'one of them must be there')
    case 'L':
      return oneNeeded(elements.slice(1).map(name), elements[1] as number, `${name(first)} asks for one of them`)
    case 'E': {
      const message = `${list(given.map(name), 'and')} are there, and exclude each other`
      return {
        code: '10',
        position: given[1] as number,
        message,
        expected: `one of ${list(elements.map(name), 'and')}`,
      }
    }
  }
}

function lacking(missing: readonly string[], given: readonly string[], position: number, why: string): BrokenCondition {
  const absent = list(missing, 'and')
  const message = `${absent} ${be(missing)} missing though ${list(given, 'and')} ${be(given)} there: ${why}`
  return { code: '2', position, message, expected: absent }
}

function oneNeeded(names: readonly string[], position: number, why: string): BrokenCondition {
  const either = list(names, 'or')
  return { code: '2', position, message: `${either} is missing: ${why}`, expected: either }
}

const bitOf = (position: number): number => 1 << (position - 1)

const be = (names: readonly string[]): string => (names.length === 1 ? 'is' : 'are')

function list(names: readonly string[], word: string): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`
}
