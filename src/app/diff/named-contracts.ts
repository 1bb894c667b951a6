import type { ExtractContract } from '../../config/index.js'
import { MatchbookError } from '../../errors/index.js'
import type { SideName } from '../../match/index.js'
import { shippedFolder } from '../shipped.js'
import type { DiffRequest } from './diff-request.js'

/**
 * The contracts of the two files: one for both, or one for each. Looked for as a file, then in the workspace, if there is one, then
 * among those shipped.
 * @throws USAGE when there is none of that name, WORKSPACE-INVALID when it has mistakes
 */
export async function namedContracts({
  contracts,
  workspace,
}: DiffRequest): Promise<Readonly<Partial<Record<SideName, ExtractContract>>>> {
  if (contracts.length === 0) return {}
  if (contracts.length > 2) throw new MatchbookError('USAGE', 'there are two files, and more than two contracts')
  const { findWorkspace, formatProblems, loadContract } = await import('../../config/index.js')
  const own = await findWorkspace(workspace ?? process.cwd(), workspace !== undefined).catch((error) => {
    if (workspace !== undefined) throw error
    return undefined
  })
  const folders = [...(own === undefined ? [] : [own]), shippedFolder()]
  const [left, right = left] = await Promise.all(
    contracts.map(async (name) => {
      const { contract, problems } = await loadContract(name, folders)
      if (problems.length > 0)
        throw new MatchbookError('WORKSPACE-INVALID', `contract ${name} has mistakes:\n${formatProblems(problems)}`, {
          hint: 'Mend the lines named',
        })
      if (contract === undefined)
        throw new MatchbookError('USAGE', `there is no contract ${name}`, {
          hint: 'Name a YAML file, or one of templates/extracts',
        })
      return contract
    }),
  )
  return { ...(left && { left }), ...(right && { right }) }
}
