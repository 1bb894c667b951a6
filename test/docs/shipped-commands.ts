import { COMMANDS } from '../../src/commands/index.js'

/** Commands that the texts name (after a colon or in code: matchbook files list) and this release does not have. */
export function unknownCommands(texts: readonly string[]): string[] {
  const shipped = Object.keys(COMMANDS).map((id) => id.replaceAll(':', ' '))
  return texts
    .flatMap((text) => [...text.matchAll(/(?:: |`)matchbook ([a-z]+(?: [a-z]+){0,2})/g)])
    .map(([, named = '']) => named)
    .filter((named) => !shipped.some((id) => named === id || named.startsWith(`${id} `)))
}
