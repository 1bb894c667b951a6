import { flush, handle, run } from '@oclif/core'

export * as oclif from '@oclif/core'
export { default as commandNotFound } from './commands/command-not-found.js'
export { default as Help } from './commands/help.js'

/** Entry of bin/run.js. `binary` is its URL: the package root is found from there. */
export async function start(binary: string): Promise<void> {
  try {
    await run(asked(process.argv.slice(2)), binary)
    await flush()
  } catch (error) {
    await handle(error as Error)
  }
}

/** What people type who look for help: `help`, `help run`. */
const asked = ([first, ...rest]: readonly string[]): string[] =>
  first === 'help' ? [...rest, '--help'] : first === undefined ? ['--help'] : [first, ...rest]
