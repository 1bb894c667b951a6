import type { Reference, References } from '../canonical/index.js'
import type { DecodedSegment } from '../formats/x12/index.js'
import { append } from './draft.js'
import { given } from './given.js'
import type { SegmentReader } from './segment-reader.js'
import { segment, type WrittenSegment } from './write-segment.js'

interface Referenced {
  references?: References
  furtherReferences?: readonly Reference[]
}

/** Of element 128, and of C04001. */
const LONGEST_QUALIFIER = 3

/** A REF; REF03 counts as the number where there is no REF02. One without qualifier or number stays unread. */
export function readReference(reader: SegmentReader, into: Referenced, ref: DecodedSegment): void {
  const qualifier = reader.peek(ref, 1)
  const number = reader.peek(ref, 2)
  const description = reader.peek(ref, 3)
  const value = number ?? description
  if (qualifier === undefined || qualifier.length > LONGEST_QUALIFIER || value === undefined) return
  reader.passOver(ref, 1, 2, 3)
  into.references ??= {}
  const first = !Object.hasOwn(into.references, qualifier)
  if (first) (into.references as Record<string, string>)[qualifier] = value
  const more = number === undefined ? undefined : description
  if (first && more === undefined) return
  into.furtherReferences = append(into.furtherReferences, given({ qualifier, value, description: more }))
}

/** The reference of a qualifier that was not given twice with different values. */
export function onlyReference(of: Referenced, qualifier: string): string | undefined {
  const value = of.references?.[qualifier]
  const contradicted = of.furtherReferences?.some((each) => each.qualifier === qualifier && each.value !== value)
  return contradicted ? undefined : value
}

/** A first reference that has a description is written with it, from among the further ones. */
export function referenceSegments({ references = {}, furtherReferences = [] }: Referenced): WrittenSegment[] {
  const described = (qualifier: string, value: string): boolean => {
    const first = furtherReferences.find((each) => each.qualifier === qualifier)
    return first?.value === value && first.description !== undefined
  }
  return [
    ...Object.entries(references)
      .filter(([qualifier, value]) => !described(qualifier, value))
      .map(([qualifier, value]) => segment('REF', qualifier, value)),
    ...furtherReferences.map(({ qualifier, value, description }) => segment('REF', qualifier, value, description)),
  ]
}
