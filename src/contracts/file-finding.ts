import { type ExceptionCode, type Finding, type Source, ZERO } from '../canonical/index.js'
import type { ExtractFile } from './extract-check.js'

/** What is wrong with an extract or one of its records. */
export interface Fault {
  readonly code: ExceptionCode
  /** A clause: the file's name is put before it. */
  readonly message: string
  /** Column of the file. */
  readonly field?: string
  /** What is the same about the record tomorrow. */
  readonly record?: string
  readonly values?: Finding['values']
  /** Default: the file. */
  readonly evidence?: readonly Omit<Source, 'file' | 'sha256'>[]
}

/** What stands for the records that are not told one by one. */
export const theRest = 'the rest'

export interface About {
  readonly contract: string
  readonly file: ExtractFile
  readonly currency: string
}

/**
 * Keys name the contract, not the dated file, so that the same trouble is the same exception tomorrow. What is wrong with a part as a whole
 * names the part; a record is the same in whichever part it comes.
 */
export function fileFinding({ contract, file, currency }: About, fault: Fault): Finding {
  return {
    code: fault.code,
    keys: {
      file: file.part === undefined || isRecord(fault) ? contract : `${contract} (${file.part})`,
      ...(fault.field === undefined ? {} : { field: fault.field }),
      ...(fault.record === undefined ? {} : { record: fault.record }),
    },
    message: `${file.name}: ${fault.message}`,
    amountAtRisk: ZERO,
    currency,
    values: fault.values ?? {},
    tolerance: null,
    evidence: (fault.evidence ?? [{}]).map((source) => ({ file: file.name, sha256: file.sha256, ...source })),
  }
}

const isRecord = ({ record }: Fault): boolean => record !== undefined && record !== theRest
