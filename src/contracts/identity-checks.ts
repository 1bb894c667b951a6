import { literal, socialSecurityNumber } from '../canonical/index.js'
import type { ExtractColumn, ExtractContract } from '../config/extract-contract.js'
import type { Check } from './check.js'

/** Shorter texts, such as a sex, stand everywhere. */
const TELLING = 5

/**
 * Identity where it does not belong: a text that is projected has the form of a social security number, or repeats what a personal
 * column of the same record holds. Only contracts that class a column personal are looked at: in them patients are near.
 *
 * @param textOf SQL of the cleaned text of a column
 */
export function identityChecks(
  contract: ExtractContract,
  projected: readonly ExtractColumn[],
  textOf: (column: string) => string,
): { readonly checks: readonly Check[]; readonly uses: readonly string[] } {
  const personal = contract.columns.filter(({ sensitivity, kind }) => sensitivity === 'personal' && kind === 'text')
  if (personal.length === 0) return { checks: [], uses: [] }
  const open = projected.filter(({ sensitivity }) => sensitivity !== 'personal')
  return {
    uses: personal.map(({ name }) => name),
    checks: open.map(({ name }) => {
      const text = textOf(name)
      const repeats = personal.map((column) => holds(text, textOf(column.name)))
      const form = `coalesce(regexp_matches(${text}, ${literal(socialSecurityNumber)}), false)`
      return {
        column: name,
        code: 'DATA-PHI',
        reason: 'holds what looks like the identity of a patient',
        bad: [form, ...repeats].join(' OR '),
      }
    }),
  }
}

/** As whole words, capitals or not. The search for the bare text goes first: it is quick, and seldom finds anything. */
const holds = (text: string, identity: string): string =>
  `coalesce(length(${identity}) >= ${TELLING} AND contains(upper(${text}), upper(${identity}))` +
  ` AND regexp_matches(upper(${text}), '(^|[^A-Z0-9])' || regexp_escape(upper(${identity})) || '([^A-Z0-9]|$)'), false)`
