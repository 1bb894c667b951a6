import type { ExceptionCode } from '../canonical/index.js'
import type { Planter } from './planting.js'

/** The shipped jobs that a night can be made for. */
export const simulatedJobs = [
  'charge-capture',
  'contract-price-sync',
  'gl-posting',
  'item-master-sync',
  'labor-to-ledger',
  'po-acknowledgment',
  'receipt-to-invoice',
  'requisition-to-pay',
  'usage-to-replenishment',
  'vendor-master-sync',
] as const
export type SimulatedJob = (typeof simulatedJobs)[number]

/** One way in which a health system's books can be out of order, or look so and be in order. */
export interface Fault {
  /** As in --fault NAME=RATE. */
  readonly name: string
  /** The job that it is made for; others may see it too. */
  readonly job: SimulatedJob
  /** What it raises; null where it lies just inside what is allowed, so that nothing may be raised. */
  readonly code: ExceptionCode | null
  /** What is out of order, in plain words. */
  readonly says: string
  /** Makes it once, on goods and orders of its own. `turn` counts its own cases from 0: companies, suppliers and amounts change with it. */
  plant(planter: Planter, turn: number): void
}

/** Faults of one job. */
export const faultsOf =
  (job: SimulatedJob) =>
  (name: string, code: ExceptionCode | null, says: string, plant: Fault['plant']): Fault => ({
    name,
    job,
    code,
    says,
    plant,
  })
