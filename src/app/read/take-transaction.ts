import { type IdentityPlace, identitiesIn, withoutIdentities } from '../../documents/index.js'
import {
  type RejectOn,
  readFunctionalAcknowledgment,
  type SetReport,
  setVerdict,
  type Transaction,
  type X12Finding,
} from '../../formats/x12/index.js'
import { contentHash } from './document-row.js'
import { copiedSets } from './partner-check.js'
import type { ReadInterchange } from './read-interchange.js'
import { setFindings } from './set-findings.js'

export interface HowToTake {
  /** Those the drop takes; acknowledgments of what we sent come by any drop. */
  readonly sets: readonly string[]
  readonly rejectOn: RejectOn
  /** Holds the set against its guide, where the partner is held to one. */
  readonly check: () => Promise<readonly X12Finding[]>
  readonly say: (finding: X12Finding) => void
}

/**
 * Reads a transaction into its interchange, and notes in `set` what its acknowledgment will say.
 * @returns whether it is used
 */
export async function takeTransaction(
  transaction: Transaction,
  within: ReadInterchange,
  set: SetReport,
  { sets, rejectOn, check, say }: HowToTake,
): Promise<boolean> {
  const { check: parties } = within
  const answers = !parties.isCopy && (transaction.set === '997' || transaction.set === '999')
  const refusal = parties.finding ?? (answers ? undefined : unwanted(transaction, within, sets))
  if (refusal !== undefined) {
    const finding: X12Finding = { ...refusal, ...transaction.span, segment: 'ST', scope: 'transaction' }
    // What is wrong with the interchange was told once, of the interchange.
    if (parties.finding === undefined) say(finding)
    set.findings.push(finding)
    set.refused = true
    return false
  }
  if (answers) return takeAnswer(transaction, within, say)

  const { document, findings } = setFindings(transaction, await check())
  for (const finding of findings) {
    say(finding)
    set.findings.push(finding)
  }
  if (document === undefined || setVerdict(set, rejectOn) === 'R') set.refused = true
  else {
    const identities = identitiesIn(transaction)
    for (const place of identities) say(patientNamed(place))
    within.documents.push({
      document: identities.length === 0 ? document : withoutIdentities(document, identities),
      content: contentHash(transaction),
      set,
    })
  }
  return !set.refused
}

/** The partner is not told: the set is as it has to be. */
const patientNamed = ({ segment: { id, span }, element }: IdentityPlace): X12Finding => ({
  code: 'DATA-PHI',
  standardCode: '',
  scope: 'transaction',
  segment: id,
  element,
  ...span,
  message: `${id}${String(element).padStart(2, '0')} holds what looks like the identity of a patient: the document is used without it`,
})

function takeAnswer(transaction: Transaction, { report, answers }: ReadInterchange, say: HowToTake['say']): boolean {
  const functional = readFunctionalAcknowledgment(transaction)
  if (functional !== undefined) answers.push({ isa: report.isa, place: transaction.span, functional })
  else say({ ...nothingAnswered, ...transaction.span })
  return functional !== undefined
}

/**
 * Says what is wrong within a transaction that is refused for its envelope, to people and in its acknowledgment: all of it can then be
 * mended at once.
 * @returns what was said
 */
export async function lookIntoRefused(
  transaction: Transaction,
  within: ReadInterchange,
  set: SetReport,
  { sets, check, say }: Omit<HowToTake, 'rejectOn'>,
): Promise<readonly X12Finding[]> {
  if (within.check.finding !== undefined || unwanted(transaction, within, sets) !== undefined) return []
  const { findings } = setFindings(transaction, await check())
  for (const finding of findings) {
    say(finding)
    set.findings.push(finding)
  }
  return findings
}

/** A set this input does not take: somebody sends more than was agreed, and must hear of it. */
function unwanted({ set }: Transaction, { check }: ReadInterchange, sets: readonly string[]) {
  const wanted = check.isCopy ? sets.filter((one) => copiedSets.includes(one)) : sets
  if (wanted.includes(set)) return undefined
  const message = `this drop takes ${wanted.join(' and ')}, not ${set}`
  return { code: 'X12-UNSUPPORTED', standardCode: 'AK502:1', message } as const
}

const nothingAnswered = {
  code: 'X12-SYNTAX',
  standardCode: 'AK304:3',
  message: 'The acknowledgment has no AK1: it does not say what it answers',
  scope: 'transaction',
  segment: 'AK1',
} as const
