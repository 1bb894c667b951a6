import { type CompletableCommand, complete, type Surface } from './candidates.js'
import { namesOf } from './names.js'
import { joinedAtEquals, linesFor, type Shell } from './shells.js'

/**
 * What may stand where the cursor is, in the lines that the script of that shell reads.
 * @param typed the words after `matchbook`, the last being the one under the cursor
 */
export async function answerShell(
  shell: Shell,
  typed: readonly string[],
  surface: { readonly commands: readonly CompletableCommand[]; readonly topics: Surface['topics'] },
): Promise<string[]> {
  const { words, cut } = shell === 'bash' ? joinedAtEquals(typed) : { words: typed, cut: '' }
  const lines = linesFor(shell, await complete(words, { ...surface, names: namesOf }))
  // Bash puts what we say in place of the last of its words alone.
  return lines.map((line) => (cut !== '' && line.startsWith(cut) ? line.slice(cut.length) : line))
}
