import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'

const ours = path.join(import.meta.dirname, '..', '..', 'bin', 'run.js')

/** A worker as a process of its own: as a machine, it can be lost with all that it has begun. */
export class Machine {
  readonly #child: ChildProcess
  readonly #runs: number[] = []
  readonly said: string[] = []
  readonly ended: Promise<number | null>

  /**
   * @param within program and arguments that it is begun by, for example in a network of its own
   * @param atOnce runs at once, if other than the settings say
   * @param binary of another build
   */
  constructor(folder: string, within: readonly string[] = [], atOnce?: number, binary = ours) {
    const args = [
      ...within,
      process.execPath,
      binary,
      'worker',
      '--until-idle',
      '--workspace',
      folder,
      '--log-format',
      'ndjson',
      ...(atOnce === undefined ? [] : ['--at-once', String(atOnce)]),
    ]
    this.#child = spawn(args[0] ?? '', args.slice(1), { stdio: ['ignore', 'ignore', 'pipe'] })
    if (this.#child.stderr === null) throw new Error('it says nothing')
    createInterface(this.#child.stderr).on('line', (line) => {
      this.said.push(line)
      // What ends a run or the worker itself is said in plain words.
      const { msg, pid } = (line.startsWith('{') ? JSON.parse(line) : {}) as { msg?: string; pid?: number }
      if (msg === 'a run begins' && pid !== undefined) this.#runs.push(pid)
    })
    this.ended = new Promise((resolve) => this.#child.once('close', resolve))
  }

  get isUp(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  async untilItRuns(): Promise<void> {
    while (this.#runs.length === 0 && this.isUp) await new Promise((wake) => setTimeout(wake, 20))
  }

  killRuns(): void {
    this.#tell(this.#runs, 'SIGKILL')
  }

  /** As a machine that nobody hears of for a while, and that does not know of it. */
  async silence(milliseconds: number): Promise<void> {
    const all = [...this.#runs, this.#child.pid ?? 0]
    this.#tell(all, 'SIGSTOP')
    await new Promise((wake) => setTimeout(wake, milliseconds))
    this.#tell(all, 'SIGCONT')
  }

  #tell(pids: readonly number[], signal: NodeJS.Signals): void {
    for (const pid of pids) {
      try {
        process.kill(pid, signal)
      } catch {
        // It had ended.
      }
    }
  }

  /** Not its runs. */
  tellItself(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** Nothing of it goes on. */
  async lose(): Promise<void> {
    this.#child.kill('SIGKILL')
    this.killRuns()
    await this.ended
  }
}
