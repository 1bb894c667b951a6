import type { ExtractContract, Projection } from '../config/extract-contract.js'

type WithPart =
  | { readonly contract: ExtractContract; readonly missing?: undefined }
  /** A clause: why the name of the file does not tell what the contract takes from it. */
  | { readonly missing: string }

/** The contract of one file: what comes from the part that the file is, the same in each of its records. */
export function withPart(contract: ExtractContract, part: string | undefined): WithPart {
  const sources = contract.projections.flatMap(({ map }) => Object.entries(map).filter(([, one]) => isFromName(one)))
  if (sources.length === 0) return { contract }
  if (part === undefined)
    return {
      missing: `its ${sources[0]?.[0]} comes from its name, and no parts of an input say where; nothing of the file is used`,
    }
  const unknown = sources.find(([, one]) => isFromName(one) && one.codes !== undefined && !(part in one.codes))
  if (unknown !== undefined)
    return { missing: `it is part ${part}, which the codes of ${unknown[0]} do not list; nothing of the file is used` }
  const projections = contract.projections.map((projection) => ({
    ...projection,
    map: Object.fromEntries(
      Object.entries(projection.map).map(([name, one]): [string, Projection] => [
        name,
        isFromName(one) ? { constant: one.codes?.[part] ?? part } : one,
      ]),
    ),
  }))
  return { contract: { ...contract, projections } }
}

/** Whether something of its records stands in the name of the file alone. */
export const needsPart = ({ projections }: ExtractContract): boolean =>
  projections.some(({ map }) => Object.values(map).some(isFromName))

const isFromName = (source: Projection): source is Extract<Projection, { file: 'part' }> =>
  typeof source === 'object' && 'file' in source
