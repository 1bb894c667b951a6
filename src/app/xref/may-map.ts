import { type ExceptionCode, type ReferenceKind, ZERO } from '../../canonical/index.js'
import type { Workspace } from '../../config/index.js'
import { authorityOf, type Deciding, route } from '../../exceptions/index.js'
import { routingOf } from '../exceptions/routing.js'
import { decidersOf } from '../roles/deciders-of.js'

/** The exception that an unknown identifier of a kind raises. */
export const codeOfKind: Readonly<Record<ReferenceKind, ExceptionCode>> = {
  item: 'XREF-ITEM',
  supplier: 'XREF-SUPPLIER',
  location: 'XREF-LOCATION',
  unit: 'XREF-UOM',
  'cost-center': 'XREF-COSTCENTER',
}

/** What an authority is asked of for identifiers of a kind: the code they raise, and the queue it goes to. */
export function decidingKind(kind: ReferenceKind, now: string, workspace: Workspace): Omit<Deciding, 'amountAtRisk'> {
  const code = codeOfKind[kind]
  return { code, queue: route(code, now, routingOf(workspace)).queue, currency: workspace.settings.currency }
}

/** Whoever may decide `map` for an unknown identifier of a kind may make, change and end its cross-references. Why not, in words. */
export function mayNotMap(person: string, kind: ReferenceKind, now: string, workspace: Workspace): string | undefined {
  const asked = { ...decidingKind(kind, now, workspace), amountAtRisk: ZERO }
  return authorityOf(person, asked, 'map', decidersOf(workspace)) === 'no'
    ? `${person} may not decide map for ${asked.code}; see deciders in matchbook.yaml for who may`
    : undefined
}
