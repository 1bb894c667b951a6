import { MatchbookError } from '../../errors/index.js'
import { type FileRow, findFiles, type StateDatabase } from '../../state/index.js'

/**
 * The one file of the ledger that is meant: by number, name or the beginning of its hash. Of several the one that `fits`.
 * @throws FILE-UNKNOWN, FILE-AMBIGUOUS
 */
export async function chooseFile(
  database: StateDatabase,
  wanted: string,
  fits: (file: FileRow) => boolean,
): Promise<FileRow> {
  const files = await findFiles(database, wanted)
  const fitting = files.filter(fits)
  const [file, ...others] = fitting.length > 0 ? fitting : files
  if (file === undefined) throw new MatchbookError('FILE-UNKNOWN', `the ledger has no file "${wanted}"`)
  if (others.length > 0) {
    const numbers = [file, ...others].slice(0, 10).map(({ id, disposition }) => `${id} (${disposition})`)
    throw new MatchbookError('FILE-AMBIGUOUS', `"${wanted}" are ${others.length + 1} files: ${numbers.join(', ')}`, {
      hint: 'Name one by its number',
    })
  }
  return file
}
