import type { ReferenceKind } from '../../canonical/index.js'
import type { Workspace } from '../../config/index.js'
import { authorityOf, isSamePerson } from '../../exceptions/index.js'
import { appendAudit, auditAbout, auditOf, type StateDatabase } from '../../state/index.js'
import { decidersOf } from '../roles/deciders-of.js'
import { decidingKind } from './may-map.js'

/** A file of cross-references that somebody gave, and that stands when another person gives the same bytes. */
export interface ProposedFile {
  /** SHA-256, hex. */
  readonly sha256: string
  readonly file: string
  readonly person: string
  readonly note: string
}

const action = 'cross-references proposed'
const agreed = 'cross-references agreed'

/**
 * Whether what a file says of identifiers of a kind needs another person. What it may come to is known to nobody beforehand, so one with a
 * limit does not say it alone; and where there are roles nobody does.
 */
export function needsAnother(person: string, kind: ReferenceKind, now: string, workspace: Workspace): boolean {
  if (Object.keys(workspace.settings.roles).length > 0) return true
  const asked = { ...decidingKind(kind, now, workspace), amountAtRisk: null }
  return authorityOf(person, asked, 'map', decidersOf(workspace)) === 'with-another'
}

/** By whom these bytes were proposed, latest last. */
async function proposals(database: StateDatabase, sha256: string): Promise<ProposedFile[]> {
  const entries = (await auditAbout(database, [sha256])).filter((entry) => entry.action === action)
  return entries.map(({ detail }) => ({ sha256, ...JSON.parse(detail) }))
}

/** The latest proposal of these bytes by another than that person. */
export const proposedByAnother = async (
  database: StateDatabase,
  sha256: string,
  person: string,
): Promise<ProposedFile | undefined> =>
  (await proposals(database, sha256)).filter((one) => !isSamePerson(one.person, person)).at(-1)

/** Keeps it in the audit chain that somebody proposed a file, once. Call it inside a transaction. */
export async function proposeFile(
  database: StateDatabase,
  { sha256, ...detail }: ProposedFile,
  { actor, now }: { readonly actor: string; readonly now: string },
): Promise<void> {
  if ((await proposals(database, sha256)).some(({ person }) => isSamePerson(person, detail.person))) return
  await appendAudit(database, { at: now, actor, action, subject: sha256, detail })
}

/** Keeps it in the audit chain that what was proposed waits no longer. Call it inside the transaction that makes it. */
export const agreeToFile = (
  database: StateDatabase,
  { sha256, file, person }: ProposedFile,
  { agreedBy, actor, now }: { readonly agreedBy: string; readonly actor: string; readonly now: string },
): Promise<unknown> =>
  appendAudit(database, { at: now, actor, action: agreed, subject: sha256, detail: { file, person, agreedBy } })

/** A file that somebody proposed, and to which nobody has agreed yet. */
export interface WaitingFile extends ProposedFile {
  /** ISO instant. */
  readonly at: string
}

/** Oldest first; who proposed it first counts. */
export async function waitingFiles(database: StateDatabase): Promise<readonly WaitingFile[]> {
  const waiting = new Map<string, WaitingFile>()
  for (const { action: done, subject, at, detail } of await auditOf(database, [action, agreed]))
    if (done === agreed) waiting.delete(subject)
    else if (!waiting.has(subject)) waiting.set(subject, { sha256: subject, at, ...JSON.parse(detail) })
  return [...waiting.values()]
}
