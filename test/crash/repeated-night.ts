import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parse, stringify } from 'yaml'
import { differences, type FinishedNight, finishedNight } from '../e2e/finished-night.js'
import { type CallOptions, type Ended, matchbook } from '../e2e/matchbook.js'
import { asOf, lastRun, type NightWorkspace, nightWorkspace, restore } from '../e2e/night-workspace.js'

/** The steps of a night in their order, without `unwrap`: nothing in this one is wrapped. Check and match leave nothing behind. */
export const steps = ['pull', 'read', 'check', 'match', 'settle', 'load', 'report', 'push'] as const
export type Step = (typeof steps)[number]

const JOB = 'receipt-to-invoice'

/** The call that is killed and called again. Its log says on stderr which step begins. */
const nightly = (job: string): readonly string[] => [
  ...['run', job, '--as-of', asOf],
  ...['--log-level', 'info', '--log-format', 'ndjson'],
]

/** A night that nothing happened to. */
export interface Undisturbed {
  readonly left: FinishedNight
  /** 4 where some files of the seed are meant to be quarantined. */
  readonly exit: number
  readonly milliseconds: number
}

export interface Laid {
  readonly seed?: number
  /** One file a supplier and the extracts of one ERP: the same steps in half of the time. */
  readonly small?: boolean
  /** Name of a second job, which takes in what one of the suppliers sends and reads the same extracts. */
  readonly secondJob?: string
}

/** The seeded night against an OpenSSH server of its own, to be lived through as often as wanted from the same beginning. */
export class RepeatedNight {
  private constructor(
    private readonly night: NightWorkspace,
    private readonly beginning: { readonly drops: string; readonly state: string },
  ) {}

  static async lay({ seed = 12, small = false, secondJob }: Laid = {}): Promise<RepeatedNight> {
    const night = await nightWorkspace(seed)
    if (small) makeSmall(night)
    if (secondJob !== undefined) divide(night, secondJob)
    const { root } = night.server
    const repeated = new RepeatedNight(night, { drops: `${root}-beginning`, state: `${root}-state` })
    repeated.#beginHere()
    return repeated
  }

  get folder(): string {
    return this.night.folder
  }

  get #state(): string {
    return path.join(this.folder, 'state')
  }

  #beginHere(): void {
    restore(this.night.server.root, this.beginning.drops)
    restore(this.#state, this.beginning.state)
  }

  /** Makes the night begin where this step does: what came before is the same in every repetition. */
  async beginAt(step: Step): Promise<void> {
    this.again()
    await this.killedIn(step)
    this.#beginHere()
  }

  /** Drops and state as they were at the beginning. */
  again(): void {
    this.night.server.killSessions()
    restore(this.beginning.drops, this.night.server.root)
    restore(this.beginning.state, this.#state)
  }

  /** Once without a fault, to compare the others with. @throws when it does not come to its end */
  async undisturbed(): Promise<Undisturbed> {
    this.again()
    const start = performance.now()
    const { exit, stderr } = await this.run()
    if (exit === null || !this.isDone) throw new Error(`the undisturbed night ended with ${exit}:\n${stderr}`)
    return { left: this.left(), exit, milliseconds: performance.now() - start }
  }

  run(options: Omit<CallOptions, 'cwd'> = {}, job = JOB): Promise<Ended> {
    return matchbook(nightly(job), { cwd: this.folder, ...options })
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
    return (lastRun(this.folder)?.status ?? 'running') === 'running'
  }

  get isDone(): boolean {
    return ['done', 'partial'].includes(lastRun(this.folder)?.status ?? '')
  }

  /** What an operator does after a night that did not come to its end; undefined when it did. */
  async takeUp(): Promise<Ended | undefined> {
    const last = lastRun(this.folder)
    if (last?.status === 'failed') return matchbook(['retry', last.id], { cwd: this.folder })
    return this.isCutOff ? this.run() : undefined
  }

  left(): FinishedNight {
    return finishedNight(this.night)
  }

  /** Takes the night up where it is, if it is not done, and says in what its end is another than that of the undisturbed one. */
  async differencesFrom({ left, exit }: Undisturbed): Promise<string[]> {
    const ended = await this.takeUp()
    const trouble =
      ended === undefined || ended.exit === exit
        ? []
        : [`taken up it ended with ${ended.exit} instead of ${exit}: ${ended.stderr.slice(-2000)}`]
    return [...trouble, ...differences(left, this.left())]
  }

  async stop(): Promise<void> {
    await this.night.stop()
    for (const folder of Object.values(this.beginning)) rmSync(folder, { recursive: true, force: true })
  }
}

interface JobText {
  job: string
  inputs: Record<string, { from: { partner?: string }[] }>
  report: { name: string }
}

const jobFile = ({ folder }: NightWorkspace, job: string): string => path.join(folder, 'jobs', `${job}.yaml`)
const readJob = (night: NightWorkspace): JobText => parse(readFileSync(jobFile(night, JOB), 'utf8'))
const writeJob = (night: NightWorkspace, job: JobText): void => writeFileSync(jobFile(night, job.job), stringify(job))

function makeSmall(night: NightWorkspace): void {
  const suppliers = path.join(night.server.root, 'suppliers')
  for (const supplier of readdirSync(suppliers)) {
    const outbound = path.join(suppliers, supplier, 'outbound')
    for (const name of readdirSync(outbound).sort().slice(1)) rmSync(path.join(outbound, name))
  }
  const job = readJob(night)
  job.inputs = Object.fromEntries(Object.entries(job.inputs).filter(([input]) => !input.startsWith('peoplesoft-')))
  writeJob(night, job)
}

/** What carefirst sends goes to a job of its own. */
function divide(night: NightWorkspace, name: string): void {
  const [one, other] = [readJob(night), readJob(night)]
  for (const [job, isIts] of [
    [one, (partner?: string) => partner !== 'carefirst'],
    [{ ...other, job: name, report: { name } }, (partner?: string) => partner === undefined || partner === 'carefirst'],
  ] as const) {
    for (const input of Object.values(job.inputs)) input.from = input.from.filter(({ partner }) => isIts(partner))
    writeJob(night, job)
  }
}
