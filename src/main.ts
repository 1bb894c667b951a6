import { flush, handle, run } from '@oclif/core'

/** Entry of bin/run.js. `binary` is its URL: the package root is found from there. */
export async function start(binary: string): Promise<void> {
  try {
    await run(process.argv.slice(2), binary)
    await flush()
  } catch (error) {
    await handle(error as Error)
  }
}
