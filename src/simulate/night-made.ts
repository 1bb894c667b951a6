import { acknowledgeOrders } from './acknowledging.js'
import { fillWithCleanTrade } from './clean-trade.js'
import { writeContracts } from './contract-prices.js'
import { keepBack } from './kept-back.js'
import { Ledger } from './ledger.js'
import { plantGoodOddities } from './plant-good-oddities.js'
import { plantHistoryFaults } from './plant-history-faults.js'
import { plantMishaps, type SpoiledRecord, spoiledRecords } from './plant-intake-faults.js'
import { plantInvoiceFaults } from './plant-invoice-faults.js'
import { plantLineFaults } from './plant-line-faults.js'
import { Planter } from './planting.js'
import { seeded } from './prng.js'

export interface MadeNight {
  readonly ledger: Ledger
  readonly spoiled: readonly SpoiledRecord[]
}

/** The books of the night: every discrepancy planted on goods of its own, then ordinary trade around them. */
export function makeNight(seed: number, asOf: string): MadeNight {
  const ledger = new Ledger(seeded(seed), asOf)
  const kept = keepBack(ledger)
  ledger.zeroFactors = kept.zeroFactors
  writeContracts(ledger, kept)
  const planter = new Planter(ledger, kept)
  plantInvoiceFaults(planter)
  plantLineFaults(planter)
  plantHistoryFaults(planter)
  plantGoodOddities(planter)
  plantMishaps(planter)
  const spoiled = spoiledRecords(planter)
  fillWithCleanTrade(ledger, kept)
  acknowledgeOrders(ledger)
  return { ledger, spoiled }
}
