import type { LoadOptions, PartnerGuide } from '../../config/index.js'
import { allDecisions, defaultQueues } from '../../exceptions/index.js'
import { matcherNeeds } from '../../match/index.js'
import { chosenProfile } from './chosen-profile.js'
import { shippedFolder } from './shipped.js'

/** How every command reads its workspace. `folder`: as the user named it. */
export const workspaceOptions = (folder: string | undefined): LoadOptions => ({
  explicit: folder !== undefined,
  profile: chosenProfile(),
  shippedFolder: shippedFolder(),
  knownQueues: defaultQueues,
  knownDecisions: allDecisions,
  matchers: matcherNeeds(),
  guideMistakes,
})

/** Versions a partner's guide is held against where it names none: those we have guides of. */
const VERSIONS = ['004010', '005010']

/** The guides are loaded only for a workspace that has some of its own. */
async function guideMistakes(own: PartnerGuide): Promise<readonly string[]> {
  const { loadGuide, partnerGuideMistakes } = await import('../../formats/x12/guide/index.js')
  const versions = own.version === undefined ? VERSIONS : [own.version]
  const guides = await Promise.all(versions.map((version) => loadGuide(version, own.set)))
  const held = guides.filter((guide) => guide !== undefined)
  if (held.length === 0) return [`no guide is held of transaction set ${own.set}`]
  // What one of the versions has is no mistake.
  const [first = [], ...rest] = held.map((guide) => partnerGuideMistakes(guide, own))
  const places = rest.map((mistakes) => new Set(mistakes.map(placeOf)))
  return first.filter((mistake) => places.every((others) => others.has(placeOf(mistake))))
}

/** The segment and element a mistake is about; the sentence goes on with the version. */
const placeOf = (mistake: string): string => mistake.replace(/( is in no place of|: ).*$/, '')
