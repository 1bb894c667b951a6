import type { ExtractContract } from '../../config/index.js'
import { MatchbookError } from '../../errors/index.js'
import { shippedFolder } from '../shipped.js'

/**
 * A contract by name or file: looked for as a file, then in the workspace, if there is one, then among those shipped.
 * @throws USAGE when there is none of that name, WORKSPACE-INVALID when it has mistakes
 */
export async function namedContract(name: string, workspaceFolder: string | undefined): Promise<ExtractContract> {
  const { findWorkspace, formatProblems, loadContract } = await import('../../config/index.js')
  const own = await findWorkspace(workspaceFolder ?? process.cwd(), workspaceFolder !== undefined).catch((error) => {
    if (workspaceFolder !== undefined) throw error
    return undefined
  })
  const { contract, problems } = await loadContract(name, [...(own === undefined ? [] : [own]), shippedFolder()])
  if (problems.length > 0)
    throw new MatchbookError('WORKSPACE-INVALID', `contract ${name} has mistakes:\n${formatProblems(problems)}`, {
      hint: 'Mend the lines named',
    })
  if (contract === undefined)
    throw new MatchbookError('USAGE', `there is no contract ${name}`, {
      hint: 'Name a YAML file, or one of templates/extracts',
    })
  return contract
}
