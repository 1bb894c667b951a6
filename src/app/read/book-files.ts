import type { CanonicalDocument, Finding } from '../../canonical/index.js'
import { text, type X12Finding } from '../../formats/x12/index.js'
import {
  type Arrival,
  type FileRow,
  plainControl,
  type StateDatabase,
  saveFileFindings,
  setDisposition,
  takeDocuments,
  takeReceived,
} from '../../state/index.js'
import { acknowledgmentOwed } from '../acknowledging/acknowledgment-owed.js'
import { takeCopy } from '../acknowledging/copy-sent.js'
import { queueInterchanges } from '../acknowledging/queue-interchange.js'
import { numberReused, receivedNumber } from '../acknowledging/received-number.js'
import { takeAnswer } from '../acknowledging/take-answers.js'
import { noDocuments, type ReadDocuments, sumOfDocuments } from '../run-summary.js'
import type { Tools } from '../tools.js'
import { documentRow } from './document-row.js'
import { fileFinding } from './file-finding.js'
import type { ReadFile } from './read-file.js'
import type { ReadInterchange } from './read-interchange.js'

/** A file with what it holds. */
export interface FileToBook {
  readonly file: FileRow
  readonly read: ReadFile
}

/** An interchange of one of them, with what is to be known of it before anything is said of it. */
interface Booking {
  readonly file: FileRow
  readonly interchange: ReadInterchange
  readonly rows: readonly ReturnType<typeof documentRow>[]
  /** Where its number is kept. */
  readonly received: ReturnType<typeof receivedNumber> | undefined
}

/**
 * Brings what some files hold into the store: documents, answers to what we sent, what we owe for them, findings and dispositions, all
 * in one transaction. What can be made without the store is made before it begins, and our own control numbers are taken last: others
 * wait for those.
 */
export async function bookFiles(files: readonly FileToBook[], tools: Tools): Promise<ReadDocuments> {
  const bookings = files.flatMap(({ file, read }) =>
    read.interchanges.map((interchange) => bookingOf(file, interchange, tools)),
  )
  return tools.state.besideOthers(scopesOf(bookings), async (database) => {
    const arrivals = await takeDocuments(
      database,
      bookings.flatMap(({ rows }) => rows),
    )
    const numbered = bookings.flatMap(({ received }) => received ?? [])
    const stands = await takeReceived(database, numbered)
    const used = new Map(numbered.map((received, n) => [received, stands[n]]))
    let total = noDocuments
    const owed = []
    for (const { file, read } of files) {
      const counts = { taken: 0, known: 0, unusable: read.unusable }
      const findings = [...read.findings]
      const say = (finding: X12Finding, document?: string) => findings.push(fileFinding(file, finding, document, tools))
      for (const { interchange, rows, received } of bookings.filter((one) => one.file === file)) {
        const { taken, known, reused } = countArrivals(interchange, arrivals.splice(0, rows.length), say)
        await takeCopy(database, interchange, file, tools)
        for (const answer of interchange.answers)
          for (const { finding, document } of await takeAnswer(database, answer, file, tools)) say(finding, document)
        if (received !== undefined && used.get(received) === 'other' && taken > 0 && reused === 0) {
          interchange.report.findings.push(numberReused(interchange))
          say(numberReused(interchange))
        }
        owed.push(...owedFor(interchange, file, tools))
        counts.taken += taken + interchange.answers.length
        counts.known += known
        counts.unusable += reused
      }
      total = sumOfDocuments(total, await settle(database, file, counts, findings))
    }
    for (const { name, for: file } of await queueInterchanges(database, owed, tools))
      tools.log.info({ file, acknowledgment: name }, 'acknowledgment queued')
    return total
  })
}

function bookingOf(file: FileRow, interchange: ReadInterchange, tools: Tools): Booking {
  const { check, documents, hash } = interchange
  const rows = documents.map(({ document, content }) =>
    documentRow(file, document, content, check.partner ?? '', check.company, tools),
  )
  const isKept = hash !== undefined && check.partner !== undefined
  const received = isKept ? receivedNumber(interchange, check.partner, file, hash, tools.now()) : undefined
  return { file, interchange, rows, received }
}

/**
 * What nobody else may book meanwhile: an interchange of that number of that sender, which may lie in the drops of two jobs at once, and
 * answers of a partner, where there are some.
 */
const scopesOf = (bookings: readonly Booking[]): string[] =>
  bookings.flatMap(({ interchange: { check, report, answers } }) => {
    const sender = check.partner ?? ''
    const own = `interchange ${plainControl(text(report.isa, 13))} of ${sender}`
    return answers.length === 0 && !check.isCopy ? [own] : [own, `answers of ${sender}`]
  })

/** Of one interchange's documents: new, come again, and under control numbers that other content has. */
interface Counts {
  taken: number
  known: number
  reused: number
}

function countArrivals(
  { documents }: ReadInterchange,
  arrivals: readonly Arrival[],
  say: (finding: X12Finding, document: string) => void,
): Counts {
  const counts: Counts = { taken: 0, known: 0, reused: 0 }
  for (const [n, { document, set }] of documents.entries()) {
    const arrival = arrivals[n]
    if (arrival === 'known' || arrival === 'taken') {
      counts[arrival]++
      continue
    }
    counts.reused++
    const finding = { ...controlReused(document), ...document.span }
    say(finding, document.envelope.transactionControl)
    set.findings.push(finding)
    set.refused = true
  }
  return counts
}

/** What its sender is owed for an interchange, when all that was said of its sets is known. */
function owedFor({ report, check }: ReadInterchange, file: FileRow, { workspace }: Tools) {
  const { partner } = check
  const x12 = workspace.settings.partners[partner ?? '']?.x12
  // One that lies in the drop of somebody else may not be from whom it says: nobody is answered.
  if (partner === undefined || x12 === undefined || check.isCopy || check.stranger) return []
  const owed = acknowledgmentOwed(report, file, partner, x12)
  return owed === undefined ? [] : [owed]
}

async function settle(
  database: StateDatabase,
  file: FileRow,
  counts: Omit<ReadDocuments, 'in'>,
  findings: readonly Finding[],
): Promise<ReadDocuments> {
  const records = counts.taken + counts.known + counts.unusable
  await saveFileFindings(database, file.id, findings)
  const accepted = counts.taken + counts.known
  await setDisposition(database, file.id, {
    disposition: accepted === 0 && findings.length > 0 ? 'quarantined' : 'read',
    reason:
      findings.length === 0
        ? null
        : `${findings[0]?.message}${findings.length > 1 ? ` (and ${findings.length - 1} more)` : ''}`,
    records,
    accepted,
    rejected: counts.unusable,
  })
  return { in: records, ...counts }
}

const controlReused = ({ envelope }: CanonicalDocument) =>
  ({
    code: 'X12-CONTROL-DUPLICATE',
    standardCode: 'AK502:23',
    scope: 'transaction',
    segment: 'ST',
    message: `Interchange ${envelope.interchangeControl}, group ${envelope.groupControl}, transaction ${envelope.transactionControl} was sent before with other content; this one was not taken`,
  }) as const
