import { type CanonicalDocument, identityInWords } from '../canonical/index.js'
import type { DecodedSegment, Transaction } from '../formats/x12/index.js'

/** An element that says who a patient is. */
export interface IdentityPlace {
  readonly segment: DecodedSegment
  readonly element: number
}

/** Elements of running text. */
const inWords: Readonly<Record<string, readonly number[]>> = {
  PID: [5],
  NTE: [2],
  MSG: [1],
  MTX: [2],
  N9: [3],
  REF: [3],
}

/** Element 128: social security number, medical record number, number of a patient's account. */
const patientNumbers: ReadonlySet<string> = new Set(['SY', 'EA', 'EJ'])

/** Element 98: patient, insured. */
const patientRoles: ReadonlySet<string> = new Set(['QC', 'IL'])

const FORM = new RegExp(identityInWords)
const isIdentity = (text: string): boolean => FORM.test(text.toUpperCase())

/** Where the set names a patient: by role or qualifier, or in running text by form. */
export function identitiesIn({ segments }: Transaction): readonly IdentityPlace[] {
  const places: IdentityPlace[] = []
  for (const segment of segments) {
    const { id } = segment
    if (id === 'N1' && patientRoles.has(segment.value(1) ?? '')) places.push({ segment, element: 2 })
    if ((id === 'REF' || id === 'N9') && patientNumbers.has(segment.value(1) ?? ''))
      places.push({ segment, element: 2 })
    for (const element of inWords[id] ?? [])
      if (isIdentity(segment.value(element) ?? '')) places.push({ segment, element })
  }
  return places
}

/** What stands in its place. */
const removed = '(identity removed)'

/** The document without what stands at these places, which is all that differs. */
export function withoutIdentities(document: CanonicalDocument, places: readonly IdentityPlace[]): CanonicalDocument {
  const offsets = new Set(places.map(({ segment }) => segment.span.byteOffset))
  const unmapped = document.unmapped.map((one) =>
    offsets.has(one.span.byteOffset) ? { ...one, text: `${one.segment} ${removed}` } : one,
  )
  return { ...(withoutIdentity(document, '') as CanonicalDocument), unmapped }
}

function withoutIdentity(value: unknown, name: string): unknown {
  if (typeof value === 'string')
    return (name === 'description' || name === 'text') && isIdentity(value) ? removed : value
  if (Array.isArray(value)) return value.map((one) => withoutIdentity(one, name))
  if (typeof value !== 'object' || value === null) return value
  const { role, qualifier } = value as Readonly<Record<string, unknown>>
  if (typeof role === 'string' && patientRoles.has(role)) return { role, name: removed }
  const isNumber = typeof qualifier === 'string' && patientNumbers.has(qualifier)
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => {
      const isPatients = name === 'references' ? patientNumbers.has(key) : isNumber && key !== 'qualifier'
      return [key, isPatients && typeof one === 'string' ? removed : withoutIdentity(one, key)]
    }),
  )
}
