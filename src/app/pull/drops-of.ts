import type { Drop, JobSettings } from '../../config/index.js'
import {
  allLeft,
  gapsOf,
  type LeftAt,
  type LeftBehindRow,
  type StateDatabase,
  type StreamGap,
  type StreamKey,
} from '../../state/index.js'

/** Under what the store keeps what a drop leaves behind. */
export const leftAtDrop = (
  job: JobSettings,
  input: string,
  { endpoint, folder, include, sequence = '' }: Drop,
): LeftAt => ({
  job: job.job,
  input,
  endpoint,
  folder,
  asked: [...include, sequence].join('\n'),
})

export type Streams = Omit<StreamKey, 'stream'>

/** Under what it keeps how far the streams of a drop have come. */
export const streamsAtDrop = (job: JobSettings, input: string, { endpoint, folder, sequence = '' }: Drop): Streams => ({
  job: job.job,
  input,
  endpoint,
  folder,
  pattern: sequence,
})

/**
 * What the last runs of these jobs left at its source, longest first; what several drops of one folder leave is one. Rows of drops
 * that the jobs no longer have are passed over: settings change, and what was kept stays.
 */
export async function leftAtSources(database: StateDatabase, jobs: Iterable<JobSettings>): Promise<LeftBehindRow[]> {
  const asked = new Set(drops(jobs, leftAtDrop).map(leftKey))
  const files = new Map<string, LeftBehindRow>()
  for (const row of await allLeft(database)) {
    const file = JSON.stringify([row.job, row.endpoint, row.folder, row.name])
    if (asked.has(leftKey(row)) && !files.has(file)) files.set(file, row)
  }
  return [...files.values()]
}

/** Numbers that the streams of a job miss, as far as its drops still count them. */
export async function missingNumbers(database: StateDatabase, job: JobSettings): Promise<StreamGap[]> {
  const counted = new Set(drops([job], streamsAtDrop).map(streamsKey))
  return (await gapsOf(database, job.job)).filter((gap) => counted.has(streamsKey(gap)))
}

/** Under this name, beside its inputs, the ledger has the workbooks a job takes back. */
export const DECISIONS_INPUT = 'decisions'

/** Every drop of a job, and what comes by it. */
export function dropsOf(job: JobSettings): { readonly input: string; readonly drop: Drop }[] {
  const inputs = Object.entries(job.inputs).map(([input, { from }]) => ({ input, from }))
  const back = job.decisions === undefined ? [] : [{ input: DECISIONS_INPUT, from: job.decisions.from }]
  return [...inputs, ...back].flatMap(({ input, from }) => from.map((drop) => ({ input, drop })))
}

const drops = <T>(jobs: Iterable<JobSettings>, key: (job: JobSettings, input: string, drop: Drop) => T): T[] =>
  [...jobs].flatMap((job) => dropsOf(job).map(({ input, drop }) => key(job, input, drop)))
const leftKey = ({ job, input, endpoint, folder, asked }: LeftAt): string =>
  JSON.stringify([job, input, endpoint, folder, asked])
const streamsKey = ({ job, input, endpoint, folder, pattern }: Streams): string =>
  JSON.stringify([job, input, endpoint, folder, pattern])
