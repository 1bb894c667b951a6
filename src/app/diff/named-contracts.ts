import type { ExtractContract } from '../../config/index.js'
import { MatchbookError } from '../../errors/index.js'
import type { SideName } from '../../match/index.js'
import { namedContract } from '../workspace/named-settings.js'
import type { DiffRequest } from './diff-request.js'

/**
 * The contracts of the two files: one for both, or one for each.
 * @throws USAGE when there is none of that name, WORKSPACE-INVALID when it has mistakes
 */
export async function namedContracts({
  contracts,
  workspace,
}: DiffRequest): Promise<Readonly<Partial<Record<SideName, ExtractContract>>>> {
  if (contracts.length === 0) return {}
  if (contracts.length > 2) throw new MatchbookError('USAGE', 'there are two files, and more than two contracts')
  const [left, right = left] = await Promise.all(contracts.map((name) => namedContract(name, workspace)))
  return { ...(left && { left }), ...(right && { right }) }
}
