import { type ExceptionCode, type ReferenceKind, ZERO } from '../../canonical/index.js'
import type { Workspace } from '../../config/index.js'
import { authorityOf, route } from '../../exceptions/index.js'
import { decidersOf } from '../deciding/deciders-of.js'
import { routingOf } from '../routing.js'

/** The exception that an unknown identifier of a kind raises. */
export const codeOfKind: Readonly<Record<ReferenceKind, ExceptionCode>> = {
  item: 'XREF-ITEM',
  supplier: 'XREF-SUPPLIER',
  location: 'XREF-LOCATION',
  unit: 'XREF-UOM',
  'cost-center': 'XREF-COSTCENTER',
}

/** Whoever may decide `map` for an unknown identifier of a kind may make, change and end its cross-references. Why not, in words. */
export function mayNotMap(person: string, kind: ReferenceKind, now: string, workspace: Workspace): string | undefined {
  const code = codeOfKind[kind]
  const { queue } = route(code, now, routingOf(workspace))
  const authority = authorityOf(person, { code, queue, amountAtRisk: ZERO }, 'map', decidersOf(workspace))
  return authority === 'no'
    ? `${person} may not decide map for ${code}; see deciders in matchbook.yaml for who may`
    : undefined
}
