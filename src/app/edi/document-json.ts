import { documentOfJson } from '../../documents/document-json.js'
import { MatchbookError } from '../../errors/index.js'
import { type SetToMake, setOfDocument, setOfSegments } from './set-to-make.js'

/** More mistakes than this in one go help nobody. */
const TOLD = 20

/**
 * Transaction sets to make out of JSON: one alone, a list of them, or what `edi view --json` prints. Each is a canonical document, or
 * set and segments where there is none.
 * @throws X12-WRITE naming each mistake with its JSON path
 */
export function setsOf(json: unknown): SetToMake[] {
  const listed = isObject(json) && Array.isArray(json.documents) ? json.documents : undefined
  const members: readonly unknown[] = listed ?? (Array.isArray(json) ? json : [json])
  const prefix = listed !== undefined ? '$.documents' : '$'
  const mistakes: string[] = []
  const sets = members.flatMap((member, n): SetToMake[] => {
    const at = members === listed || Array.isArray(json) ? `${prefix}[${n}]` : prefix
    if (isObject(member) && member.kind === undefined && Array.isArray(member.segments)) {
      const { made, problem } = setOfSegments(member, at)
      if (problem !== undefined) mistakes.push(problem)
      return made === undefined ? [] : [made]
    }
    const wrapped = isObject(member) && isObject(member.document)
    const path = wrapped ? `${at}.document` : at
    const { document, problems } = documentOfJson(wrapped ? withoutUnmapped(member.document) : member)
    for (const { message } of problems) mistakes.push(message.replace(/^\$/, () => path))
    return document === undefined ? [] : [setOfDocument(document, path, wrapped ? unmappedOf(member.document) : [])]
  })
  if (mistakes.length > 0) {
    const rest = mistakes.length > TOLD ? [`and ${mistakes.length - TOLD} more`] : []
    throw new MatchbookError('X12-WRITE', [...mistakes.slice(0, TOLD), ...rest].join('\n'), {
      hint: 'Mend the document; nothing was written',
    })
  }
  return sets
}

/** The segments that `edi view` listed as not mapped, as text. */
function unmappedOf(document: unknown): string[] {
  const unmapped = isObject(document) && Array.isArray(document.unmapped) ? (document.unmapped as unknown[]) : []
  return unmapped.flatMap((one) => (isObject(one) && typeof one.text === 'string' ? [one.text] : []))
}

/** A document that `edi view` printed may be written again without what is not mapped. */
const withoutUnmapped = (document: unknown): unknown => (isObject(document) ? { ...document, unmapped: [] } : document)

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
