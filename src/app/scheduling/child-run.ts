import { spawn } from 'node:child_process'
import type { Logger } from 'pino'
import type { LogOptions } from '../logger.js'
import { partsOf } from '../shares/shares-of-job.js'
import type { DueJob } from './due-job.js'

export interface ChildOptions extends LogOptions {
  /** The script that is this CLI. */
  readonly binary: string
  /** Of the workspace. */
  readonly folder: string
  readonly log: Logger
}

/** How a run's process ended; null when a signal ended it, or it could not be begun. */
export type ChildExit = number | null

/** Begins the run of an occurrence as a process of its own, so that it can take neither whoever began it nor another run with it. */
export function beginChild(
  { piece, scheduledFor }: Pick<DueJob, 'piece' | 'scheduledFor'>,
  { binary, folder, logLevel, logFormat, log }: ChildOptions,
): Promise<ChildExit> {
  const options = ['--workspace', folder, '--no-input', '--log-level', logLevel, '--log-format', logFormat]
  // In a group of its own: Ctrl-C at the terminal ends whoever began it, not the night.
  const { job, share } = partsOf(piece)
  const which = share === undefined ? [] : ['--share', String(share)]
  const child = spawn(process.execPath, [binary, 'run', job, '--due', ...which, ...options], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  log.info({ job: piece, scheduledFor, pid: child.pid }, 'a run begins')
  return new Promise((resolve) => {
    child.once('error', (error) => {
      log.error({ job: piece, scheduledFor }, error.message)
      resolve(null)
    })
    child.once('close', (exit, signal) => {
      log.info({ job: piece, scheduledFor, exit, ...(signal === null ? {} : { signal }) }, 'a run ended')
      resolve(exit)
    })
  })
}
