import { type DecimalText, parseDecimal } from '../../canonical/index.js'
import { factorProblem } from './reference-row.js'

/**
 * What a note names as the target: it begins with it, and what else it says comes after a colon, comma, semicolon or in brackets.
 * '1001', '1001: asked the buyer', '= 1001 (new part number)'. Undefined: it names none, and is only words.
 */
export function targetIn(note: string | null): string | undefined {
  const [, target] = /^\s*=?\s*([^\s:;,()]+)\s*(?:$|[:;,(])/.exec(note ?? '') ?? []
  return target
}

/** '12 EA', '12', '12 EA: on the label'. The unit may be left out where only one can be meant. */
export function packIn(
  note: string | null,
): { readonly factor: DecimalText; readonly unit: string | undefined } | undefined {
  const [, number = '', unit] =
    /^\s*=?\s*(\d[\d.]*)(?:\s+([A-Za-z][A-Za-z0-9]{0,9}))?\s*(?:$|[:;,(])/.exec(note ?? '') ?? []
  const factor = parseDecimal(number)
  return factor === undefined || factorProblem(number) !== undefined ? undefined : { factor, unit: unit?.toUpperCase() }
}

/** The PO line that a note names: 'line 3', 'PO line 3: ordered by telephone'. Without leading zeros. */
export function lineIn(note: string | null): string | undefined {
  const [, line] = /^\s*(?:PO\s+)?line\s+0*([^\s:;,()]+)\s*(?:$|[:;,(])/i.exec(note ?? '') ?? []
  return line
}

/** The purchase order that a note names: '4500012', 'PO 4500012: asked the buyer', '4500012 release 2'. */
export function orderIn(
  note: string | null,
): { readonly number: string; readonly release: string | undefined } | undefined {
  const pattern = /^\s*(?:PO\s+)?([^\s:;,()]+)(?:\s+release\s+([^\s:;,()]+))?\s*(?:$|[:;,(])/i
  const [, number, release] = pattern.exec(note ?? '') ?? []
  return number === undefined ? undefined : { number, release }
}
