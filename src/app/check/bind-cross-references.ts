import { identifierKey, type SetEngine } from '../../canonical/index.js'
import type { JobSettings, Workspace } from '../../config/index.js'
import { type CrossReference, crossReferences } from '../../state/index.js'
import { type UnitNames, unitOf } from '../document-relations/unit-name.js'
import type { Tools } from '../tools.js'
import { referenceId } from '../xref/reference-words.js'
import { bindRows, type RelationRow } from './bind-rows.js'

/** What people said of identifiers, as relation `cross_reference`; which of it holds on which day is for the rules to say. */
export async function bindCrossReferences(
  engine: SetEngine,
  job: JobSettings,
  { state, workspace }: Pick<Tools, 'state' | 'workspace'>,
): Promise<void> {
  const found = await crossReferences(state.database, {})
  const scopeOf = scopes(job, workspace)
  await bindRows(
    engine,
    'cross_reference',
    found.map((reference) => rowOf(reference, scopeOf(reference.partner), workspace.settings.units)),
  )
}

/** Units stand there as extracts write them: under their aliases, where they have any. */
const rowOf = (reference: CrossReference, scope: string, units: UnitNames): RelationRow => ({
  reference: referenceId(reference.id),
  kind: reference.kind,
  partner: reference.partner,
  scope,
  type: reference.type,
  identifier: reference.kind === 'unit' ? unitOf(reference.identifier, units) : reference.identifier,
  identifier_key: identifierKey(reference.type, reference.identifier),
  item: reference.item,
  company: reference.company,
  target: reference.kind === 'unit' ? unitOf(reference.target, units) : reference.target,
  factor: reference.factor,
  effective_from: reference.effectiveFrom,
  effective_to: reference.effectiveTo,
  made_by: reference.madeBy,
})

function scopes({ inputs }: JobSettings, { settings }: Workspace): (partner: string) => string {
  const systems = new Set(
    Object.values(inputs)
      .filter(({ kind }) => kind === 'extract')
      .flatMap(({ from }) => from.map(({ endpoint }) => endpoint)),
  )
  return (partner) => {
    if (partner === '') return 'all'
    if (partner in settings.partners) return 'partner'
    return systems.has(partner) ? 'system' : 'other'
  }
}
