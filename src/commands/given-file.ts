import { statSync } from 'node:fs'
import path from 'node:path'
import { MatchbookError } from '../errors/index.js'

const says: Readonly<Record<string, string>> = {
  ENOENT: 'is not there',
  ENOTDIR: 'is not there: a part of its path is a file',
  EISDIR: 'is a folder, not a file',
  EACCES: 'cannot be opened: permission denied',
  EPERM: 'cannot be opened: permission denied',
}

/**
 * A file that was named on the command line and cannot be opened is neither a defect nor a fault of the workspace. `argv`: the words
 * typed, INPUT=FILE among them. Anything else comes back as it is.
 */
export function givenFileError(thrown: unknown, argv: readonly string[]): unknown {
  if (!(thrown instanceof Error && 'code' in thrown)) return thrown
  const said = says[String(thrown.code)]
  const words = argv.flatMap((word) => [word, word.slice(word.indexOf('=') + 1)])
  // Reading a folder, the system does not say which.
  const file =
    'path' in thrown
      ? words.some((word) => path.resolve(word) === path.resolve(String(thrown.path))) && String(thrown.path)
      : thrown.code === 'EISDIR' && words.find((word) => statSync(word, { throwIfNoEntry: false })?.isDirectory())
  if (said === undefined || !file) return thrown
  return new MatchbookError('USAGE', `${file} ${said}`, {
    cause: thrown,
    facts: { file },
    hint: 'See how its name is written, and who may open it',
  })
}
