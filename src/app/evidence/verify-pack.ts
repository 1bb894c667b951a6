import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import JSZip from 'jszip'
import { ExitCode, MatchbookError, systemError } from '../../errors/index.js'
import { type AuditRow, auditHash, verifyAudit } from '../../state/index.js'
import type { Reading } from '../reading.js'

export interface VerifiedPack {
  readonly file: string
  readonly period: string
  readonly files: number
  readonly entries: number
  /** What does not fit, in words; none: the pack is whole, and the chain of this workspace still says the same. */
  readonly faults: readonly string[]
  readonly exit: ExitCode
}

interface Manifest {
  readonly format: string
  readonly period: { readonly name: string }
  readonly chain: Record<'opening' | 'closing', { readonly sequence: number; readonly hash: string }>
}

/**
 * Holds a pack against itself, each file against manifest.sha256 and each entry of the chain against the one before, and its last entry
 * against the audit chain of this workspace.
 * @throws EVIDENCE-UNREADABLE
 */
export async function verifyPack({ state }: Pick<Reading, 'state'>, file: string): Promise<VerifiedPack> {
  const texts = await textsOf(file)
  const manifest = manifestOf(file, texts)
  const sums = [...(texts.get('manifest.sha256') ?? '').matchAll(/^([0-9a-f]{64}) {2}(.+)$/gm)]
  const named = new Map(sums.map(([, sha256 = '', name = '']) => [name, sha256]))
  const faults = [
    ...[...named].flatMap(([name, sha256]) => hashFault(name, sha256, texts)),
    ...[...texts.keys()]
      .filter((name) => name !== 'manifest.sha256' && !named.has(name))
      .map((name) => `${name} is in the pack, and manifest.sha256 does not name it`),
  ]
  const rows = entriesOf(texts.get('audit.ndjson') ?? '')
  const { opening, closing } = manifest.chain
  const fault =
    rows === undefined ? 'A line of audit.ndjson is no entry of an audit chain' : chainFault(rows, opening, closing)
  if (fault !== undefined) faults.push(fault)
  if (closing.sequence > 0) {
    const here = await verifyAudit(state.database, closing)
    if (here.fault !== null) faults.push(`The audit chain of this workspace: ${here.fault.said}`)
  }
  const exit = faults.length === 0 ? ExitCode.done : ExitCode.refused
  return { file, period: manifest.period.name, files: named.size, entries: rows?.length ?? 0, faults, exit }
}

async function textsOf(file: string): Promise<ReadonlyMap<string, string>> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw systemError(error, file)
  })
  try {
    const zip = await JSZip.loadAsync(bytes)
    const texts = new Map<string, string>()
    for (const entry of Object.values(zip.files)) if (!entry.dir) texts.set(entry.name, await entry.async('string'))
    return texts
  } catch (cause) {
    throw new MatchbookError('EVIDENCE-UNREADABLE', `${file} is no zip that can be read`, { cause })
  }
}

function manifestOf(file: string, texts: ReadonlyMap<string, string>): Manifest {
  try {
    const manifest = JSON.parse(texts.get('manifest.json') ?? '') as Partial<Manifest>
    const { format, period, chain } = manifest
    if (format === 'matchbook-evidence-1' && period !== undefined && isEntry(chain?.opening) && isEntry(chain?.closing))
      return manifest as Manifest
  } catch {
    // said below
  }
  throw new MatchbookError('EVIDENCE-UNREADABLE', `${file} holds no manifest.json of an evidence pack`)
}

const isEntry = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'sequence' in value && 'hash' in value

function hashFault(name: string, sha256: string, texts: ReadonlyMap<string, string>): string[] {
  const text = texts.get(name)
  if (text === undefined) return [`${name} is not in the pack, and manifest.sha256 names it`]
  const found = createHash('sha256').update(text).digest('hex')
  return found === sha256 ? [] : [`${name} was changed: its SHA-256 is ${found}`]
}

/** Undefined where a line is no entry. */
function entriesOf(ndjson: string): AuditRow[] | undefined {
  try {
    const rows = ndjson.split('\n').flatMap((line): AuditRow[] => (line === '' ? [] : [JSON.parse(line)]))
    return rows.every(isEntry) ? rows : undefined
  } catch {
    return undefined
  }
}

function chainFault(
  rows: readonly AuditRow[],
  opening: { readonly sequence: number; readonly hash: string },
  closing: { readonly sequence: number; readonly hash: string },
): string | undefined {
  let { sequence, hash } = opening
  for (const row of rows) {
    if (row.sequence !== sequence + 1 || row.previous !== hash)
      return `Entry ${row.sequence} of audit.ndjson does not follow entry ${sequence}`
    if (row.hash !== auditHash(row)) return `Entry ${row.sequence} of audit.ndjson was changed after it was written`
    sequence = row.sequence
    hash = row.hash
  }
  return sequence === closing.sequence && hash === closing.hash
    ? undefined
    : `audit.ndjson ends with entry ${sequence}, and the manifest says ${closing.sequence}`
}
