import { formatProblems, loadWorkspace, Redactor } from '../../config/index.js'
import { ExitCode, errorCatalogue } from '../../errors/index.js'
import { workspaceOptions } from '../workspace/workspace-options.js'
import { archiveFolder } from './archive-folder.js'
import { archiveStore } from './archive-store.js'
import { channels } from './channels.js'
import { bad, type Check, good } from './check.js'
import { endpoints, type Looking } from './endpoints.js'
import { machine } from './machine.js'
import { secrets } from './secrets.js'
import { state } from './state-folder.js'

export type { Check } from './check.js'

export interface Examination {
  readonly checks: readonly Check[]
  readonly exit: ExitCode
}

/**
 * Looks at everything a night needs, in the order in which it would fail. Changes nothing but an empty state folder; with `write` it
 * makes a file of its own in each folder that is written to, and removes it.
 */
export async function doctor(workspaceFolder: string | undefined, looking: Looking): Promise<Examination> {
  const checks: Check[] = await machine()
  const { workspace, problems } = await loadWorkspace(
    workspaceFolder ?? process.cwd(),
    workspaceOptions(workspaceFolder),
  )
  if (workspace === undefined || problems.length > 0) {
    const mistakes = `${problems.length} ${problems.length === 1 ? 'mistake' : 'mistakes'}`
    const remedy = `${formatProblems(problems)}\nMend what is named, then run: matchbook validate`
    return examination([...checks, bad('workspace', mistakes, remedy, 'WORKSPACE-INVALID')])
  }
  const redactor = new Redactor()
  checks.push(good('workspace', `${workspace.settings.workspace} in ${workspace.folder}`))
  const { overlay = 'matchbook.yaml', settings } = workspace
  checks.push(good('profile', `${settings.profile}, as ${overlay} has it`))
  checks.push(...(await state(workspace)), ...(await secrets(workspace, redactor)))
  checks.push(...(await archiveFolder(workspace)), ...(await archiveStore(workspace, looking, redactor)))
  checks.push(...(await endpoints(workspace, looking, redactor)), ...(await channels(workspace, looking, redactor)))
  // A server may repeat in its refusal what it was sent.
  return examination(checks.map((check) => masked(check, redactor)))
}

const masked = (check: Check, redactor: Redactor): Check => ({
  ...check,
  says: redactor.mask(check.says),
  ...(check.remedy === undefined ? {} : { remedy: redactor.mask(check.remedy) }),
})

/** Ends as a run would: 5 for the workspace, 7 when all that is wrong is that servers cannot be reached, else 8. */
function examination(checks: readonly Check[]): Examination {
  const exits = checks
    .filter((check) => check.state === 'bad')
    .map(({ code }) => (code === undefined ? ExitCode.refused : errorCatalogue[code].exit))
  if (exits.length === 0) return { checks, exit: ExitCode.done }
  if (exits.includes(ExitCode.workspaceInvalid)) return { checks, exit: ExitCode.workspaceInvalid }
  return {
    checks,
    exit: exits.every((exit) => exit === ExitCode.transportFailed) ? ExitCode.transportFailed : ExitCode.refused,
  }
}
