import type { Hook } from '@oclif/core'
import { ExitCode, nearMiss } from '../errors/index.js'

/** Suggests, never runs: a typo at 3 a.m. must not start something else. */
const hook: Hook.CommandNotFound = async ({ id, config }) => {
  const typed = id.replaceAll(':', ' ')
  const commands = config.commandIDs.map((known) => known.replaceAll(':', ' '))
  const meant = nearMiss(typed, commands)
  const near = new Set([
    ...(meant === undefined ? [] : [meant]),
    ...commands.filter((known) => known.startsWith(typed) || typed.startsWith(`${known} `)),
  ])
  const hint = near.size > 0 ? `Did you mean: ${[...near].map((name) => `matchbook ${name}`).join(', ')}` : undefined
  process.stderr.write(`Error USAGE: there is no command "${typed}"\n  ${hint ?? 'See: matchbook --help'}\n`)
  process.exit(ExitCode.usage)
}
export default hook
