import type { SetEngine } from '../canonical/index.js'

/**
 * A calculator without a workspace, apart from compose.ts so that a command that only calculates loads neither store nor settings. Beyond
 * the memory limit it works in `tempFolder`.
 */
export async function openCalculator(tempFolder: string): Promise<SetEngine> {
  const { openDuckDb } = await import('../match/engine/duckdb.js')
  return openDuckDb({ tempFolder, memoryLimit: '1000MB' })
}
