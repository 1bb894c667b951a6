import { allSettings } from '../../config/settings-texts.js'
import { appendAudit, lastAudit, markProfile } from '../../state/index.js'
import { actingPerson } from '../roles/acting-person.js'
import type { Tools } from '../tools.js'

const ACTION = 'configuration changed'

/**
 * Marks the store with the profile that it is of, and leaves an entry in the audit chain when the workspace says something else than when
 * it was last worked with: what is new, changed or gone, by file, each with the hash of what it says. Comments and the order of keys are no
 * change; secrets are references here.
 */
export async function noteConfiguration(tools: Pick<Tools, 'workspace' | 'state' | 'host' | 'now'>): Promise<void> {
  const { workspace, state } = tools
  const hashes = Object.fromEntries(allSettings(workspace).map(({ name, sha256 }) => [name, sha256]))
  await state.database.transaction().execute(async (transaction) => {
    await markProfile(transaction, workspace.settings.profile, tools.now(), actingPerson(undefined, tools))
    const last = await lastAudit(transaction, ACTION)
    const before: Record<string, string> = last === undefined ? {} : JSON.parse(last.detail).hashes
    const changed = [...new Set([...Object.keys(before), ...Object.keys(hashes)])]
      .filter((name) => before[name] !== hashes[name])
      .sort()
    if (changed.length === 0) return
    await appendAudit(transaction, {
      at: tools.now(),
      actor: actingPerson(undefined, tools),
      action: ACTION,
      subject: workspace.settings.workspace,
      detail: { changed, hashes },
    })
  })
}
