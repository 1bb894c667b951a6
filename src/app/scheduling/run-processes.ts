import { type ChildProcess, spawn } from 'node:child_process'
import type { Logger } from 'pino'
import type { LogOptions } from '../logger.js'
import type { DueJob } from './due-job.js'
import type { RunAnswer } from './run-as-told.js'

export interface ProcessOptions extends LogOptions {
  /** The script that is this CLI. */
  readonly binary: string
  /** Of the workspace. */
  readonly folder: string
  readonly log: Logger
}

/** How a run ended: its exit code; null when a signal ended its process, or it could not be begun. */
export type RunExit = number | null

/** One that has had nothing to do for so long is let go; milliseconds. */
const IDLE = 60_000

/**
 * Runs in processes of their own, so that none can take whoever began it with it, nor another that runs at the same time. A process whose
 * run came to its end does the next one too: beginning anew costs as much as a small run, most of it for code that had just been compiled.
 */
export class RunProcesses {
  readonly #idle = new Map<ChildProcess, NodeJS.Timeout>()

  constructor(private readonly options: ProcessOptions) {}

  run({ piece, scheduledFor }: Pick<DueJob, 'piece' | 'scheduledFor'>): Promise<RunExit> {
    const { log } = this.options
    const child = this.#next()
    log.info({ job: piece, scheduledFor, pid: child.pid }, 'a run begins')
    return new Promise((resolve) => {
      const end = (exit: RunExit, signal: NodeJS.Signals | null = null) => {
        child.removeAllListeners('message').removeAllListeners('close').removeAllListeners('error')
        log.info({ job: piece, scheduledFor, exit, ...(signal === null ? {} : { signal }) }, 'a run ended')
        resolve(exit)
      }
      child.once('message', ({ exit, again }: RunAnswer) => {
        end(exit)
        if (again) this.#keep(child)
      })
      child.once('close', end)
      child.on('error', (error) => {
        log.error({ job: piece, scheduledFor }, error.message)
        // Without a process nothing is ever closed.
        if (child.pid === undefined) end(null)
      })
      if (child.pid !== undefined) child.send({ piece })
    })
  }

  /** Lets go of those that have nothing to do. */
  close(): void {
    for (const child of this.#idle.keys()) this.#letGo(child)
  }

  #next(): ChildProcess {
    const [kept] = this.#idle.keys()
    if (kept === undefined) return this.#begin()
    this.#forget(kept)
    return kept
  }

  #keep(child: ChildProcess): void {
    const late = setTimeout(() => this.#letGo(child), IDLE).unref()
    this.#idle.set(child, late)
    child.once('close', () => this.#forget(child))
    child.on('error', () => {})
  }

  #forget(child: ChildProcess): void {
    clearTimeout(this.#idle.get(child))
    this.#idle.delete(child)
    child.removeAllListeners('close').removeAllListeners('error')
  }

  #letGo(child: ChildProcess): void {
    this.#forget(child)
    child.on('error', () => {})
    if (child.connected) child.disconnect()
  }

  #begin(): ChildProcess {
    const { binary, folder, logLevel, logFormat } = this.options
    const options = ['--workspace', folder, '--no-input', '--log-level', logLevel, '--log-format', logFormat]
    // In a group of its own: Ctrl-C at the terminal ends whoever began it, not the night.
    return spawn(process.execPath, [binary, 'run', '--due', '--as-told', ...options], {
      cwd: folder,
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
  }
}
