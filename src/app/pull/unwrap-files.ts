import picomatch from 'picomatch'
import { counted, type Finding, ZERO } from '../../canonical/index.js'
import type { Drop, JobSettings, Unwrap } from '../../config/index.js'
import { kindOf, type PgpKeys, type Unwrapped, unwrap } from '../../exchange/index.js'
import { type FileRow, filesOf, recordUnwrapped, refuseWrapper } from '../../state/index.js'
import type { Run, StepResult } from '../run.js'
import type { Tools } from '../tools.js'
import { filesWanted } from '../workspace/files-of-input.js'
import { unwrapKeys } from './unwrap-keys.js'

export interface UnwrappedFiles {
  readonly wrappers: number
  readonly files: number
  readonly refused: number
}

/**
 * Takes out of their wrapping the files that were taken in compressed or encrypted. The wrapper stays in the archive as it came, what
 * was in it beside it; each wrapper is one transaction of the store.
 */
export async function unwrapFiles(
  run: Pick<Run, 'id'>,
  job: JobSettings,
  tools: Tools,
): Promise<StepResult<UnwrappedFiles>> {
  const taken = await filesOf(tools.state.database, job.job, Object.keys(job.inputs), ['taken'])
  const keys = new Map<Unwrap, Promise<PgpKeys | undefined>>()
  const output = { wrappers: 0, files: 0, refused: 0 }
  for (const wrapper of taken) {
    const how = unwrapOf(wrapper, job)
    if (how === undefined) continue
    const pgp = await pgpKeys(how, keys, tools)
    const rules = {
      kinds: how.kinds,
      largest: how['largest-mb'] * 1024 * 1024,
      ratio: how.ratio,
      most: how['most-files'],
      isAsked: picomatch([...filesWanted(job, wrapper.input, tools.workspace)]),
      ...(pgp === undefined ? {} : { pgp }),
    }
    const archivePath = await tools.archive.path(wrapper.sha256)
    const unwrapped = await unwrap({ name: wrapper.name, size: wrapper.size, archivePath }, rules, tools.archive)
    output.wrappers += 1
    if (unwrapped?.kind === 'files') output.files += await book(wrapper, unwrapped, run, job, tools)
    else {
      const reason = unwrapped?.reason ?? 'is no wrapper that is asked for'
      await refuseWrapper(
        tools.state.database,
        wrapper,
        `${wrapper.name} ${reason}`,
        unreadable(wrapper, reason, tools),
      )
      output.refused += 1
    }
  }
  const refused = output.refused > 0 ? `, ${output.refused} refused` : ''
  const unwrapped = `${counted(output.files, 'file')} out of ${counted(output.wrappers - output.refused, 'wrapper')}${refused}`
  return { output, said: output.wrappers === 0 ? 'nothing to unwrap' : unwrapped }
}

/** How a file is unwrapped by the settings of the drop it came from; undefined when it is read as it is. */
export function unwrapOf(file: FileRow, job: JobSettings): Unwrap | undefined {
  if (file.wrapped_in !== null) return undefined
  const kind = kindOf(file.name)
  const cameFrom = ({ endpoint, folder, recursive }: Drop): boolean =>
    endpoint === file.endpoint && (folder === file.folder || (recursive && file.folder.startsWith(inside(folder))))
  return job.inputs[file.input]?.from
    .filter(cameFrom)
    .map(({ unwrap: how }) => how)
    .find((how) => how?.kinds.some((one) => one === kind))
}

const inside = (folder: string): string => (folder === '.' ? '' : folder.endsWith('/') ? folder : `${folder}/`)

async function book(
  wrapper: FileRow,
  { files, others }: Pick<Extract<Unwrapped, { kind: 'files' }>, 'files' | 'others'>,
  run: Pick<Run, 'id'>,
  job: JobSettings,
  tools: Tools,
): Promise<number> {
  const left =
    others.length === 0 ? '' : `; not taken: ${others.slice(0, 10).join(', ')}${others.length > 10 ? ', ...' : ''}`
  await recordUnwrapped(tools.state.database, wrapper, files, {
    runId: run.id,
    reason: `${files.length} ${files.length === 1 ? 'file' : 'files'}${left}`,
    isSnapshot: job.inputs[wrapper.input]?.kind === 'extract',
  })
  return files.length
}

/** Read once for each drop. @throws SECRET-MISSING */
function pgpKeys(
  how: Unwrap,
  known: Map<Unwrap, Promise<PgpKeys | undefined>>,
  { workspace, secret }: Tools,
): Promise<PgpKeys | undefined> {
  const reading = known.get(how) ?? unwrapKeys(how, secret, workspace.folder)
  known.set(how, reading)
  return reading
}

const unreadable = (wrapper: FileRow, reason: string, { workspace }: Tools): Finding => ({
  code: 'FILE-UNREADABLE',
  keys: { file: wrapper.name, ...(wrapper.partner === null ? {} : { partner: wrapper.partner }) },
  message: `${wrapper.name} ${reason}; nothing of it was used`,
  amountAtRisk: ZERO,
  currency: workspace.settings.currency,
  values: { reason },
  tolerance: null,
  evidence: [{ file: wrapper.name, sha256: wrapper.sha256 }],
})
