import { scheduleJob } from 'node-schedule'

/** Calls back once at the instant, at once when it has passed. Gives what cancels it. */
export function wakeAt(instant: Date, wake: () => void): () => void {
  // Null for an instant of the past, whatever its types say.
  const job: { cancel(): boolean } | null = scheduleJob(instant, wake)
  if (job === null) {
    const now = setImmediate(wake)
    return () => clearImmediate(now)
  }
  return () => void job.cancel()
}
