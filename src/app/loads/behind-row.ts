import type { RowDecision } from './rows-of-load.js'

/** The decisions that let a row go, or that the rules alone did. */
export const behindRow = (decisions: readonly RowDecision[]): string =>
  decisions.length === 0
    ? 'the rules: nothing held it'
    : decisions
        .map(
          ({ exception, code, decision, decidedBy, agreedBy, note }) =>
            `${decision} by ${decidedBy}${agreedBy === null ? '' : ` and ${agreedBy}`} (${code} ${exception})${note === null ? '' : `: ${note}`}`,
        )
        .join('; ')
