import { identityInWords, letter, literal } from '../canonical/index.js'
import type { ExtractColumn, ExtractContract } from '../config/extract-contract.js'
import type { Check } from './check.js'

/** Shorter texts, such as a sex, stand everywhere. */
const TELLING = 5

/** Canonical columns of running text, into which people write what they like. */
export const inWords: ReadonlySet<string> = new Set(['description', 'name', 'reason'])

export interface OpenColumn {
  readonly column: ExtractColumn
  /** Canonical columns that it becomes. */
  readonly becomes: readonly string[]
  /** The record is of use without it. */
  readonly mayBeBlank: boolean
}

/**
 * Identity where it does not belong: a text that is projected has the form of one, or repeats what a personal column of the same record
 * holds. Where a contract classes no column personal, patients are far, and only running text is looked at: numbers of parts and
 * accounts may look like a social security number.
 *
 * @param textOf SQL of the cleaned text of a column
 * @param capitalsOf the same in capitals
 */
export function identityChecks(
  contract: ExtractContract,
  projected: readonly OpenColumn[],
  textOf: (column: string) => string,
  capitalsOf: (column: string) => string,
): { readonly checks: readonly Check[]; readonly uses: readonly string[] } {
  const personal = contract.columns.filter(({ sensitivity, kind }) => sensitivity === 'personal' && kind !== 'flag')
  const open = projected
    .filter(({ column }) => column.sensitivity !== 'personal')
    .map((one) => ({ ...one, name: one.column.name, isWords: one.becomes.some((name) => inWords.has(name)) }))
    .filter(({ isWords }) => isWords || personal.length > 0)
  return {
    uses: open.length === 0 ? [] : personal.map(({ name }) => name),
    checks: open.map(({ name, isWords, becomes, mayBeBlank }) => {
      const text = textOf(name)
      const repeats = personal.flatMap(({ name, kind }) => {
        const identity = textOf(name)
        if (isWords) return [holds(text, identity), holdsName(text, identity), holdsNumber(text, identity)]
        return kind === 'text' || kind === 'integer' ? [holds(text, identity)] : []
      })
      const form = `coalesce(regexp_matches(${capitalsOf(name)}, ${literal(identityInWords)}), false)`
      return {
        column: name,
        code: 'DATA-PHI',
        reason: 'holds what looks like the identity of a patient',
        bad: [form, ...repeats].join(' OR '),
        ...(mayBeBlank ? { blanks: becomes } : {}),
      }
    }),
  }
}

/**
 * As whole words, capitals or not. The bare text is looked for first, which is quick and seldom finds anything: a pattern that is another
 * for each record is compiled for each, and DuckDB asks the second half of an AND of every record, but not what a CASE leaves out.
 */
const holds = (text: string, identity: string): string =>
  `CASE WHEN coalesce(length(${identity}) >= ${TELLING} AND contains(upper(${text}), upper(${identity})), false)` +
  ` THEN regexp_matches(upper(${text}), '(^|[^A-Z0-9])' || regexp_escape(upper(${identity})) || '([^A-Z0-9]|$)') ELSE false END`

/** A name (DOE^JANE, Doe, Jane) in another order: its first word, which is quick to look for, and one more of it. */
const holdsName = (text: string, identity: string): string =>
  `CASE WHEN coalesce(regexp_matches(upper(${identity}), '^[${letter}]{3,}[^,^]*[,^]') AND contains(upper(${text}), regexp_extract(upper(${identity}), '[${letter}]{3,}')), false)` +
  ` THEN len(list_intersect(${words(text)}, ${words(identity)})) > 1 ELSE false END`

const words = (text: string): string => `list_distinct(regexp_extract_all(upper(${text}), '[${letter}]{2,}'))`

/** A number of six digits and more without what stands before it. */
const holdsNumber = (text: string, identity: string): string =>
  `CASE WHEN coalesce(contains(${text}, ${number(identity)}) AND length(${number(identity)}) >= 6, false)` +
  ` THEN regexp_matches(${text}, '(^|[^0-9])0*' || ${number(identity)} || '([^0-9]|$)') ELSE false END`

const number = (text: string): string => `ltrim(regexp_extract(${text}, '[0-9]{6,}'), '0')`
