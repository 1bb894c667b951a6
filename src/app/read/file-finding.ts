import { type Finding, ZERO } from '../../canonical/index.js'
import type { X12Finding } from '../../formats/x12/index.js'
import type { FileRow } from '../../state/index.js'
import type { Tools } from '../tools.js'

/** A finding of an X12 file as the exceptions know it. `document`: the control number of the transaction it is about. */
export function fileFinding(file: FileRow, finding: X12Finding, document: string | undefined, tools: Tools): Finding {
  const field =
    finding.segment === undefined
      ? undefined
      : `${finding.segment}${finding.element === undefined ? '' : String(finding.element).padStart(2, '0')}`
  return {
    code: finding.code,
    keys: {
      file: file.name,
      ...(file.partner === null ? {} : { partner: file.partner }),
      ...(document === undefined ? {} : { document }),
      record: String(finding.byteOffset),
      ...(field === undefined ? {} : { field }),
    },
    message: `${file.name}, line ${finding.line}, byte ${finding.byteOffset}: ${finding.message}`,
    amountAtRisk: ZERO,
    currency: tools.workspace.settings.currency,
    values: {
      ...(finding.standardCode === '' ? {} : { 'standard code': finding.standardCode }),
      ...(finding.value === undefined ? {} : { value: finding.value }),
    },
    tolerance: null,
    evidence: [
      {
        file: file.name,
        sha256: file.sha256,
        line: finding.line,
        byteOffset: finding.byteOffset,
        byteLength: finding.byteLength,
        ...(field === undefined ? {} : { field }),
        ...(finding.value === undefined ? {} : { value: finding.value }),
      },
    ],
  }
}
