import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { silent } from '../../src/app/progress.js'
import { X12Workspace } from './x12-workspace.js'

/** A workspace whose job runs to its end without any extract, on folders that are there. `x12` as X12Workspace has it. */
export async function smallNight(x12 = '{}'): Promise<X12Workspace> {
  const workspace = await X12Workspace.make(x12)
  edit(workspace, 'jobs/receipt-to-invoice.yaml', (yaml) =>
    yaml
      .replaceAll('kind: extract', 'kind: extract\n    required: false')
      .replaceAll('endpoint: erp, folder: lawson', 'endpoint: erp, stable-seconds: 0, folder: lawson'),
  )
  for (const folder of [
    'erp/lawson/extracts',
    'erp/peoplesoft/extracts',
    'erp/inbound',
    'suppliers/orthotech/outbound',
  ]) {
    mkdirSync(path.join(workspace.folder, 'drops', folder), { recursive: true })
  }
  mkdirSync(workspace.drop, { recursive: true })
  return workspace
}

/** Edits a file of the workspace; fails when that changes nothing. */
export function edit({ folder }: X12Workspace, name: string, change: (text: string) => string): void {
  const file = path.join(folder, name)
  const text = readFileSync(file, 'utf8')
  const changed = change(text)
  if (changed === text) throw new Error(`${name} is as it was`)
  writeFileSync(file, changed)
}

export const options = ({ folder }: X12Workspace, dryRun = false) =>
  ({ workspace: folder, dryRun, progress: silent, logLevel: 'silent', logFormat: 'text' }) as const

/** Asks, or changes, the store directly. */
export function sql(workspace: X12Workspace, text: string): Record<string, unknown>[] {
  const database = new Database(path.join(workspace.folder, 'state', 'matchbook.db'))
  try {
    const statement = database.prepare(text)
    if (statement.reader) return statement.all() as Record<string, unknown>[]
    statement.run()
    return []
  } finally {
    database.close()
  }
}
