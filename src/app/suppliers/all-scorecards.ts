import type { Workspace } from '../../config/index.js'
import { unsettled } from '../../exceptions/index.js'
import { groupsSentSince, judgedOfSuppliers, listExceptions, type StoredException } from '../../state/index.js'
import type { Reading } from '../reading.js'
import { grouped } from './grouped.js'
import { partnerOfVendor } from './partner-of-vendor.js'
import { type Scorecard, scorecard } from './scorecard.js'

const SCORED_DAYS = 90

const scoredSince = (now: string, days: number): string => new Date(Date.parse(now) - days * 86_400_000).toISOString()

/** A scorecard of every supplier with something to say, by name. Open exceptions count however old they are. */
export async function allScorecards(
  { state: { database }, workspace, now }: Pick<Reading, 'state' | 'workspace' | 'now'>,
  days = SCORED_DAYS,
): Promise<Scorecard[]> {
  const { currency, partners } = workspace.settings
  const at = now()
  const since = scoredSince(at, days)
  const judged = grouped(await judgedOfSuppliers(database, since), ({ partner }) => partner)
  const groups = grouped(await groupsSentSince(database, since), ({ partner }) => partner)
  const recent = (await listExceptions(database)).filter(
    ({ status, lastSeen }) => lastSeen >= since || unsettled.includes(status),
  )
  const supplierOf = supplierNames(workspace)
  const exceptions = grouped(recent, supplierOf)
  const suppliers = [...new Set([...judged.keys(), ...groups.keys(), ...exceptions.keys()])]
  return suppliers
    .filter((supplier) => supplier !== '')
    .map((supplier) =>
      scorecard({
        supplier,
        name: partners[supplier]?.name ?? supplier,
        currency,
        since,
        now: at,
        judged: judged.get(supplier) ?? [],
        exceptions: exceptions.get(supplier) ?? [],
        groups: groups.get(supplier) ?? [],
      }),
    )
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

/** The partner whose vendor number an exception names, else the number itself, else ''. */
export function supplierNames({ settings }: Workspace): (exception: StoredException) => string {
  const partnerOf = partnerOfVendor(settings.partners)
  return ({ keys }) => partnerOf(keys) ?? keys.partner ?? keys.supplier ?? ''
}
