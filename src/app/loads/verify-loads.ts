import { ExitCode } from '../../errors/index.js'
import { type LoadRow, listLoads, loadsNotWhollySeen } from '../../state/index.js'
import type { Reading } from '../reading.js'
import { chooseLoad } from './choose-load.js'
import { type LoadListing, listings } from './list-loads.js'
import { loadOutcomes } from './load-outcomes.js'
import { rowsOfLoad } from './rows-of-load.js'
import { templateOfLoad } from './template-of-load.js'

/** A load held against what the ERP shows; the shape is part of the published surface. */
export interface VerifiedLoad extends LoadListing {
  readonly rejectedRows: readonly { readonly row: string; readonly said: string }[]
  readonly notSeenRows: readonly string[]
}

export interface Verification {
  /** The one that was named, or all that were sent and are not wholly in the ERP, oldest first. */
  readonly loads: readonly VerifiedLoad[]
  /** Loads that were sent. */
  readonly sent: number
  /** Open exceptions where a load is there in part or not at all. */
  readonly exit: ExitCode
}

/**
 * What of the loads the ERP has, by the extracts and result files that have come.
 * @throws LOAD-UNKNOWN
 */
export async function verifyLoads(reading: Reading, named: string | undefined): Promise<Verification> {
  const { database } = reading.state
  const sent = await listLoads(database, { statuses: ['sent'] })
  const asked = named === undefined ? await loadsNotWhollySeen(database) : [await chooseLoad(database, named)]
  const loads: VerifiedLoad[] = []
  for (const row of asked) {
    const [listing] = await listings(reading, [row])
    if (listing === undefined) throw new Error(`load ${row.id} is gone`)
    const isWhole = listing.verdict === 'loaded' || listing.verdict === 'given-back'
    if (named !== undefined || !isWhole) loads.push({ ...listing, ...(await lacking(reading, row)) })
  }
  const isBad = ({ verdict }: LoadListing) => verdict === 'partly-loaded' || verdict === 'nothing-loaded'
  return { loads, sent: sent.length, exit: loads.some(isBad) ? ExitCode.openExceptions : ExitCode.done }
}

/** The rows that are not there, as people know them. */
async function lacking(reading: Reading, load: LoadRow): Promise<Pick<VerifiedLoad, 'rejectedRows' | 'notSeenRows'>> {
  const template = templateOfLoad(load, reading.workspace)
  const outcomes = await loadOutcomes(reading, load)
  const held = template === undefined ? null : await rowsOfLoad(reading.state.database, load, template, outcomes)
  // Lines of an invoice share its fate.
  const [file] = template?.files ?? []
  const rows = (held?.rows ?? []).filter(
    (row) => row.file === file?.name || template?.files[1]?.rows !== 'invoice-line',
  )
  return {
    rejectedRows: rows
      .filter(({ outcome }) => outcome === 'rejected')
      .map(({ about, said }) => ({ row: about, said: said ?? 'no reason' })),
    notSeenRows: rows.filter(({ outcome }) => outcome === 'not-seen').map(({ about }) => about),
  }
}
