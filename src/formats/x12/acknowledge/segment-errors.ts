import type { ElementToWrite } from '../write.js'
import type { X12Finding } from '../x12-finding.js'
import type { BusinessNumber } from './business-number.js'
import { type AckDialect, codeIn } from './dialect.js'
import type { SetReport } from './interchange-report.js'

const LONGEST_COPY = 99
const LONGEST_LOOP = 6
/** Element 9998. */
const LONGEST_REFERENCE = 35

/** Delimiters of the acknowledgment: a value that holds one cannot be repeated in it. */
export type Writable = (value: string) => boolean

/**
 * AK3 and AK4 (IK3 and IK4) of what was found within a set, in its order. A finding without its position cannot be written here; it
 * still counts in the AK5.
 */
export function segmentErrors(
  { findings, business }: Pick<SetReport, 'findings' | 'business'>,
  dialect: AckDialect,
  writable: Writable,
): ElementToWrite[][] {
  const places = new Map<string, X12Finding[]>()
  const inOrder = findings
    .filter(({ standardCode, segmentPosition }) => /^AK[34]0/.test(standardCode) && segmentPosition !== undefined)
    .sort((a, b) => (a.segmentPosition ?? 0) - (b.segmentPosition ?? 0))
  for (const finding of inOrder) {
    const { segment, segmentPosition, loop, standardCode } = finding
    const code = standardCode.startsWith('AK304:') ? codeIn(dialect, standardCode) : '8'
    const key = JSON.stringify([segmentPosition, segment, loop, code])
    places.set(key, [...(places.get(key) ?? []), finding])
  }
  const context = dialect.set === '999' ? contexts(business, writable) : []
  return [...places].flatMap(([key, found]) => {
    const [position, segment, loop, code] = JSON.parse(key) as [number, string | null, string | null, string]
    const named = loop && loop.length <= LONGEST_LOOP && writable(loop) ? loop : ''
    const id = segment && writable(segment) ? segment.slice(0, 3) : ''
    return [
      [dialect.segment, id, String(position), named, code],
      ...context,
      ...found.flatMap((finding) => elementError(finding, dialect, writable)),
    ]
  })
}

/** CTX: which invoice, order or notice the error is in, behind each IK3. */
function contexts(business: BusinessNumber | undefined, writable: Writable): ElementToWrite[][] {
  if (business === undefined || !writable(business.number)) return []
  return [['CTX', [business.element, business.number.slice(0, LONGEST_REFERENCE)]]]
}

function elementError(finding: X12Finding, dialect: AckDialect, writable: Writable): ElementToWrite[][] {
  const { standardCode, element, component, dataElement, value = '' } = finding
  if (!standardCode.startsWith('AK403:') || element === undefined) return []
  const place = component === undefined ? String(element) : [String(element), String(component)]
  const copy = writable(value) ? value.slice(0, LONGEST_COPY) : ''
  const code = codeIn(dialect, standardCode)
  // Element 725 is a number: what a composite is called (C001) has no place in it.
  const reference = /^\d+$/.test(dataElement ?? '') ? dataElement : ''
  return [[dialect.element, place, reference ?? '', code, copy]]
}
