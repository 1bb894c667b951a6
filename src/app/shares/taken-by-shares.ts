import { counted } from '../../canonical/index.js'
import { type RunRow, shareRunsOf, stepOutput } from '../../state/index.js'
import { oncePerSubject, type Pulled } from '../pull/pull-drops.js'
import type { StepResult } from '../run.js'
import { type ReadDocuments, sumOfDocuments } from '../run-summary.js'
import type { Tools } from '../tools.js'

/** What a night pulled itself, with what its shares had pulled for it: the same as if it had pulled all. */
export async function withPulledByShares(
  night: RunRow,
  own: StepResult<Pulled>,
  tools: Tools,
): Promise<StepResult<Pulled>> {
  const shares = await outputsOf<Pulled>(night, 'pull', tools)
  if (shares.length === 0) return own
  const all = [...shares, own.output]
  const sum = (of: (part: Pulled) => number) => all.reduce((total, part) => total + of(part), 0)
  return {
    output: {
      taken: sum(({ taken }) => taken),
      duplicates: sum(({ duplicates }) => duplicates),
      skipped: sum(({ skipped }) => skipped),
      failures: oncePerSubject(all.flatMap(({ failures }) => failures)),
      healed: all.flatMap(({ healed }) => healed ?? []),
    },
    said: `${own.said}; ${counted(sum(({ taken }) => taken) - own.output.taken, 'new file')} in ${shares.length} shares before`,
  }
}

/** The same of what was read. */
export async function withReadByShares(
  night: RunRow,
  own: StepResult<ReadDocuments>,
  tools: Tools,
): Promise<StepResult<ReadDocuments>> {
  const shares = await outputsOf<ReadDocuments>(night, 'read', tools)
  if (shares.length === 0) return own
  const output = [...shares, own.output].reduce(sumOfDocuments)
  return { output, said: `${own.said}; ${output.taken - own.output.taken} documents in ${shares.length} shares before` }
}

async function outputsOf<T>(night: RunRow, step: string, { state }: Tools): Promise<T[]> {
  const outputs: T[] = []
  for (const { id } of await shareRunsOf(state.database, night)) {
    const saved = (await stepOutput(state.database, id, step)) as { output: T } | undefined
    if (saved !== undefined) outputs.push(saved.output)
  }
  return outputs
}
