import type { SimulatedJob } from './fault.js'

/** Jobs that take invoices, in the order in which a run of all jobs comes to them: the first takes a file, the others share it. */
const invoiceReaders: readonly SimulatedJob[] = ['receipt-to-invoice']

/** The job that tells what is wrong with the suppliers' files. */
export function readingJob(jobs: readonly SimulatedJob[]): SimulatedJob {
  return invoiceReaders.find((job) => jobs.includes(job)) ?? 'receipt-to-invoice'
}
