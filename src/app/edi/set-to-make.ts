import { z } from 'zod'
import type { CanonicalDocument, Envelope } from '../../canonical/index.js'
import { readDocument, transactionSetOf, writeDocument } from '../../documents/index.js'
import { functionalIds, type Transaction, type TransactionToWrite } from '../../formats/x12/index.js'
import { businessKey } from '../read/document-row.js'
import { lostInWriting } from './lost-in-writing.js'

/** One transaction set of a file that is made. */
export interface SetToMake {
  /** Where it stands in its JSON: $.documents[2].document. */
  readonly path: string
  /** Of the canonical document; undefined for a set told by its segments. */
  readonly kind: string | undefined
  readonly set: string
  /** GS01. */
  readonly functionalId: string
  readonly envelope: Partial<Envelope>
  /** The number people know it by; undefined for a set told by its segments. */
  readonly businessKey: string | undefined
  /** Segments of the file it was read from that no field of the document holds. */
  readonly notWritten: readonly string[]
  readonly segments: (version: string) => TransactionToWrite['segments']
  /** JSON path of the first thing that the file, read again, does not say. */
  readonly lost: (written: Transaction) => string | undefined
}

export const setOfDocument = (document: CanonicalDocument, path: string, notWritten: readonly string[]): SetToMake => ({
  path,
  kind: document.kind,
  ...transactionSetOf(document.kind),
  envelope: document.envelope,
  businessKey: businessKey(document),
  notWritten,
  segments: (version) => writeDocument(document, version),
  lost: (written) => lostInWriting(document, readDocument(written).document, path),
})

const Segment = z
  .array(z.string({ error: 'an element as text' }), { error: '["ID", "element 01", ...]' })
  .min(1, { error: '["ID", "element 01", ...]' })
const Segments = z.object({
  set: z.string({ error: 'a transaction set, for example "846"' }).refine((set) => set in functionalIds, {
    error: `one of ${Object.keys(functionalIds).join(', ')}`,
  }),
  segments: z.array(Segment).min(1),
})

const ENVELOPE = ['ST', 'SE']

/** A set that has no canonical document, by its segments between ST and SE, each [id, element 01, ...], as `edi view --json` has them. */
export function setOfSegments(json: unknown, path: string): { made?: SetToMake; problem?: string } {
  const { data, error } = Segments.safeParse(json)
  if (data === undefined) {
    const [issue] = error.issues
    const at = issue?.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('') ?? ''
    return { problem: `${path}${at}: expected ${issue?.message}` }
  }
  const { set } = data
  const segments = data.segments.filter(([id = '']) => !ENVELOPE.includes(id))
  const body = ({ segments: all }: Transaction) =>
    all.filter(({ id }) => !ENVELOPE.includes(id)).map(({ id, elements }) => [id, ...elements])
  const made: SetToMake = {
    path,
    kind: undefined,
    set,
    functionalId: functionalIds[set] ?? '',
    envelope: {},
    businessKey: undefined,
    notWritten: [],
    segments: () => segments,
    lost: (written) => lostInWriting(segments.map(withoutEmptyEnd), body(written), `${path}.segments`),
  }
  return { made }
}

/** Empty elements at the end of a segment are not written. */
const withoutEmptyEnd = (segment: readonly string[]): readonly string[] =>
  segment.slice(0, segment.findLastIndex((value) => value !== '') + 1)
