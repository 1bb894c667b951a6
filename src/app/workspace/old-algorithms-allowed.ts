import type { EndpointSettings, WorkspaceSettings } from '../../config/index.js'
import { allowedOld } from '../../config/old-algorithms.js'

/** The old SSH algorithms that an endpoint's settings allow, for people; undefined when there are none. */
export function oldAlgorithmsOf(settings: EndpointSettings): string | undefined {
  if (settings.kind === 'local') return undefined
  const names = Object.values(allowedOld(settings.algorithms)).flat()
  if (names.length === 0) return undefined
  return settings.algorithms === 'legacy' ? 'all old algorithms' : names.join(', ')
}

/** One sentence for each endpoint that allows any. */
export const oldAlgorithmsAllowed = ({ endpoints }: WorkspaceSettings): string[] =>
  Object.entries(endpoints).flatMap(([name, settings]) => {
    const allowed = oldAlgorithmsOf(settings)
    return allowed === undefined
      ? []
      : [
          `endpoints.${name}.algorithms allows ${allowed}: what is sent can be read by who records it; ask the partner for modern ones`,
        ]
  })
