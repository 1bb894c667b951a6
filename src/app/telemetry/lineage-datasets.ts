import path from 'node:path'
import type { JobSettings, Workspace } from '../../config/index.js'
import type { RunSummary } from '../run-summary.js'
import type { LineageFacet, MakeFacet } from './lineage-facets.js'

/**
 * What is read or written, named by where it lies and by its layout, not by the file of one night: `sftp://host:port` and
 * `folder/contract`, or `file` and the path. Two jobs that read the same extract name the same dataset.
 */
export interface LineageDataset {
  readonly namespace: string
  readonly name: string
  readonly facets: Readonly<Record<string, LineageFacet>>
  readonly inputFacets?: Readonly<Record<string, LineageFacet>>
  readonly outputFacets?: Readonly<Record<string, LineageFacet>>
}

export function lineageInputs(
  { inputs }: JobSettings,
  workspace: Workspace,
  facet: MakeFacet,
  summary?: RunSummary,
): LineageDataset[] {
  const all = Object.entries(inputs).flatMap(([input, settings]) => {
    const contract = settings.kind === 'x12' ? undefined : workspace.contracts.get(settings.contract)
    const fields = contract?.columns.map(({ name, kind }) => ({ name, type: kind }))
    const rows = summary?.extracts.filter((one) => one.input === input).reduce((sum, { records }) => sum + records, 0)
    return settings.from.map(({ endpoint, folder }): LineageDataset => {
      const place = placed(endpoint, folder, workspace)
      return {
        namespace: place.namespace,
        name: `${place.folder}/${contract?.contract ?? 'x12'}`,
        facets: {
          ...facet('dataSource', { name: endpoint, uri: place.uri }),
          ...(fields === undefined ? {} : facet('schema', { fields })),
        },
        // Rows of an input that comes from several places are not known apart.
        ...(contract === undefined || rows === undefined || settings.from.length > 1
          ? {}
          : { inputFacets: facet('dataQualityMetrics', { rowCount: rows, columnMetrics: {} }) }),
      }
    })
  })
  return [...new Map(all.map((one) => [`${one.namespace} ${one.name}`, one])).values()]
}

export function lineageOutputs(
  { loads }: JobSettings,
  workspace: Workspace,
  facet: MakeFacet,
  summary?: RunSummary,
): LineageDataset[] {
  return loads.flatMap(({ template: wanted, endpoint, folder }) => {
    const template = workspace.loads.get(wanted)
    if (template === undefined) return []
    const place = placed(endpoint, folder, workspace)
    const written = summary?.loads.filter((one) => one.title === template.title && one.endpoint === endpoint)
    return template.files.map(({ name, rows, map }): LineageDataset => {
      const count = written?.reduce((sum, { invoices, lines }) => sum + (rows === 'invoice' ? invoices : lines), 0)
      const fields = map.map((column) => ({ name: column.name, type: column.kind }))
      return {
        namespace: place.namespace,
        name: `${place.folder}/${template.template}/${name}`,
        facets: { ...facet('dataSource', { name: endpoint, uri: place.uri }), ...facet('schema', { fields }) },
        ...(count === undefined ? {} : { outputFacets: facet('outputStatistics', { rowCount: count }) }),
      }
    })
  })
}

/** Where a folder lies, as lineage servers name places. */
function placed(name: string, folder: string, { folder: workspaceFolder, settings }: Workspace) {
  const endpoint = settings.endpoints[name]
  if (endpoint?.kind === 'sftp') {
    const namespace = `sftp://${endpoint.host}:${endpoint.port}`
    const bare = folder.replaceAll(/^\/+|\/+$/g, '')
    return { namespace, folder: bare, uri: `${namespace}/${bare}` }
  }
  const absolute = path
    .resolve(workspaceFolder, endpoint?.folder ?? '', folder)
    .split(path.sep)
    .join('/')
  return { namespace: 'file', folder: absolute, uri: `file://${absolute}` }
}
