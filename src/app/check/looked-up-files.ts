import type { ExtractInput } from '../../config/index.js'
import type { LookedUpFiles } from '../../contracts/index.js'
import type { Tools } from '../tools.js'

type Inputs = readonly (readonly [string, ExtractInput])[]

/** What is looked up comes before what looks it up. Contracts that look each other up keep their order, and then one lacks the other. */
export function inOrderOfLookUps(inputs: Inputs, { workspace }: Pick<Tools, 'workspace'>): Inputs {
  const ordered: (readonly [string, ExtractInput])[] = []
  const seen = new Set<string>()
  const visit = (entry: readonly [string, ExtractInput]): void => {
    const [name, { contract }] = entry
    if (seen.has(name)) return
    seen.add(name)
    const others = lookedUpBy(contract, { workspace })
    for (const other of inputs) if (others.includes(other[1].contract)) visit(other)
    ordered.push(entry)
  }
  for (const entry of inputs) visit(entry)
  return ordered
}

/** Names of the contracts that one takes values from. */
export const lookedUpBy = (contract: string, { workspace }: Pick<Tools, 'workspace'>): readonly string[] =>
  Object.values(workspace.contracts.get(contract)?.['look-ups'] ?? {}).map((lookUp) => lookUp.contract)

/** The files of the night that were used, by contract, for those that come after to look up in. */
export class FilesOfNight {
  readonly #files = new Map<string, { contract: LookUpContract; paths: string[] }>()
  readonly #tools: Pick<Tools, 'archive' | 'workspace'>

  constructor(tools: Pick<Tools, 'archive' | 'workspace'>) {
    this.#tools = tools
  }

  get byContract(): LookedUpFiles {
    return this.#files
  }

  async add(name: string, used: readonly { readonly sha256: string }[]): Promise<void> {
    const contract = this.#tools.workspace.contracts.get(name)
    if (contract === undefined || used.length === 0) return
    const paths = await Promise.all(used.map(({ sha256 }) => this.#tools.archive.path(sha256)))
    this.#files.set(name, { contract, paths: [...(this.#files.get(name)?.paths ?? []), ...paths] })
  }
}

type LookUpContract = NonNullable<ReturnType<Tools['workspace']['contracts']['get']>>
