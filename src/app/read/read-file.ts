import { readFileSync } from 'node:fs'
import type { Finding } from '../../canonical/index.js'
import type { PartnerX12 } from '../../config/index.js'
import type { Delimiters } from '../../formats/x12/delimiters.js'
import {
  type DecodedSegment,
  fileChunks,
  InterchangeReporter,
  isSameFinding,
  readBatches,
  readInterchangeAcknowledgment,
  type Transaction,
  text,
  type X12Finding,
} from '../../formats/x12/index.js'
import type { FileRow } from '../../state/index.js'
import { hashInterchanges } from '../acknowledging/hash-interchanges.js'
import type { SetChecker } from '../edi/set-checker.js'
import type { Tools } from '../tools.js'
import { fileFinding } from './file-finding.js'
import { checkPartner, type Parties } from './partner-check.js'
import type { ReadInterchange } from './read-interchange.js'
import { type HowToTake, lookIntoRefused, takeTransaction } from './take-transaction.js'

/** A file in memory: nothing of it is in the store yet. */
export interface ReadFile {
  readonly interchanges: readonly ReadInterchange[]
  readonly findings: Finding[]
  /** Transactions that cannot be used; a finding says why, of each or of their group. */
  unusable: number
}

/** Bytes up to which a file is read at once: for so few it costs more to hand the work to another thread than to do it. */
const SMALL = 64 * 1024

/** Reads a file against who may send what: `sets` are those its drop takes. */
export async function readFile(
  file: FileRow,
  sets: readonly string[],
  parties: Parties,
  checker: SetChecker,
  tools: Tools,
): Promise<ReadFile> {
  const reporter = new InterchangeReporter()
  const interchanges: ReadInterchange[] = []
  const read: ReadFile = { interchanges, findings: [], unusable: 0 }
  const say = (finding: X12Finding, document?: string) =>
    read.findings.push(fileFinding(file, finding, document, tools))
  let delimiters: Delimiters | undefined
  let otherVersion = false
  /** Of a refused transaction whose own finding is still to come. */
  let toldOfRefused: readonly X12Finding[] = []
  const howToTake = (transaction: Transaction, x12: PartnerX12 | undefined): HowToTake => ({
    sets,
    rejectOn: x12?.['reject-on'] ?? 'unreadable',
    check: async () =>
      x12?.check === 'standard' || (x12?.guides.length ?? 0) > 0 ? checker(transaction, delimiters) : [],
    say: (finding) => say(finding, transaction.envelope.transactionControl),
  })
  const path = await tools.archive.path(file.sha256, file)
  const bytes = file.size > SMALL ? { path, size: file.size } : readFileSync(path)
  for await (const items of readBatches(Buffer.isBuffer(bytes) ? bytes : fileChunks(path))) {
    for (const item of items) {
      reporter.take(item)
      const within = interchanges.at(-1)
      // What is agreed with a partner is about what it sends.
      const x12 = within?.check.isCopy ? undefined : tools.workspace.settings.partners[within?.check.partner ?? '']?.x12
      switch (item.kind) {
        case 'interchange-open':
          delimiters = item.delimiters
          if (reporter.interchange !== undefined) {
            const check = checkPartner(partiesIn(item.isa), file.partner, sets, parties)
            interchanges.push({ report: reporter.interchange, check, documents: [], answers: [] })
            reporter.interchange.refused = check.finding !== undefined
            if (check.finding !== undefined) {
              const refusal = ofInterchange(check.finding, item.isa)
              reporter.interchange.findings.push(refusal)
              say(refusal)
            }
          }
          break
        case 'group-open': {
          const refusal = refusedVersion(item.gs, x12?.versions)
          otherVersion = refusal !== undefined
          if (refusal === undefined) break
          say(refusal)
          reporter.group?.findings.push(refusal)
          break
        }
        case 'refused': {
          const { transaction } = item
          const { set } = reporter
          if (within === undefined || set === undefined || otherVersion) break
          toldOfRefused = await lookIntoRefused(transaction, within, set, howToTake(transaction, x12))
          break
        }
        case 'finding':
          if (!toldOfRefused.some((other) => isSameFinding(other, item.finding))) say(item.finding)
          toldOfRefused = []
          if (item.finding.scope === 'transaction') read.unusable++
          break
        case 'service':
          if (within !== undefined && !takeService(item.segment, within)) read.unusable++
          break
        case 'transaction': {
          const { transaction } = item
          const { set } = reporter
          if (within === undefined || set === undefined) break
          // What is wrong with its group, or its place in it, was said of the envelope.
          if (otherVersion) set.refused = true
          const taken = !set.refused && (await takeTransaction(transaction, within, set, howToTake(transaction, x12)))
          if (!taken) read.unusable++
        }
      }
    }
  }
  await hashInterchanges(interchanges, bytes, tools)
  const used = interchanges.some(({ documents, answers }) => documents.length + answers.length > 0)
  if (!used && read.findings.length === 0) say({ ...empty, byteOffset: 0, byteLength: file.size, line: 1 })
  return read
}

const partiesIn = (isa: DecodedSegment) => ({
  senderQualifier: text(isa, 5),
  sender: text(isa, 6),
  receiverQualifier: text(isa, 7),
  receiver: text(isa, 8),
  usage: text(isa, 15),
})

type Refusal = Pick<X12Finding, 'code' | 'standardCode' | 'message'>

const ofInterchange = (refusal: Refusal, { id, span }: DecodedSegment): X12Finding => ({
  ...refusal,
  ...span,
  segment: id,
  scope: 'interchange',
})

function refusedVersion(gs: DecodedSegment, versions: readonly string[] | undefined): X12Finding | undefined {
  const version = text(gs, 8)
  if (versions === undefined || versions.some((agreed) => version.startsWith(agreed))) return undefined
  return {
    code: 'X12-UNSUPPORTED',
    standardCode: 'AK905:2',
    scope: 'group',
    segment: 'GS',
    element: 8,
    value: version,
    message: `GS08 is "${version}", agreed is ${versions.join(' or ')}: the group is not used`,
    ...gs.span,
  }
}

/** @returns false when it is a TA1 that cannot be used */
function takeService(segment: DecodedSegment, within: ReadInterchange): boolean {
  const interchange = readInterchangeAcknowledgment(segment)
  if (interchange === undefined) return true
  const { report, check, answers } = within
  // In a copy of ours there is no answer of anybody's.
  if (check.isCopy) return true
  if (check.finding === undefined) answers.push({ isa: report.isa, place: segment.span, interchange })
  return check.finding === undefined
}

const empty = {
  code: 'FILE-EMPTY',
  standardCode: '',
  message: 'The file holds no transaction',
  scope: 'interchange',
  segment: 'ISA',
} as const
