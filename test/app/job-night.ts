import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Zip from 'jszip'
import { openReading } from '../../src/app/compose.js'
import { decideExceptions } from '../../src/app/deciding/decide-exceptions.js'
import { type ExceptionListing, listExceptions } from '../../src/app/exceptions/list-exceptions.js'
import { silent } from '../../src/app/progress.js'
import { type RunOutcome, runJobs } from '../../src/app/run-jobs.js'
import { init } from '../../src/app/workspace/init.js'

/** A workspace made by init with one shipped job, whose drops are folders: files are put there, nights are run, people decide. */
export class JobNight {
  readonly #base = mkdtempSync(path.join(tmpdir(), 'matchbook-job-'))
  readonly folder = path.join(this.#base, 'lakeside')
  #written = 0

  constructor(readonly job: string) {}

  async make(): Promise<void> {
    await init({ folder: this.folder, name: 'Lakeside', jobs: [this.job] })
    standStill(this.folder, this.job)
  }
  remove = () => rmSync(this.#base, { recursive: true, force: true })
  path = (place: string): string => path.join(this.folder, 'drops', place)

  folderAt = (place: string): void => {
    mkdirSync(this.path(place), { recursive: true })
  }

  /** Each file is newer than the one before, and stands still. */
  put(file: string, lines: readonly string[]): void {
    const target = this.path(file)
    mkdirSync(path.dirname(target), { recursive: true })
    writeFileSync(target, `${lines.join('\n')}\n`)
    const at = new Date(Date.now() - 60_000 + this.#written++ * 1000)
    utimesSync(target, at, at)
  }

  async run(asOf: string): Promise<RunOutcome['runs'][number]> {
    const { runs } = await runJobs({
      ...this.#options(),
      jobs: [this.job],
      all: false,
      asOf,
      failOn: 'none',
    })
    const [first] = runs
    if (first === undefined) throw new Error('no run')
    return first
  }

  async exceptions(): Promise<readonly ExceptionListing[]> {
    const reading = await openReading(this.folder)
    try {
      return (await listExceptions(reading, {})).exceptions
    } finally {
      await reading.state.close()
    }
  }

  /** Decides all open exceptions of a code. */
  async decide(code: string, decision: string): Promise<void> {
    await this.#decideAll(
      (await this.exceptions()).filter((one) => one.code === code).map(({ id }) => id),
      decision,
    )
  }

  decideOne = (id: string, decision: string): Promise<void> => this.#decideAll([id], decision)

  async #decideAll(subjects: readonly string[], decision: string): Promise<void> {
    const { outcomes } = await decideExceptions({
      ...this.#options(),
      subjects,
      decision,
      note: 'agreed with the owner',
      as: 'R. Ortiz',
    })
    const refused = outcomes.filter(({ outcome }) => outcome !== 'decided')
    if (refused.length > 0) throw new Error(JSON.stringify(refused))
  }

  files = (place: string): string[] => readdirSync(this.path(place)).sort()
  text = (file: string): string => readFileSync(this.path(file), 'utf8')

  /** Cells of the rows of a file in a zip of a load. */
  async zipped(file: string, member: string): Promise<string[][]> {
    const zip = await Zip.loadAsync(readFileSync(this.path(file)))
    const text = (await zip.file(member)?.async('string')) ?? ''
    return text
      .trim()
      .split('\n')
      .map((line) => line.split(','))
  }

  #options() {
    return { workspace: this.folder, dryRun: false, progress: silent, logLevel: 'error', logFormat: 'ndjson' } as const
  }
}

/** Files are taken as they lie: the wait of two seconds for each drop says nothing in a test. */
export function standStill(folder: string, job: string): void {
  const file = path.join(folder, 'jobs', `${job}.yaml`)
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('- { endpoint: ', '- { stable-seconds: 0, endpoint: '))
}
