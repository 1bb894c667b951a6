import path from 'node:path'
import { ExitCode } from '../../errors/index.js'
import { openTools, type ToolOptions } from '../compose.js'
import { today } from '../given-day.js'
import { withJobLeases } from '../leases/job-leases.js'
import { deliverQuietly } from '../notify/deliver.js'
import { actingPerson, personOf } from '../roles/acting-person.js'
import { decidersOf } from '../roles/deciders-of.js'
import { type ImportedWorkbook, importWorkbook } from './import-workbook.js'
import { returnedCopy, returnedFile } from './returned-copy.js'

export interface ImportRequest extends ToolOptions {
  readonly file: string
  readonly allOrNothing: boolean
  /** Who decides where a row names nobody; without it who is logged in. */
  readonly as: string | undefined
  /** Where the copy with the results goes; without it into the state folder. */
  readonly returned: string | undefined
}

export interface ImportOutcome extends ImportedWorkbook {
  readonly dryRun: boolean
  /** The copy with the result beside each row; null where there is none. */
  readonly returned: string | null
  readonly exit: ExitCode
}

/**
 * Takes a workbook back in. A dry run judges it to the end and keeps nothing but the copy, where one is asked for.
 * @throws WORKBOOK-REFUSED, RUN-ACTIVE
 */
export async function importByHand(request: ImportRequest): Promise<ImportOutcome> {
  const tools = await openTools(request, 'decide')
  try {
    const { database } = tools.state
    const file = path.resolve(request.file)
    const bringer = {
      name: path.basename(file),
      person: personOf(request.as),
      actor: actingPerson(request.as, tools),
    }
    const { settings } = tools.workspace
    const applying = { deciders: decidersOf(tools.workspace), settings, now: tools.now(), today: today(tools) }
    const detail = await withJobLeases(tools.workspace.jobs.keys(), tools, () =>
      importWorkbook(database, file, bringer, applying, { allOrNothing: request.allOrNothing }),
    )
    const { imported } = detail
    if (!request.dryRun) await deliverQuietly(tools)
    const wanted = request.returned ?? (request.dryRun ? undefined : returnedFile(imported, tools.folder))
    const isCopied = !imported.repeated && wanted !== undefined && imported.rows.length + imported.unusable.length > 0
    const copy = isCopied
      ? await returnedCopy(path.resolve(wanted), detail, { workspace: tools.workspace, database, now: tools.now })
      : undefined
    return { ...imported, dryRun: request.dryRun, returned: copy?.path ?? null, exit: exitOf(imported) }
  } finally {
    await tools.close()
  }
}

function exitOf({ applied, counts, unusable }: ImportedWorkbook): ExitCode {
  if (!applied) return ExitCode.refused
  return counts.refused > 0 || unusable.length > 0 ? ExitCode.partial : ExitCode.done
}
