import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { DateTime } from 'luxon'
import { stringify } from 'yaml'
import { jsonSchemas, shippedFiles, workspaceFile } from '../../config/index.js'
import { MatchbookError, nearMiss, systemError } from '../../errors/index.js'
import { makeFolder } from '../../exchange/index.js'
import {
  allFaults,
  companiesOf,
  type Fault,
  type Layout,
  type SimulatedJob,
  type SimulationTruth,
  simulatedJob,
  simulatedJobs,
  simulatedKey,
  simulatedKeyFile,
  simulatedSettings,
  simulateHealthSystem,
} from '../../simulate/index.js'
import { checkedDate } from '../given-day.js'
import { shippedFolder } from '../workspace/shipped.js'
import { faultRates } from './fault-rates.js'

export interface SimulateRequest {
  readonly folder: string
  readonly seed: number
  readonly layout: Layout
  readonly lines: number
  /** Shipped jobs; `all` for each that can be simulated. */
  readonly jobs: readonly string[]
  /** NAME=RATE, as faultRates reads them. */
  readonly faults: readonly string[]
  /** yyyy-MM-dd; today without it. */
  readonly asOf: string | undefined
}

export interface Simulated {
  readonly folder: string
  /** Of the truth, relative to the folder. */
  readonly truthFile: string
  readonly truth: SimulationTruth
}

/** Name of the truth beside the drops. */
export const truthFile = 'truth.json'

/**
 * Makes a workspace with the drops of a health system's night, and the truth that a run must find, in a folder that holds none yet.
 * @throws WORKSPACE-EXISTS, JOB-UNKNOWN, FAULT-UNKNOWN, USAGE, WORKSPACE-READ-ONLY, DISK-FULL
 */
export async function simulate(request: SimulateRequest): Promise<Simulated> {
  const { seed, layout, lines } = request
  const folder = path.resolve(request.folder)
  const jobs = jobsNamed(request.jobs)
  const faults = allFaults.filter(({ job }) => jobs.includes(job))
  const rates = faultRates(faults, request.faults, { lines, otherwise: companiesOf(layout).length })
  const asOf = request.asOf === undefined ? DateTime.now().toISODate() : checkedDate(request.asOf)
  if (existsSync(path.join(folder, workspaceFile)))
    throw new MatchbookError('WORKSPACE-EXISTS', `${folder} holds a ${workspaceFile} already`, {
      hint: 'Name a folder that is not there yet',
    })
  try {
    await makeFolder(folder)
    const drops = path.join(folder, 'drops')
    const nextFolder = path.join(folder, 'next')
    const night = { seed, asOf, layout, lines, jobs, faults: rates, folder: drops, nextFolder }
    const truth = await simulateHealthSystem(night)
    const files = await workspaceFiles(jobs, layout, seed)
    files.set(truthFile, `${JSON.stringify(truth, null, 1)}\n`)
    // matchbook.yaml comes last: while it is not there, this can be done again.
    files.set(workspaceFile, workspaceYaml(truth))
    for (const [file, text] of files) {
      const target = path.join(folder, file)
      await mkdir(path.dirname(target), { recursive: true })
      await writeFile(target, text, { mode: file === simulatedKeyFile ? 0o600 : 0o666 })
    }
    return { folder, truthFile, truth }
  } catch (error) {
    throw systemError(error, folder)
  }
}

/** What can be planted, for the jobs named. @throws JOB-UNKNOWN */
export function listFaults(jobs: readonly string[]): readonly Omit<Fault, 'plant'>[] {
  const wanted = jobsNamed(jobs)
  return allFaults
    .filter(({ job }) => wanted.includes(job))
    .map(({ name, job, code, says }) => ({ name, job, code, says }))
}

function jobsNamed(names: readonly string[]): readonly SimulatedJob[] {
  if (names.includes('all')) return simulatedJobs
  const unknown = names.find((name) => !(simulatedJobs as readonly string[]).includes(name))
  if (unknown === undefined) return simulatedJobs.filter((job) => names.includes(job))
  const near = nearMiss(unknown, simulatedJobs)
  throw new MatchbookError('JOB-UNKNOWN', `no night can be made for a job "${unknown}"`, {
    hint: `${near === undefined ? '' : `Did you mean ${near}? `}Jobs: ${simulatedJobs.join(', ')}, or all`,
  })
}

async function workspaceFiles(
  jobs: readonly SimulatedJob[],
  layout: Layout,
  seed: number,
): Promise<Map<string, string>> {
  const files = await shippedFiles(shippedFolder(), jobs)
  for (const [file, text] of files) if (file.startsWith('jobs/')) files.set(file, simulatedJob(text, layout))
  for (const [kind, schema] of Object.entries(jsonSchemas()))
    files.set(`schemas/${kind}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`)
  files.set(simulatedKeyFile, `${simulatedKey(seed)}\n`)
  return files
}

function workspaceYaml({ seed, asOf, layout }: SimulationTruth): string {
  const settings = stringify(simulatedSettings(), { aliasDuplicateObjects: false, lineWidth: 120 })
  return `# yaml-language-server: $schema=./schemas/matchbook.schema.json
#
# A simulated health system: matchbook simulate --seed ${seed} --layout ${layout} --as-of ${asOf}. Nothing in it is real.
# What a run of ${asOf} must find stands in ${truthFile}.

${settings}`
}
