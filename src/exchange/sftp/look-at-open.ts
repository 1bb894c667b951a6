import type { Attributes } from './answers.js'
import { fstat, type Handle, lstat } from './requests.js'
import type { Session } from './session.js'
import { type Purpose, Status, statusOf } from './status.js'

/** How a file that is open looks; by its path where a server knows no FSTAT. */
export async function lookAtOpen(
  session: Session,
  purpose: Purpose,
  handle: Handle,
  path: string,
): Promise<Attributes> {
  try {
    return await session.ask(purpose, path, fstat(handle))
  } catch (error) {
    if (statusOf(error) !== Status.unsupported) throw error
    return session.ask(purpose, path, lstat(path))
  }
}
