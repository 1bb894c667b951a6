import { createHash } from 'node:crypto'
import path from 'node:path'
import type { JobSettings, WorkspaceSettings } from '../config/index.js'
import type { RunRow } from '../state/index.js'

/** Where the workbook of a run lies, whole or of one owner or facility. The name follows from the run: written again it is the same file. */
export const workbookFile = (
  { id, as_of }: Pick<RunRow, 'id' | 'as_of'>,
  job: JobSettings,
  folder: string,
  part?: string,
): string =>
  path.join(
    folder,
    'reports',
    id,
    `${job.report.name}${part === undefined ? '' : `-${partOfName(part)}`}-${as_of}.xlsx`,
  )

/**
 * A name of people as a part of a file name: every system takes it, and no two names have one. What cannot stand in a file name is left
 * out, and then, or where capitals tell two names apart, a few digits of its hash are added.
 */
export function partOfName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40)
  const isPlain = /^[A-Z]?[a-z0-9]+(?: [a-z0-9]+)*$/.test(name) && name.length <= 40
  if (isPlain) return plain
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
