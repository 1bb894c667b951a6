export interface LineageFacet {
  readonly _producer: string
  readonly _schemaURL: string
  readonly [name: string]: unknown
}

export const lineageSpec = 'https://openlineage.io/spec'

/** The schemas of the facets, in the versions that were read when this was written. */
const facetSchemas = {
  schema: 'facets/1-1-1/SchemaDatasetFacet.json#/$defs/SchemaDatasetFacet',
  dataSource: 'facets/1-0-1/DatasourceDatasetFacet.json#/$defs/DatasourceDatasetFacet',
  dataQualityMetrics:
    'facets/1-0-2/DataQualityMetricsInputDatasetFacet.json#/$defs/DataQualityMetricsInputDatasetFacet',
  outputStatistics: 'facets/1-0-2/OutputStatisticsOutputDatasetFacet.json#/$defs/OutputStatisticsOutputDatasetFacet',
  nominalTime: 'facets/1-0-1/NominalTimeRunFacet.json#/$defs/NominalTimeRunFacet',
  processing_engine: 'facets/1-1-1/ProcessingEngineRunFacet.json#/$defs/ProcessingEngineRunFacet',
  errorMessage: 'facets/1-0-1/ErrorMessageRunFacet.json#/$defs/ErrorMessageRunFacet',
  jobType: 'facets/2-0-3/JobTypeJobFacet.json#/$defs/JobTypeJobFacet',
  documentation: 'facets/1-1-0/DocumentationJobFacet.json#/$defs/DocumentationJobFacet',
  ownership: 'facets/1-0-1/OwnershipJobFacet.json#/$defs/OwnershipJobFacet',
  /** Our own; a custom facet is any RunFacet. */
  matchbook_run: '2-0-2/OpenLineage.json#/$defs/RunFacet',
} as const

type FacetName = keyof typeof facetSchemas
/** Makes a facet of that name. */
export type MakeFacet = (name: FacetName, says: Readonly<Record<string, unknown>>) => Record<string, LineageFacet>

export const makeFacet =
  (producer: string): MakeFacet =>
  (name, says) => ({ [name]: { _producer: producer, _schemaURL: `${lineageSpec}/${facetSchemas[name]}`, ...says } })
