import { counted } from '../../canonical/index.js'
import type { Drop, JobSettings } from '../../config/index.js'
import { MatchbookError } from '../../errors/index.js'
import { FirstLooks, isEndpointDown, type PullDrop, pullDrop } from '../../exchange/index.js'
import { allEnded } from '../all-ended.js'
import { type Asking, assertNotAway, foundDown, foundUp, refusalOf } from '../endpoint-health.js'
import type { StepResult } from '../run.js'
import type { Failure } from '../run-summary.js'
import { isCutOff } from '../runs/cut-off-run.js'
import type { Tools } from '../tools.js'
import { dropLedger } from './drop-ledger.js'
import { dropsOf } from './drops-of.js'
import { transfersAt } from './transfers-at.js'

export interface Pulled {
  readonly taken: number
  readonly duplicates: number
  /** Entries that were left where they are, with a reason in the log. */
  readonly skipped: number
  readonly failures: readonly Failure[]
  /** Endpoints that answer again, in words. */
  readonly healed?: readonly string[]
}

/** What came of one drop; `down`: the endpoint is, whatever drop of it is asked for. */
interface FromSource extends Pulled {
  readonly down?: Failure
}

/** One place files come from, and the input of the job they are for. */
interface Source {
  readonly input: string
  readonly drop: Drop
}

/** Takes in every drop of the job: places of one endpoint after the other on one connection, endpoints side by side. */
export async function pullDrops(
  run: Asking,
  job: JobSettings,
  dryRun: boolean,
  tools: Tools,
): Promise<StepResult<Pulled>> {
  const byEndpoint = new Map<string, Source[]>()
  for (const source of dropsOf(job)) {
    const { endpoint } = source.drop
    byEndpoint.set(endpoint, [...(byEndpoint.get(endpoint) ?? []), source])
  }
  let done = 0
  const { default: limit } = await import('p-limit')
  const together = limit(4)
  /** Trouble of this machine: what has not begun does not begin any more. */
  let broken = false
  const parts = await allEnded(
    [...byEndpoint].map(([endpoint, sources]) =>
      together(async () => {
        const results: FromSource[] = []
        const refusal = await refusalOf(endpoint, run, tools)
        if (refusal !== undefined) return [{ ...nothing, failures: refusal.failure ? [refusal.failure] : [] }]
        const pulls = sources.map((source) => ({ ...source, pull: pullOf(source, job, dryRun, tools) }))
        const firstLooks = new FirstLooks(pulls.map(({ pull }) => pull))
        for (const source of pulls) {
          if (broken) return results
          const result = await pullSource(run, job, source, firstLooks, tools).catch((error: unknown) => {
            broken = true
            throw error
          })
          results.push(result)
          done += result.taken + result.duplicates
          tools.progress.advance(done, undefined, 'files')
          // A server that cannot be reached or refuses us is not knocked at again for each of its folders.
          if (result.down !== undefined) break
        }
        const down = results.find((result) => result.down)?.down
        if (down !== undefined) await foundDown(endpoint, down, run, tools)
        const healed = down === undefined ? await foundUp(endpoint, run, tools) : undefined
        return healed === undefined ? results : [...results, { ...nothing, healed: [healed] }]
      }),
    ),
  )
  const all = parts.flat()
  const sum = (of: (part: Pulled) => number) => all.reduce((total, part) => total + of(part), 0)
  const output: Pulled = {
    taken: sum(({ taken }) => taken),
    duplicates: sum(({ duplicates }) => duplicates),
    skipped: sum(({ skipped }) => skipped),
    failures: oncePerSubject(all.flatMap(({ failures }) => failures)),
    healed: all.flatMap(({ healed }) => healed ?? []),
  }
  if (output.failures.length > 0) await assertNotAway(tools)
  const failed = output.failures.length > 0 ? `; ${counted(output.failures.length, 'place')} failed` : ''
  const healed = output.healed?.map((text) => `; ${text}`).join('') ?? ''
  return { output, said: `${counted(output.taken, 'new file')}, ${output.duplicates} sent before${failed}${healed}` }
}

const nothing: Pulled = { taken: 0, duplicates: 0, skipped: 0, failures: [] }

async function pullSource(
  run: Asking,
  job: JobSettings,
  { input, drop, pull }: Source & { readonly pull: PullDrop },
  firstLooks: FirstLooks,
  tools: Tools,
): Promise<FromSource> {
  try {
    const endpoint = await tools.endpoint(drop.endpoint)
    const ledger = dropLedger(run, job, input, drop, tools)
    const result = await pullDrop(endpoint, pull, tools.archive, ledger, {
      owner: `${job.job} ${input}`,
      now: tools.now,
      firstLooks,
      ...transfersAt(drop.endpoint, tools),
    })
    for (const { name, reason } of result.skipped)
      tools.log.warn({ run: run.id, endpoint: drop.endpoint, file: name }, reason)
    const down = result.failures.find(({ name, error }) => name === undefined && isEndpointDown(error))
    return {
      taken: result.taken.length,
      duplicates: result.duplicates.length,
      skipped: result.skipped.length,
      failures: result.failures.map(({ name, error }) =>
        failure(name === undefined ? drop.endpoint : `${drop.endpoint}: ${name}`, error),
      ),
      ...(down === undefined ? {} : { down: failure(drop.endpoint, down.error) }),
    }
  } catch (error) {
    if (!(error instanceof MatchbookError) || isCutOff(error) || ownTrouble.has(error.code)) throw error
    tools.log.error({ run: run.id, endpoint: drop.endpoint, code: error.code }, error.message)
    const failed = failure(drop.endpoint, error)
    return { ...nothing, failures: [failed], ...(isEndpointDown(error) ? { down: failed } : {}) }
  }
}

const MIB = 1024 * 1024

/** How an input's files end: how their last record begins, or what closes them. */
function endOf(
  input: JobSettings['inputs'][string] | undefined,
  complete: 'x12' | 'trailer' | 'closed' | undefined,
  { workspace }: Tools,
): PullDrop['complete'] {
  if (complete === 'x12') return complete
  const isRead = input !== undefined && input.kind !== 'x12'
  const format = isRead && complete !== undefined ? workspace.contracts.get(input.contract)?.format : undefined
  if (complete === 'closed') {
    const root = format?.kind === 'xml' ? format.records.split('/')[0] : undefined
    return { closes: root === undefined ? 'bracket' : { root } }
  }
  if (format === undefined || !('trailer' in format) || format.trailer === undefined) return undefined
  return {
    marker: format.trailer.marker,
    ...(format.kind === 'delimited' ? { delimiter: format.delimiter } : {}),
  }
}

function pullOf({ input, drop }: Source, job: JobSettings, dryRun: boolean, tools: Tools): PullDrop {
  const complete = endOf(job.inputs[input], drop.complete, tools)
  return {
    folder: drop.folder,
    include: drop.include,
    exclude: drop.exclude,
    recursive: drop.recursive,
    order: drop.order,
    stableSeconds: drop['stable-seconds'],
    waitHours: drop['wait-hours'],
    resumeFrom: drop['resume-from-mb'] * MIB,
    // A dry run reads everything and leaves every source as it is.
    after: dryRun ? 'leave' : drop.after,
    ...(drop.done === undefined ? {} : { done: drop.done }),
    ...(complete === undefined ? {} : { complete }),
    ...(drop.sequence === undefined ? {} : { sequence: drop.sequence }),
    ...(drop.claim === undefined ? {} : { claim: drop.claim }),
    ...(drop.partner === undefined ? {} : { partner: drop.partner }),
  }
}

/** Trouble of this machine, not of one partner: the night cannot go on without it. */
const ownTrouble: ReadonlySet<string> = new Set([
  'DISK-FULL',
  'DISK-FAILED',
  'WORKSPACE-READ-ONLY',
  'STATE-LOCKED',
  'STATE-CORRUPT',
  'STATE-UNREACHABLE',
  'LEASE-LOST',
  'ARCHIVE-UNREACHABLE',
  'ARCHIVE-REFUSED',
  'SECRET-MISSING',
])

const failure = (subject: string, { code, message, hint }: MatchbookError): Failure => ({
  subject,
  code,
  message,
  hint,
})

/** An endpoint that is down fails once in what people read, however many folders of it were to be pulled. */
export const oncePerSubject = (failures: readonly Failure[]): Failure[] => [
  ...new Map(failures.map((one) => [`${one.subject} ${one.code}`, one])).values(),
]
