import type { ExtractContract } from '../../config/index.js'
import { applyChanges } from '../../contracts/index.js'
import type { FileRow } from '../../state/index.js'
import { checkTogether, type Filling, type Used } from './check-parts.js'
import type { Chains } from './extract-changes.js'
import { alone } from './extract-parts.js'

export interface Applied {
  /** The whole extract and the changes put over it, oldest first; empty where no whole one can be used. */
  readonly used: readonly Used[]
  /** Files that their contract does not let pass. */
  readonly refused: readonly Used[]
  /** Changes that came after one that was refused: what they change may not be there yet. */
  readonly waiting: readonly FileRow[]
}

/**
 * Brings the newest whole extract that can be used into the set engine, and puts the changes that came after it over it, up to the first that
 * cannot be used.
 */
export async function checkChanges(
  filling: Filling,
  contract: ExtractContract,
  { chains }: Pick<Chains, 'chains'>,
): Promise<Applied> {
  const refused: Used[] = []
  const check = async (file: FileRow, changes: boolean): Promise<Used | undefined> => {
    const together = { ...alone(file), files: [{ part: undefined, file, ...(changes ? { changes } : {}) }] }
    const [checked] = await checkTogether(filling, contract, together)
    if (checked?.check.usable) return checked
    if (checked !== undefined) refused.push(checked)
    return undefined
  }
  for (const { whole, changes } of chains) {
    const base = await check(whole, false)
    if (base === undefined) continue
    const used = [base]
    for (const [n, file] of changes.entries()) {
      const next = await check(file, true)
      if (next === undefined) return { used: await apply(used), refused, waiting: changes.slice(n + 1) }
      used.push(next)
    }
    return { used: await apply(used), refused, waiting: [] }
  }
  return { used: [], refused, waiting: [] }

  async function apply(used: readonly Used[]): Promise<readonly Used[]> {
    await applyChanges(
      filling.engine,
      contract,
      used.map(({ index }) => index),
    )
    return used
  }
}
