import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Workspace } from '../../config/index.js'
import { type GraphEdge, type GraphNode, layeredSvg } from '../../outputs/graph/layered-svg.js'
import { placeFile } from '../../outputs/place-file.js'
import { requireWorkspace } from '../workspace/require-workspace.js'
import { type Interface, interfacesOf } from './interfaces.js'

export interface CatalogGraph {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
  /** Absolute; null where the drawing was not written. */
  readonly file: string | null
  readonly svg: string
}

/** Who sends what to which job, which waits for which, and what goes where. `out`: the SVG file, replaced as a whole. */
export async function catalogGraph(
  workspaceFolder: string | undefined,
  out: string | undefined,
): Promise<CatalogGraph> {
  const workspace = await requireWorkspace(workspaceFolder)
  const { nodes, edges } = graphOf(workspace)
  const svg = layeredSvg(`Interfaces of ${workspace.settings.workspace}`, nodes, edges)
  if (out === undefined) return { nodes, edges, file: null, svg }
  const file = path.resolve(out)
  await placeFile(file, (temporary) => writeFile(temporary, svg))
  return { nodes, edges, file, svg }
}

function graphOf(workspace: Workspace): Pick<CatalogGraph, 'nodes' | 'edges'> {
  const nodes = new Map<string, GraphNode>()
  const edges = new Map<string, GraphEdge>()
  const put = (node: GraphNode): string => {
    if (!nodes.has(node.id)) nodes.set(node.id, node)
    return node.id
  }
  const join = (from: string, to: string, dashed = false) => edges.set(`${from} ${to}`, { from, to, dashed })
  const depths = waitingDepths(workspace)
  const last = FIRST_JOB + Math.max(0, ...depths.values())
  for (const { job, title, schedule } of workspace.jobs.values()) {
    const id = put({
      id: `job ${job}`,
      column: FIRST_JOB + (depths.get(job) ?? 0),
      title: job,
      note: title,
      kind: 'job',
    })
    for (const other of schedule?.after ?? []) join(`job ${other}`, id, true)
  }
  for (const one of interfacesOf(workspace)) {
    const isIn = one.direction === 'in'
    const system = put({ ...systemOf(one, workspace), column: isIn ? 0 : last + 2 })
    const data = put({
      id: `${one.direction} ${one.contract.name} ${isIn ? one.endpoint : one.job}`,
      column: isIn ? 1 : last + 1,
      title: one.contract.name,
      note: `version ${one.contract.version}${one.sensitivity === 'personal' ? ', personal' : ''}`,
      kind: 'data',
    })
    const job = `job ${one.job}`
    if (isIn) {
      join(system, data)
      join(data, job)
    } else {
      join(job, data)
      join(data, system)
    }
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] }
}

/** Systems and what they send stand before the jobs. */
const FIRST_JOB = 2

function systemOf({ direction, endpoint, partner, system }: Interface, { settings }: Workspace) {
  const name = settings.partners[partner ?? '']?.name ?? system ?? endpoint
  return { id: `${direction} ${endpoint} ${name}`, title: name, note: `endpoint ${endpoint}`, kind: 'system' as const }
}

/** How many jobs each waits for, one after the other. The settings have no circle. */
function waitingDepths({ jobs }: Workspace): ReadonlyMap<string, number> {
  const depthOf = (job: string): number => {
    const after = jobs.get(job)?.schedule?.after ?? []
    return after.length === 0 ? 0 : 1 + Math.max(...after.map(depthOf))
  }
  return new Map([...jobs.keys()].map((job) => [job, depthOf(job)]))
}
