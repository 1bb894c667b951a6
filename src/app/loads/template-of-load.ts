import type { LoadTemplate, Workspace } from '../../config/index.js'
import { reversingTemplate } from '../../outputs/load/index.js'
import type { LoadRow } from '../../state/index.js'

/** What a load is written by; undefined where the workspace has no such template any more, as for orders to suppliers. */
export function templateOfLoad(
  { template: name, reverses }: Pick<LoadRow, 'template' | 'reverses'>,
  { loads }: Pick<Workspace, 'loads'>,
): LoadTemplate | undefined {
  const template = loads.get(name)
  return template === undefined || reverses === null ? template : reversingTemplate(template)
}
