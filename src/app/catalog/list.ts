import { requireWorkspace } from '../workspace/require-workspace.js'
import { type Interface, interfacesOf } from './interfaces.js'

export const listCatalog = async (workspaceFolder: string | undefined): Promise<readonly Interface[]> =>
  interfacesOf(await requireWorkspace(workspaceFolder))
