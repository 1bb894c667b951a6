import { type ExceptionCode, type Finding, type Source, ZERO } from '../canonical/index.js'
import type { ExtractFile } from './extract-check.js'

/**
 * A finding about an extract. Its keys name the contract, not the dated file, so that the same trouble is the same exception
 * tomorrow.
 */
export function fileFinding(
  about: { readonly contract: string; readonly file: ExtractFile; readonly currency: string },
  code: ExceptionCode,
  message: string,
  more: {
    readonly field?: string
    readonly record?: string
    readonly values?: Finding['values']
    readonly evidence?: readonly Omit<Source, 'file' | 'sha256'>[]
  } = {},
): Finding {
  const { name: file, sha256 } = about.file
  return {
    code,
    keys: {
      file: about.contract,
      ...(more.field === undefined ? {} : { field: more.field }),
      ...(more.record === undefined ? {} : { record: more.record }),
    },
    message: `${file}: ${message}`,
    amountAtRisk: ZERO,
    currency: about.currency,
    values: more.values ?? {},
    tolerance: null,
    evidence: (more.evidence ?? [{}]).map((source) => ({ file, sha256, ...source })),
  }
}
