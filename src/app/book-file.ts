import type { CanonicalDocument } from '../canonical/index.js'
import type { X12Finding } from '../formats/x12/index.js'
import { type FileRow, type StateDatabase, saveFileFindings, setDisposition, takeDocuments } from '../state/index.js'
import { bookInterchange } from './acknowledging/book-interchange.js'
import { interchangeHashes } from './acknowledging/interchange-hashes.js'
import { takeAnswer } from './acknowledging/take-answers.js'
import { documentRow } from './document-row.js'
import { fileFinding } from './file-finding.js'
import type { ReadFile } from './read-file.js'
import type { ReadInterchange } from './read-interchange.js'
import type { ReadDocuments } from './run-summary.js'
import type { Tools } from './tools.js'

/**
 * Brings what a file holds into the store: documents, answers to what we sent, what we owe for it, findings and disposition, all
 * in one transaction.
 */
export async function bookFile(file: FileRow, read: ReadFile, tools: Tools): Promise<ReadDocuments> {
  const hashes = await interchangeHashes(file, read.interchanges, tools)
  return tools.state.database.transaction().execute(async (database) => {
    const total = { taken: 0, known: 0, unusable: read.unusable }
    const findings = [...read.findings]
    const say = (finding: X12Finding, document?: string) => findings.push(fileFinding(file, finding, document, tools))
    for (const interchange of read.interchanges) {
      const counts = await bookDocuments(database, file, interchange, tools, say)
      for (const answer of interchange.answers) {
        for (const { finding, document } of await takeAnswer(database, answer, file, tools)) say(finding, document)
      }
      const isNew = counts.taken > 0 && counts.reused === 0
      const reused = await bookInterchange(database, file, interchange, hashes.get(interchange), isNew, tools)
      if (reused !== undefined) say(reused)
      total.taken += counts.taken + interchange.answers.length
      total.known += counts.known
      total.unusable += counts.reused
    }
    const records = total.taken + total.known + total.unusable
    await saveFileFindings(database, file.id, findings)
    const accepted = total.taken + total.known
    await setDisposition(database, file.id, {
      disposition: accepted === 0 && findings.length > 0 ? 'quarantined' : 'read',
      reason:
        findings.length === 0
          ? null
          : `${findings[0]?.message}${findings.length > 1 ? ` (and ${findings.length - 1} more)` : ''}`,
      records,
      accepted,
      rejected: total.unusable,
    })
    return { in: records, ...total }
  })
}

/** Of one interchange's documents: new, come again, and under control numbers that other content has. */
interface Arrivals {
  taken: number
  known: number
  reused: number
}

async function bookDocuments(
  database: StateDatabase,
  file: FileRow,
  { documents, check }: ReadInterchange,
  tools: Tools,
  say: (finding: X12Finding, document: string) => void,
): Promise<Arrivals> {
  const counts: Arrivals = { taken: 0, known: 0, reused: 0 }
  const rows = documents.map(({ document, content }) =>
    documentRow(file, document, content, check.partner ?? '', check.company, tools),
  )
  const arrivals = await takeDocuments(database, rows)
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

const controlReused = ({ envelope }: CanonicalDocument) =>
  ({
    code: 'X12-CONTROL-DUPLICATE',
    standardCode: 'AK502:23',
    scope: 'transaction',
    segment: 'ST',
    message: `Interchange ${envelope.interchangeControl}, group ${envelope.groupControl}, transaction ${envelope.transactionControl} was sent before with other content; this one was not taken`,
  }) as const
