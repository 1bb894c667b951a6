import { type MatchbookError, systemError } from '../errors/index.js'
import { sayBeside } from './logger.js'
import type { Reading } from './reading.js'

/**
 * Opens the workspace and its state to look at it, hands them over, closes them whatever happens. Where nothing can be written, on a full disk
 * or in a folder that is not ours, it is a copy that is looked at, and that is said.
 */
export async function withReading<T>(
  workspaceFolder: string | undefined,
  use: (reading: Reading) => Promise<T>,
): Promise<T> {
  const { openReading } = await import('./compose.js')
  const reading = await openReading(workspaceFolder, { onlyToLook: true })
  const { notWritable } = reading.state
  if (notWritable !== undefined) sayOnce(notWritable)
  try {
    return await use(reading)
  } catch (error) {
    // Whoever writes all the same is refused by the copy, for the reason that it is one.
    const known = systemError(error, reading.state.place)
    throw notWritable !== undefined && known !== error ? notWritable : error
  } finally {
    await reading.state.close()
  }
}

const said = new Set<string>()

function sayOnce({ code, message, hint }: MatchbookError): void {
  if (said.has(message)) return
  said.add(message)
  sayBeside(`Note ${code}: ${message}\n  This is read from a copy; nothing can be written. ${hint}\n`)
}
