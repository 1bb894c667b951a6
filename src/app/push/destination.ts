import type { JobLoad, JobSettings, Workspace } from '../../config/index.js'

/** A folder at an endpoint. */
export interface Place {
  readonly endpoint: string
  readonly folder: string
}

export interface Destination {
  readonly fallback?: Place
  /** Bytes; a larger file is not sent. */
  readonly largest?: number
  /** Bytes; a file of up to so many is read back. */
  readonly readBack: number
}

const MIB = 1024 * 1024
const READ_BACK_MB = 64

/** Where the evidence pack of a job goes. */
export const packPlace = (job: JobSettings) => (job.matcher === 'compliance-evidence' ? job.pack['send-to'] : undefined)

type Delivery = Pick<JobLoad, 'endpoint' | 'folder' | 'fallback' | 'largest-mb' | 'read-back-mb'>

/** How files are brought to a place, by today's settings: a fallback that is set while files wait serves them too. */
export function destinationAt({ endpoint, folder }: Place, { jobs, settings }: Workspace): Destination {
  const deliveries: readonly (Delivery | undefined)[] = [
    ...[...jobs.values()].flatMap((job) => [...job.loads, job.decisions?.['return-to'], packPlace(job)]),
    ...Object.values(settings.partners).map(({ x12 }) => x12?.['send-to']),
  ]
  const found = deliveries.find((one) => one?.endpoint === endpoint && one.folder === folder)
  const { fallback, 'largest-mb': largest, 'read-back-mb': readBack = READ_BACK_MB } = found ?? {}
  return {
    readBack: readBack * MIB,
    ...(largest === undefined ? {} : { largest: largest * MIB }),
    ...(fallback === undefined ? {} : { fallback: { endpoint: fallback.endpoint, folder: fallback.folder ?? folder } }),
  }
}
