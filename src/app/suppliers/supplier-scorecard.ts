import type { Acknowledgment } from '../../canonical/index.js'
import { MatchbookError } from '../../errors/index.js'
import { acknowledgmentsOf } from '../../state/index.js'
import type { Reading } from '../reading.js'
import { allScorecards } from './all-scorecards.js'
import type { Scorecard } from './scorecard.js'

export interface SupplierScorecard extends Scorecard {
  /** Days from the order to its acknowledgment (855), where both say their day. */
  readonly orderAcknowledgments: {
    readonly count: number
    readonly within: readonly { readonly days: string; readonly count: number }[]
  }
}

/**
 * One supplier, by the partner's name in the workspace, its full name, or a vendor number of the ERP.
 * @throws SUPPLIER-UNKNOWN naming those there are
 */
export async function supplierScorecard(reading: Reading, wanted: string, days: number): Promise<SupplierScorecard> {
  const all = await allScorecards(reading, days)
  const { partners } = reading.workspace.settings
  const meant = wanted.toLowerCase()
  const found = all.find(
    ({ supplier, name }) =>
      [supplier, name].some((text) => text.toLowerCase() === meant) ||
      partners[supplier]?.vendors.some(({ vendor }) => vendor === wanted),
  )
  if (found === undefined) {
    const known = all.map(({ supplier }) => supplier).slice(0, 20)
    throw new MatchbookError('SUPPLIER-UNKNOWN', `the store knows no supplier "${wanted}"`, {
      ...(known.length === 0 ? {} : { hint: `There are: ${known.join(', ')}` }),
    })
  }
  const bodies = await acknowledgmentsOf(reading.state.database, found.supplier, found.since)
  return { ...found, orderAcknowledgments: acknowledged(bodies.map((body) => JSON.parse(body))) }
}

const spans = [
  { days: '0 to 1', most: 1 },
  { days: '2 to 3', most: 3 },
  { days: 'over 3', most: Number.POSITIVE_INFINITY },
] as const

function acknowledged(documents: readonly Acknowledgment[]): SupplierScorecard['orderAcknowledgments'] {
  const taken = documents.flatMap(({ poDate, acknowledgedOn }) =>
    poDate === undefined || acknowledgedOn === undefined
      ? []
      : [(Date.parse(acknowledgedOn) - Date.parse(poDate)) / 86_400_000],
  )
  let before = Number.NEGATIVE_INFINITY
  const within = spans.map(({ days, most }) => {
    const count = taken.filter((one) => one > before && one <= most).length
    before = most
    return { days, count }
  })
  return { count: documents.length, within }
}
