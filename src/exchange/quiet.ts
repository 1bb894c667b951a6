import { setTimeout as pause } from 'node:timers/promises'

/** Times the pause after which what still comes is left to the next time. */
const LONGEST = 8

/**
 * Waits while more comes: until nothing did for a pause of so many milliseconds, there are enough, or eight pauses are over. What is done for
 * many at once costs little more than for one, and who comes alone waits for one pause.
 * @param count of what has come
 */
export async function untilQuiet(milliseconds: number, count: () => number, enough: number): Promise<void> {
  for (let pauses = 0; pauses < LONGEST; pauses += 1) {
    const before = count()
    if (before >= enough) return
    await pause(milliseconds)
    if (count() === before) return
  }
}
