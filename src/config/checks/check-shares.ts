import type { Problem } from '../problem.js'
import type { Setting } from '../setting.js'
import { groupOwners, ownerOf, type SharedDrop } from '../shares.js'
import type { Shares } from '../shares-setting.js'

/** Whether the drops of a job can be shared out as it says. */
export function checkShares(job: Setting): Problem[] {
  const shares = job.at('shares')
  const by = shares.at('by').text
  const of = shares.at('of')
  if ((by !== 'partner' && by !== 'endpoint') || of.number === undefined) return []
  const drops = dropsOf(job)
  const { groups, mixed } = groupOwners(
    by,
    drops.map(({ drop }) => drop),
  )
  const whose = by === 'partner' ? 'partners' : 'endpoints'
  return [
    ...mixed.flatMap((n) => mixedFolder(by, drops[n])),
    ...(groups.length < 2
      ? [shares.at('by').problem(`${whose} of drops that can be told apart: ${groups.length}`, nothingToShare(by))]
      : of.number > groups.length
        ? [of.problem(`${of.number} shares of ${groups.length} ${whose}`, `at most ${groups.length}: ${together(by)}`)]
        : []),
  ]
}

const nothingToShare = (by: Shares['by']): string =>
  by === 'partner'
    ? 'a job with drops of two partners and more, in folders of their own'
    : 'a job with drops at two endpoints and more; X12 among them with its partner'

const together = (by: Shares['by']): string =>
  by === 'partner'
    ? 'partners that share a folder, or fill one extract, stay together'
    : 'endpoints with drops of one partner, or of one extract, stay together'

function mixedFolder(by: Shares['by'], found: { readonly place: Setting; readonly drop: SharedDrop } | undefined) {
  if (found === undefined) return []
  const { place, drop } = found
  const message = `the folder of ${ownerOf(by, drop)} is looked into by a drop of ${by === 'partner' ? 'no partner' : 'nobody'} too`
  return [place.at('folder').problem(message, 'a folder of its own, or every drop of it with its partner')]
}

/** Drops of inputs, as far as they can be read; and of workbooks, which are of nobody. */
function dropsOf(job: Setting): { readonly place: Setting; readonly drop: SharedDrop }[] {
  const inputs = job.at('inputs').entries()
  const found = inputs.flatMap(([input, setting]) =>
    setting
      .at('from')
      .items()
      .map((place) => ({ place, drop: sharedDrop(input, setting.at('kind').text, place) })),
  )
  const workbooks = job.at('decisions').at('from').items()
  return [
    ...found,
    ...workbooks.map((place) => ({ place, drop: { ...sharedDrop('', 'x12', place), partner: undefined } })),
  ]
}

const sharedDrop = (input: string, kind: string | undefined, place: Setting): SharedDrop => ({
  input,
  kind: kind === 'extract' || kind === 'load-results' ? kind : 'x12',
  endpoint: place.at('endpoint').text ?? '',
  folder: place.at('folder').text ?? '',
  recursive: place.at('recursive').value === true,
  partner: place.at('partner').text,
})
