import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { JobSettings } from '../../config/index.js'
import { ExitCode, MatchbookError } from '../../errors/index.js'
import { packTexts } from '../../outputs/evidence/index.js'
import { placeFile } from '../../outputs/place-file.js'
import { zipOf } from '../../outputs/zip-of.js'
import { type EvidencePackRow, listPacks } from '../../state/index.js'
import { openTools, type ToolOptions } from '../compose.js'
import type { Tools } from '../tools.js'
import { gatherPack } from './gather-pack.js'

export interface RebuildRequest extends ToolOptions {
  readonly period: string
  /** Of several jobs that make packs. */
  readonly job: string | undefined
  /** Where the pack is written; undefined: it is only compared. */
  readonly out: string | undefined
}

export interface RebuiltPack {
  readonly job: string
  readonly period: string
  readonly madeAt: string
  readonly madeBy: string
  /** Of the pack that was made, and of the one made again. */
  readonly sha256: { readonly made: string; readonly now: string }
  readonly isSame: boolean
  /** Files of the pack that are other than then, in its order. */
  readonly differs: readonly string[]
  readonly gaps: readonly string[]
  readonly file: string | null
  readonly exit: ExitCode
}

/**
 * Makes the pack of a period again from the store, and says whether it is the one that was made then, and if not, which of its files differ.
 * @throws EVIDENCE-UNKNOWN, JOB-UNKNOWN
 */
export async function rebuildPack(request: RebuildRequest): Promise<RebuiltPack> {
  const tools = await openTools(request, 'look')
  try {
    const made = await packNamed(request, tools)
    const job = jobOf(made, tools)
    const period = { name: made.period, firstDay: made.first_day, lastDay: made.last_day }
    const pack = await gatherPack(job, period, JSON.parse(made.judged), tools)
    const { texts, files } = packTexts(pack)
    const bytes = await zipOf(texts)
    const then = JSON.parse(made.contents) as Record<string, string>
    const now = new Map(files.map(({ name, sha256 }) => [name, sha256]))
    const names = [...new Set([...now.keys(), ...Object.keys(then)])]
    const differs = names.filter((name) => now.get(name) !== then[name])
    const placed = await place(bytes, request.out, tools)
    const isSame = placed.sha256 === made.sha256
    return {
      job: made.job,
      period: made.period,
      madeAt: made.made_at,
      madeBy: made.run_id,
      sha256: { made: made.sha256, now: placed.sha256 },
      isSame,
      differs,
      gaps: pack.gaps,
      file: placed.file,
      exit: isSame ? ExitCode.done : ExitCode.refused,
    }
  } finally {
    await tools.close()
  }
}

async function packNamed({ period, job }: RebuildRequest, { state }: Tools): Promise<EvidencePackRow> {
  const all = await listPacks(state.database)
  const found = all.filter((one) => one.period === period && (job === undefined || one.job === job))
  const [first] = found
  if (first !== undefined && found.length === 1) return first
  const names = all.map((one) => `${one.period} of ${one.job}`).join(', ')
  throw new MatchbookError(
    'EVIDENCE-UNKNOWN',
    found.length > 1
      ? `several jobs made a pack of ${period}: ${found.map((one) => one.job).join(', ')}; name one with --job`
      : `no pack of ${period} was made${all.length === 0 ? '; none was made at all' : `; there are ${names}`}`,
  )
}

function jobOf({ job }: EvidencePackRow, { workspace }: Tools): JobSettings {
  const settings = workspace.jobs.get(job)
  if (settings !== undefined) return settings
  throw new MatchbookError('JOB-UNKNOWN', `the job ${job}, which made the pack, is not in this workspace any more`)
}

/** Written where it is asked for, or beside the work of this process and gone with it: the hash is of what a disk has taken. */
async function place(
  bytes: Buffer,
  out: string | undefined,
  { workFolder }: Tools,
): Promise<{ readonly sha256: string; readonly file: string | null }> {
  const target = out === undefined ? path.join(workFolder, 'pack.zip') : path.resolve(out)
  const { sha256 } = await placeFile(target, (part) => writeFile(part, bytes, { flag: 'wx' }))
  return { sha256, file: out === undefined ? null : target }
}
