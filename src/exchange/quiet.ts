import { setTimeout as pause } from 'node:timers/promises'

/**
 * Waits while more comes: until nothing did for a pause of so many milliseconds, there are enough, or so many pauses are over. What is done for
 * many at once costs little more than for one, and who comes alone waits for one pause.
 * @param count of what has come
 */
export async function untilQuiet(
  milliseconds: number,
  count: () => number,
  enough: number,
  most: number,
): Promise<void> {
  for (let pauses = 0; pauses < most; pauses += 1) {
    const before = count()
    if (before >= enough) return
    await pause(milliseconds)
    if (count() === before) return
  }
}
