import type { ExtractContract, LoadTemplate, Problem } from '../../config/index.js'
import { MatchbookError } from '../../errors/index.js'
import { shippedFolder } from './shipped.js'

/**
 * A contract by name or file: looked for as a file, then in the workspace, if there is one, then among those shipped.
 * @throws USAGE when there is none of that name, WORKSPACE-INVALID when it has mistakes
 */
export async function namedContract(name: string, workspaceFolder: string | undefined): Promise<ExtractContract> {
  const { loadContract } = await import('../../config/index.js')
  const found = await loadContract(name, await roots(workspaceFolder))
  return only(found, `contract ${name}`, 'templates/extracts')
}

/** A load template by name or file, in the same way. @throws USAGE, WORKSPACE-INVALID */
export async function namedLoadTemplate(name: string, workspaceFolder: string | undefined): Promise<LoadTemplate> {
  const { loadLoadTemplate } = await import('../../config/index.js')
  const found = await loadLoadTemplate(name, await roots(workspaceFolder))
  return only(found, `load template ${name}`, 'templates/loads')
}

async function roots(workspaceFolder: string | undefined): Promise<string[]> {
  const { findWorkspace } = await import('../../config/index.js')
  const own = await findWorkspace(workspaceFolder ?? process.cwd(), workspaceFolder !== undefined).catch((error) => {
    if (workspaceFolder !== undefined) throw error
    return undefined
  })
  return [...(own === undefined ? [] : [own]), shippedFolder()]
}

async function only<T>(
  { value, problems }: { readonly value?: T; readonly problems: readonly Problem[] },
  what: string,
  folder: string,
): Promise<T> {
  const { formatProblems } = await import('../../config/index.js')
  if (problems.length > 0)
    throw new MatchbookError('WORKSPACE-INVALID', `${what} has mistakes:\n${formatProblems(problems)}`, {
      hint: 'Mend the lines named',
    })
  if (value === undefined)
    throw new MatchbookError('USAGE', `there is no ${what}`, { hint: `Name a YAML file, or one of ${folder}` })
  return value
}
