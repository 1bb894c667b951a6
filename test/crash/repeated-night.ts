import { cpSync, rmSync } from 'node:fs'
import path from 'node:path'
import { type FinishedNight, finishedNight } from '../e2e/finished-night.js'
import { type CallOptions, type Ended, matchbook } from '../e2e/matchbook.js'
import { asOf, isCutOff, type NightWorkspace, nightWorkspace, restore } from '../e2e/night-workspace.js'

/** The steps of a night in their order, without `unwrap`: nothing in this one is wrapped. Check and match leave nothing behind. */
export const steps = ['pull', 'read', 'check', 'match', 'settle', 'load', 'report', 'push'] as const
export type Step = (typeof steps)[number]

/** The call that is killed and called again. Its log says on stderr which step begins. */
export const nightly: readonly string[] = [
  ...['run', 'receipt-to-invoice', '--as-of', asOf],
  ...['--log-level', 'info', '--log-format', 'ndjson'],
]

/** The seeded night against an OpenSSH server of its own, to be lived through as often as wanted from the same beginning. */
export class RepeatedNight {
  private constructor(
    private readonly night: NightWorkspace,
    private readonly untouched: string,
  ) {}

  static async lay(seed = 12): Promise<RepeatedNight> {
    const night = await nightWorkspace(seed)
    const untouched = `${night.server.root}-untouched`
    cpSync(night.server.root, untouched, { recursive: true, preserveTimestamps: true })
    return new RepeatedNight(night, untouched)
  }

  get folder(): string {
    return this.night.folder
  }

  /** Drops as they were before the night, and no state. */
  again(): void {
    this.night.server.killSessions()
    restore(this.untouched, this.night.server.root)
    rmSync(path.join(this.folder, 'state'), { recursive: true, force: true })
  }

  run(options: Omit<CallOptions, 'cwd'> = {}): Promise<Ended> {
    return matchbook(nightly, { cwd: this.folder, ...options })
  }

  /** Runs it, and kills it as a step begins or so many milliseconds later. */
  killedIn(step: Step, milliseconds = 0): Promise<Ended> {
    return this.run({
      watch: (line, kill) => {
        if (!line.includes(`"step":"${step}"`) || !line.includes('step begins')) return
        if (milliseconds === 0) kill('SIGKILL')
        else setTimeout(() => kill('SIGKILL'), milliseconds)
      },
    })
  }

  /** A night shorter than the delay of its killer came to its end undisturbed; calling again would be the next night. */
  get isCutOff(): boolean {
    return isCutOff(this.folder)
  }

  left(): FinishedNight {
    return finishedNight(this.night)
  }

  async stop(): Promise<void> {
    await this.night.stop()
    rmSync(this.untouched, { recursive: true, force: true })
  }
}
