import type { Hook } from '@oclif/core'
import { ExitCode } from '../errors/index.js'

/** Suggests, never runs: a typo at 3 a.m. must not start something else. */
const hook: Hook.CommandNotFound = async ({ id, config }) => {
  const typed = id.replaceAll(':', ' ')
  const near = config.commandIDs
    .map((known) => known.replaceAll(':', ' '))
    .filter((known) => known.startsWith(typed) || typed.startsWith(known) || differs(known, typed) <= 2)
  const advice =
    near.length > 0 ? `Did you mean: ${near.map((name) => `matchbook ${name}`).join(', ')}` : 'See: matchbook --help'
  process.stderr.write(`Error: "${typed}" is not a matchbook command. ${advice}\n`)
  process.exit(ExitCode.usage)
}
export default hook

/** Edit distance, small inputs only. */
function differs(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, n) => n)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
