import type { Fault } from './fault.js'
import { acknowledgmentFaults } from './plant-acknowledgment-faults.js'
import { chargeFaults } from './plant-charge-faults.js'
import { contractFaults } from './plant-contract-faults.js'
import { goodOddities } from './plant-good-oddities.js'
import { historyFaults } from './plant-history-faults.js'
import { brokenExtracts, mishaps, recordFaults } from './plant-intake-faults.js'
import { invoiceFaults } from './plant-invoice-faults.js'
import { itemFaults } from './plant-item-faults.js'
import { journalFaults } from './plant-journal-faults.js'
import { laborFaults } from './plant-labor-faults.js'
import { lineFaults } from './plant-line-faults.js'
import { requisitionFaults } from './plant-requisition-faults.js'
import { usageFaults } from './plant-usage-faults.js'
import { vendorFaults } from './plant-vendor-faults.js'
import type { Planter } from './planting.js'

/** Everything that can be planted, in the order it is planted. */
export const allFaults: readonly Fault[] = [
  ...invoiceFaults,
  ...lineFaults,
  ...historyFaults,
  ...goodOddities,
  ...mishaps,
  ...recordFaults,
  ...brokenExtracts,
  ...requisitionFaults,
  ...laborFaults,
  ...journalFaults,
  ...usageFaults,
  ...chargeFaults,
  ...vendorFaults,
  ...contractFaults,
  ...acknowledgmentFaults,
  ...itemFaults,
]

export function faultNamed(name: string): Fault {
  const found = allFaults.find((one) => one.name === name)
  if (found === undefined) throw new RangeError(`no fault ${name}`)
  return found
}

/**
 * Plants a fault so many times. With `companies` each time for the next of so many, whatever was planted before; without, companies and
 * suppliers simply take turns.
 */
export function plantFault(planter: Planter, fault: Fault, times: number, companies?: number): void {
  planter.ledger.planting = { fault: fault.name, job: fault.job }
  for (let turn = 0; turn < times; turn++) {
    if (companies !== undefined) planter.comeTo(turn % companies)
    fault.plant(planter, turn)
  }
  planter.ledger.planting = undefined
}
