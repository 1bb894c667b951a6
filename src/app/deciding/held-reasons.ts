import type { EvidencedDecision } from './load-evidence.js'

/** Why an invoice is held, code by code, with what was decided about each and by whom. */
export function heldReasons(codes: readonly string[], decisions: readonly EvidencedDecision[]): string[] {
  return codes.map((code) => {
    const decided = decisions.filter((one) => one.code === code).map(({ decision }) => decision)
    if (decided.length === 0) return code
    const words = decided.map(
      ({ decision, decidedBy, note }) => `${decision} by ${decidedBy}${note === null ? '' : `: ${note}`}`,
    )
    return `${code} (${[...new Set(words)].join('; ')})`
  })
}
