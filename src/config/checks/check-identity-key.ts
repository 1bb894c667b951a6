import type { Problem } from '../problem.js'
import type { Setting } from '../setting.js'

/** A contract that hashes identities is of no use without the key; false: the workspace has none. */
export function checkIdentityKey(
  input: Setting,
  contract: Setting | undefined,
  hasKey: boolean | undefined,
): Problem[] {
  const sources = contract
    ?.at('projections')
    .items()
    .flatMap((projection) => projection.at('map').entries())
  const hashes = sources?.some(([, source]) =>
    source
      .at('transform')
      .items()
      .some(({ text }) => text === 'keyed-hash'),
  )
  if (hashes !== true || hasKey !== false) return []
  const place = input.at('contract')
  return [
    place.problem(`${place.text} hashes identities, and there is no key`, 'privacy: { key: ... } in matchbook.yaml'),
  ]
}
