import { acknowledgeSome } from './acknowledging.js'
import { fillWithCleanTrade } from './clean-trade.js'
import { writeContracts } from './contract-prices.js'
import { demoFaults } from './demo-faults.js'
import { faultNamed, plantFault } from './faults.js'
import { keepBack } from './kept-back.js'
import { Ledger } from './ledger.js'
import { spoiledRecords } from './plant-intake-faults.js'
import { Planter } from './planting.js'
import { seeded } from './prng.js'
import type { SpoiledRecord } from './spoiled-record.js'

export interface MadeNight {
  readonly ledger: Ledger
  readonly spoiled: readonly SpoiledRecord[]
}

/** How many clean invoices an ordinary night brings, and how many PO lines both ERPs export at the least. */
const DEMO_SIZE = { invoices: 372, lines: 2_640 }

/** The books of the demo's night: every discrepancy planted on goods of its own, then ordinary trade around them. */
export function makeNight(seed: number, asOf: string): MadeNight {
  const ledger = new Ledger(seeded(seed), asOf)
  const kept = keepBack(ledger)
  ledger.zeroFactors = kept.zeroFactors
  writeContracts(ledger, kept)
  const planter = new Planter(ledger, kept)
  for (const [name, times] of demoFaults)
    plantFault(planter, faultNamed(name), name === 'price-of-old-contract' ? kept.repriced.length : times)
  // The demo runs one job; what others would see of the same books is not asked.
  ledger.expected = ledger.expected.filter(({ job }) => job === 'receipt-to-invoice')
  const spoiled = spoiledRecords(planter)
  fillWithCleanTrade(ledger, kept, DEMO_SIZE)
  acknowledgeSome(ledger)
  return { ledger, spoiled }
}
