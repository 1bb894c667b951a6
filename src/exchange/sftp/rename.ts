import { MatchbookError } from '../../errors/index.js'
import { lstat, remove as removeThere, renameOver as renameOverThere, rename as renameThere } from './requests.js'
import { NotOffered, type Session } from './session.js'
import { Status, statusOf } from './status.js'

/** Renames, replacing the target: in one step where the server offers posix-rename, else so that one of both always exists. */
export async function renameOver(session: Session, from: string, to: string): Promise<void> {
  try {
    await session.ask('rename', `${from} to ${to}`, renameOverThere(from, to))
  } catch (error) {
    if (!(error instanceof NotOffered) && statusOf(error) !== Status.unsupported) throw error
    await renameInSteps(session, from, to)
  }
}

/** The rename of SFTP version 3 refuses a target that exists: the old file steps aside, and comes back if the new one fails. */
async function renameInSteps(session: Session, from: string, to: string): Promise<void> {
  const rename = (source: string, target: string): Promise<void> =>
    session.ask('rename', `${source} to ${target}`, renameThere(source, target))
  const remove = (path: string): Promise<void> => session.ask('remove', path, removeThere(path))
  const exists = (path: string): Promise<boolean> =>
    session.ask('look at', path, lstat(path)).then(
      () => true,
      (error: unknown) => {
        if (error instanceof MatchbookError && error.code === 'REMOTE-MISSING') return false
        throw error
      },
    )

  if (!(await exists(to))) return rename(from, to)
  const aside = `${to}.replaced`
  // Left by a crash of an earlier replacement; the target that exists now is the newer one.
  if (await exists(aside)) await remove(aside)
  await rename(to, aside)
  try {
    await rename(from, to)
  } catch (error) {
    await rename(aside, to).catch(() => {})
    throw error
  }
  await remove(aside)
}
