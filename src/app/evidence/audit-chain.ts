import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { ExitCode, MatchbookError } from '../../errors/index.js'
import { placeFile } from '../../outputs/place-file.js'
import { type AuditHead, type AuditRow, type AuditVerdict, auditRows, verifyAudit } from '../../state/index.js'
import type { Reading } from '../reading.js'

export interface VerifiedAudit extends AuditVerdict {
  readonly whole: boolean
  readonly exit: ExitCode
}

/** `head`: SEQUENCE:HASH, noted earlier and kept elsewhere. @throws USAGE */
export async function verifyAuditChain({ state }: Reading, head: string | undefined): Promise<VerifiedAudit> {
  const verdict = await verifyAudit(state.database, head === undefined ? undefined : headOf(head))
  const whole = verdict.fault === null
  return { ...verdict, whole, exit: whole ? ExitCode.done : ExitCode.refused }
}

function headOf(text: string): AuditHead {
  const [, sequence = '', hash = ''] = /^(\d+):([0-9a-f]{64})$/i.exec(text) ?? []
  if (hash === '') throw new MatchbookError('USAGE', `--head "${text}" is not SEQUENCE:HASH, as audit verify prints it`)
  return { sequence: Number(sequence), hash: hash.toLowerCase() }
}

export interface AuditRange {
  /** First and last day in UTC, yyyy-MM-dd. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export interface ExportedAudit {
  readonly file: string
  readonly sha256: string
  readonly entries: number
  readonly head: AuditHead | null
}

/** The chain, or some days of it, as NDJSON: each line an entry with its hashes, so that it can be verified without Matchbook. */
export async function exportAudit({ state }: Reading, out: string, range: AuditRange): Promise<ExportedAudit> {
  let entries = 0
  async function* lines(): AsyncGenerator<string> {
    for await (const row of auditRows(state.database)) {
      if (!isWithin(row, range)) continue
      entries += 1
      yield auditLine(row)
    }
  }
  const { sha256 } = await placeFile(out, async (temporary) => {
    await pipeline(lines, createWriteStream(temporary, { flags: 'wx' }))
  })
  const { head } = await verifyAudit(state.database)
  return { file: out, sha256, entries, head }
}

/** An entry as auditors get it. */
export const auditLine = (row: AuditRow): string => `${JSON.stringify(row)}\n`

const isWithin = ({ at }: AuditRow, { from, to }: AuditRange): boolean =>
  (from === undefined || at.slice(0, 10) >= from) && (to === undefined || at.slice(0, 10) <= to)
