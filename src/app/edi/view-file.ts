import type { CanonicalDocument } from '../../canonical/index.js'
import { type DocumentFinding, readDocument } from '../../documents/index.js'
import { MatchbookError } from '../../errors/index.js'
import { type DecodedSegment, readEnvelopes, type Transaction, type X12Finding } from '../../formats/x12/index.js'
import type { EdiFile } from './edi-file.js'
import type { Sheet } from './sheet.js'
import { interchangeAcknowledgmentSheet } from './sheets/interchange-acknowledgment.js'
import { sheetOf } from './sheets/sheet-of.js'
import type { Words } from './words.js'

export interface ViewedSet {
  readonly kind: 'set'
  /** 1-based, among the sets of the file that can be used. */
  readonly number: number
  readonly set: string
  readonly document: CanonicalDocument | undefined
  readonly findings: readonly DocumentFinding[]
  /** As they stand: [id, element 01, element 02, ...]. */
  readonly segments: readonly (readonly string[])[]
  readonly sheet: Sheet
}

export type Viewed =
  | ViewedSet
  | { readonly kind: 'interchange-acknowledgment'; readonly segment: readonly string[]; readonly sheet: Sheet }
  | {
      readonly kind: 'finding'
      readonly finding: X12Finding
      /** Of a set that is refused for its envelope: what it says all the same. */
      readonly sheet?: Sheet
    }

/**
 * The transaction sets and TA1s of a file in order, and what stands against its envelopes. `only`: this set and
 * nothing else.
 * @throws USAGE when there is no such set
 */
export async function* viewFile(file: EdiFile, words: Words, only?: number): AsyncGenerator<Viewed> {
  let number = 0
  let isa: DecodedSegment | undefined
  let refused: Transaction | undefined
  for await (const item of readEnvelopes(file.chunks())) {
    if (item.kind === 'transaction') {
      number++
      if (only === undefined || only === number) yield await viewedSet(item.transaction, number, words)
      if (only === number) return
    } else if (item.kind === 'interchange-open') isa = item.isa
    else if (only !== undefined) continue
    else if (item.kind === 'refused') refused = item.transaction
    else if (item.kind === 'finding') {
      yield await viewedFinding(item.finding, refused, words)
      refused = undefined
    } else if (item.kind === 'service' && item.segment.id === 'TA1') {
      yield {
        kind: 'interchange-acknowledgment',
        segment: asList(item.segment),
        sheet: interchangeAcknowledgmentSheet(item.segment, isa, words),
      }
    }
  }
  if (only !== undefined) throw noSuchSet(file, only, number)
}

/** Why a set is refused comes right behind the set. */
async function viewedFinding(
  finding: X12Finding,
  refused: Transaction | undefined,
  words: Words,
): Promise<Extract<Viewed, { kind: 'finding' }>> {
  if (refused === undefined) return { kind: 'finding', finding }
  const { sheet } = await viewedSet(refused, 0, words)
  return {
    kind: 'finding',
    finding,
    sheet: {
      ...sheet,
      marks: [{ text: 'NOT USED', tone: 'bad' }, ...sheet.marks],
      problems: [findingText(finding), ...sheet.problems],
    },
  }
}

export const findingText = ({ message, line, byteOffset, standardCode }: X12Finding): string =>
  `Line ${line}, byte ${byteOffset}: ${message} (${standardCode})`

const noSuchSet = ({ name }: EdiFile, only: number, number: number): MatchbookError =>
  new MatchbookError('USAGE', `${name} has no set ${only}: ${number} of its transaction sets can be used`, {
    facts: { file: name, sets: number },
  })

async function viewedSet(transaction: Transaction, number: number, words: Words): Promise<ViewedSet> {
  const { document, findings } = readDocument(transaction)
  // That a set has no document of its own is no fault of the set: it is shown by its segments.
  const problems = findings.filter(({ code }) => code !== 'X12-UNSUPPORTED')
  const sheet = await sheetOf(transaction, document, words)
  return {
    kind: 'set',
    number,
    set: transaction.set,
    document,
    findings: problems,
    segments: transaction.segments.map(asList),
    sheet: { ...sheet, problems: [...sheet.problems, ...problems.map(problemText)] },
  }
}

const problemText = ({ segment, element, message, span }: DocumentFinding): string => {
  const place = `${segment}${element === undefined ? '' : String(element).padStart(2, '0')}`
  return `Line ${span.line}: ${message.includes(place) ? message : `${place}: ${message}`}`
}

const asList = ({ id, elements }: DecodedSegment): readonly string[] => [id, ...elements]
