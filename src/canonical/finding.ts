import type { DecimalText } from './decimal.js'
import type { ExceptionCode } from './exception-code.js'

/** Where a value stands. `file` is the name people know; `sha256` finds the bytes in the archive. */
export interface Source {
  readonly file: string
  readonly sha256?: string
  /** Physical line, 1-based. */
  readonly line?: number
  /** Data record, 1-based, header and trailer not counted; differs from the line when quoted values hold newlines. */
  readonly record?: number
  readonly column?: string
  readonly byteOffset?: number
  readonly byteLength?: number
  /** Element reference (IT104) or canonical field. */
  readonly field?: string
  readonly value?: string
}

/** The business keys a finding is about. Only keys that are the same again tomorrow: they make the fingerprint. */
export interface FindingKeys {
  readonly company?: string
  readonly po?: string
  readonly release?: string
  readonly line?: string
  readonly invoice?: string
  readonly invoiceLine?: string
  readonly supplier?: string
  readonly item?: string
  readonly facility?: string
  readonly receipt?: string
  readonly contract?: string
  readonly file?: string
  readonly partner?: string
  readonly document?: string
  readonly field?: string
  readonly record?: string
  readonly load?: string
  readonly requisition?: string
  readonly payment?: string
  readonly location?: string
  readonly costCenter?: string
  readonly uom?: string
  /** An identifier of another system, as it stands there. */
  readonly identifier?: string
  /** The other of two things that are alike or depend on each other. */
  readonly other?: string
  /** Keyed hash of a case or encounter: never the identity itself. */
  readonly case?: string
  /** Keyed hash of an employee. */
  readonly employee?: string
  readonly lot?: string
  readonly charge?: string
  readonly department?: string
  readonly payCode?: string
  readonly period?: string
  readonly date?: string
  readonly journal?: string
  readonly account?: string
  readonly obligation?: string
}

/** A discrepancy in data: a value, never a throw. */
export interface Finding {
  readonly code: ExceptionCode
  readonly keys: FindingKeys
  /** One sentence with the numbers, for people. */
  readonly message: string
  readonly amountAtRisk: DecimalText
  readonly currency: string
  /** What was compared: name -> exact text. */
  readonly values: Readonly<Record<string, string | null>>
  /** The tolerance numbers used, where one applied. */
  readonly tolerance: Readonly<Record<string, string | null>> | null
  readonly evidence: readonly Source[]
  /** Id of the stored document it is about, for example the invoice that it holds; no part of its identity. */
  readonly document?: string
}
