import { createHash } from 'node:crypto'
import path from 'node:path'
import type { JobSettings, WorkspaceSettings } from '../../config/index.js'
import type { RunRow } from '../../state/index.js'

/** Whose workbook holds a part of a job's exceptions. */
export interface ReportPart {
  readonly kind: 'owner' | 'facility'
  readonly name: string
}

/** How most are written: a name in words, a code in capitals. Within one of these no two become one in small letters. */
const plainNames = { owner: /^[A-Z][a-z0-9]*(?: [a-z0-9]+)*$/, facility: /^[A-Z0-9]+(?:-[A-Z0-9]+)*$/ } as const

/** Where the workbook of a run lies, whole or of one owner or facility. The name follows from the run: written again it is the same file. */
export const workbookFile = (
  { id, as_of }: Pick<RunRow, 'id' | 'as_of'>,
  job: JobSettings,
  folder: string,
  part?: ReportPart,
): string =>
  path.join(
    folder,
    'reports',
    id,
    `${job.report.name}${part === undefined ? '' : `-${partOfName(part)}`}-${as_of}.xlsx`,
  )

/**
 * A name as a part of a file name: every system takes it, and no two have one. Where the name is not written as most are, what cannot stand
 * in a file name is left out, and a few digits of its hash are added.
 */
export function partOfName({ kind, name }: ReportPart): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40)
  if (plainNames[kind].test(name) && name.length <= 40) return plain
  return `${plain === '' ? 'x' : plain}-${createHash('sha256').update(name).digest('hex').slice(0, 6)}`
}

/** Where people find a file of a run: the link or path of the settings, or the path on this machine. */
export function placeForPeople(file: string, run: string, { notify }: WorkspaceSettings): string {
  const pattern = notify?.['workbooks-at']
  if (pattern === undefined) return file
  const isLink = /^https?:/.test(pattern)
  const put = (text: string): string => (isLink ? encodeURIComponent(text) : text)
  return pattern.replaceAll('{file}', () => put(path.basename(file))).replaceAll('{run}', () => put(run))
}
