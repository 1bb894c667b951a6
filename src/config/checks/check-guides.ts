import type { PartnerGuide } from '../partner-guide.js'
import type { Problem } from '../problem.js'
import type { Setting } from '../setting.js'
import type { WorkspaceSettings } from '../workspace.js'

/** Rules of partners' guides that would never be asked, since the standard has no such segment or element. */
export async function checkGuides(
  { partners }: WorkspaceSettings,
  top: Setting,
  mistakesOf: (guide: PartnerGuide) => Promise<readonly string[]>,
): Promise<Problem[]> {
  const problems: Problem[] = []
  for (const [name, { x12 }] of Object.entries(partners)) {
    const places = top.at('partners').at(name).at('x12').at('guides').items()
    for (const [n, guide] of (x12?.guides ?? []).entries()) {
      for (const mistake of await mistakesOf(guide))
        problems.push(
          ...[places[n]].flatMap((place) => place?.problem(mistake, 'what the standard has in this set') ?? []),
        )
    }
  }
  return problems
}
