import type { Reading } from './reading.js'

/** Opens the workspace and its state, hands them over, closes them whatever happens. */
export async function withReading<T>(
  workspaceFolder: string | undefined,
  use: (reading: Reading) => Promise<T>,
): Promise<T> {
  const { openReading } = await import('./compose.js')
  const reading = await openReading(workspaceFolder)
  try {
    return await use(reading)
  } finally {
    await reading.state.close()
  }
}
