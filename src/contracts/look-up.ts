import type { ExtractColumn, ExtractContract } from '../config/extract-contract.js'
import type { Check } from './check.js'
import { cleanSql, nullValuesOf } from './value-sql.js'

/** A look-up of a contract in the set engine: a row a key (k0, k1 ...), what became of it (found), and the texts wanted of it (v0, v1 ...). */
export interface StagedLookUp {
  readonly name: string
  readonly table: string
}

type Naming = Pick<ExtractContract, 'look-ups'>
type LookUp = ExtractContract['look-ups'][string]
/** SQL of the cleaned text of a column. */
type TextOf = (column: string) => string

/** The column of another file that a column of the contract is: `header/VENDOR_ID` is VENDOR_ID of the look-up header. */
export function lookedUp(
  { 'look-ups': lookUps }: Naming,
  column: string,
): { readonly name: string; readonly lookUp: LookUp; readonly there: string } | undefined {
  const end = column.indexOf('/')
  const name = column.slice(0, Math.max(end, 0))
  const lookUp = Object.hasOwn(lookUps, name) ? lookUps[name] : undefined
  return lookUp && { name, lookUp, there: column.slice(end + 1) }
}

/** The contract of the file alone, and its columns that come from others. */
export function apart<T extends ExtractContract>(
  contract: T,
): { readonly own: T; readonly others: readonly ExtractColumn[] } {
  const isOther = ({ name }: ExtractColumn): boolean => lookedUp(contract, name) !== undefined
  return {
    own: { ...contract, columns: contract.columns.filter((column) => !isOther(column)) },
    others: contract.columns.filter(isOther),
  }
}

/** What is wanted of the records of another file, each column once. */
export const wantedOf = (contract: ExtractContract, name: string): readonly string[] => [
  ...new Set(
    contract.columns.flatMap((column) => {
      const found = lookedUp(contract, column.name)
      return found?.name === name ? [found.there] : []
    }),
  ),
]

/** Name in queries of what became of a look-up: 'one', 'several' that differ, or NULL where the key is not there. */
const foundIn = ({ 'look-ups': lookUps }: Naming, name: string): string => `found${Object.keys(lookUps).indexOf(name)}`

/** The columns by which anything is looked up. */
export const lookUpKeys = ({ 'look-ups': lookUps }: Naming): readonly string[] =>
  Object.values(lookUps).flatMap(({ by }) => Object.keys(by))

/** Records whose key another file does not have, or has several times with other values. */
export const lookUpChecks = (contract: ExtractContract, textOf: TextOf): Check[] =>
  Object.entries(contract['look-ups']).flatMap(([name, { contract: other, by, required }]) => {
    const { columns } = contract
    const own = Object.keys(by)
    const found = foundIn(contract, name)
    const keyed = own.map((key) => `${textOf(key)} IS NOT NULL`).join(' AND ')
    const isPersonal = columns.some(({ name, sensitivity }) => own.includes(name) && sensitivity === 'personal')
    const shown = isPersonal ? 'NULL' : own.map(textOf).join(" || '/' || ")
    const check = (reason: string, bad: string): Check => ({
      column: own.join(' + '),
      shown,
      code: 'DATA-REFERENCE',
      reason,
      bad,
    })
    return [
      ...(required ? [check(`leads to no record of ${other}`, `${found} IS NULL AND ${keyed}`)] : []),
      check(`leads to several records of ${other} that differ`, `coalesce(${found} = 'several', false)`),
    ]
  })

/** Records with, beside their own texts, those that are looked up, and what became of each look-up: one after the other, so that one may lead to the next. */
export const withLookedUp = (
  contract: ExtractContract,
  lookUps: readonly StagedLookUp[],
  records: string,
  columns: readonly string[],
  textOf: TextOf,
): string =>
  lookUps.reduce((sql, { name, table }) => {
    const wanted = wantedOf(contract, name)
    const on = Object.keys(contract['look-ups'][name]?.by ?? {}).map((key, n) => `own.${textOf(key)} = other.k${n}`)
    const texts = columns.flatMap((column) => {
      const found = lookedUp(contract, column)
      if (found?.name !== name) return []
      return [
        `${cleanSql(`other.v${wanted.indexOf(found.there)}`, nullValuesOf(contract, column))} AS ${textOf(column)}`,
      ]
    })
    return `SELECT ${['own.*', `other.found AS ${foundIn(contract, name)}`, ...texts].join(', ')}
      FROM (${sql}) AS own LEFT JOIN ${table} AS other ON ${on.join(' AND ')}`
  }, records)
