import type { DraftField } from './draft-field.js'
import type { NamedColumn } from './guess-relation.js'
import { wordsOf } from './name-words.js'

type Composed = Pick<DraftField, 'source' | 'remarks'>

const signs: Readonly<Record<string, 'plus' | 'minus'>> = {
  D: 'plus',
  DR: 'plus',
  DEBIT: 'plus',
  S: 'plus',
  C: 'minus',
  CR: 'minus',
  CREDIT: 'minus',
  H: 'minus',
}

/** Names of columns that another one is divided by. */
const divisors = { unit_price: ['peinh', 'kpein', 'preiseinheit'], factor: ['umren', 'denominator'] }

/** Whether a column is there to divide another by it, so that it has to be a number. */
export const isDivisor = (name: string): boolean => Object.values(divisors).flat().includes(wordsOf(name).join(' '))

/** A field that two columns make together: ordered less cancelled, an amount with its sign beside it, a year and its month. */
export function composedSource(
  field: string,
  from: NamedColumn,
  columns: readonly NamedColumn[],
): Composed | undefined {
  if (field === 'quantity') return lessCancelled(from, columns)
  if (field === 'amount') return signedBeside(from, columns) ?? debitLessCredit(from, columns)
  if (field === 'period') return yearAndMonth(from, columns)
  if (field === 'hours') return ofMinutes(from)
  if (field === 'unit_price') return divided(from, columns, divisors.unit_price, 'check: for so many units')
  if (field === 'factor') return divided(from, columns, divisors.factor, 'check: a fraction')
  return undefined
}

function lessCancelled({ name }: NamedColumn, columns: readonly NamedColumn[]): Composed | undefined {
  const cancelled = columns.find((column) => {
    const words = wordsOf(column.name)
    const taken = words.includes('cancelled') || words.includes('kill') || words.includes('killed')
    return column.name !== name && taken && words.includes('quantity') && column.number !== undefined
  })
  if (cancelled === undefined) return undefined
  return { source: { column: name, minus: cancelled.name }, remarks: [`check: less ${cancelled.name}`] }
}

function signedBeside({ name }: NamedColumn, columns: readonly NamedColumn[]): Composed | undefined {
  const beside = columns.find((column) => {
    const words = wordsOf(column.name)
    const named = words.includes('shkzg') || (words.includes('debit') && words.includes('credit'))
    return named && column.values.length > 0 && column.values.every((value) => signs[value.toUpperCase()] !== undefined)
  })
  if (beside === undefined) return undefined
  const codes = Object.fromEntries(beside.values.map((value) => [value, signs[value.toUpperCase()]]))
  return {
    source: { column: name, 'sign-from': { column: beside.name, codes } },
    remarks: ['check: debit is plus, credit is minus'],
  }
}

/** Debits and credits in a column each: one of them is empty. */
function debitLessCredit({ name }: NamedColumn, columns: readonly NamedColumn[]): Composed | undefined {
  const words = wordsOf(name)
  if (!words.includes('debit')) return undefined
  const wanted = words.map((word) => (word === 'debit' ? 'credit' : word)).join(' ')
  const credit = columns.find((column) => wordsOf(column.name).join(' ') === wanted)
  if (credit === undefined) return undefined
  return {
    source: { column: name, minus: credit.name, 'empty-as': '0' },
    remarks: [`check: less ${credit.name}, one of the two being empty`],
  }
}

function ofMinutes({ name, number }: NamedColumn): Composed | undefined {
  const words = wordsOf(name)
  if (number?.['hours-and-minutes'] === true || !['minute', 'minutes', 'minuten'].some((word) => words.includes(word)))
    return undefined
  return { source: { column: name, per: { constant: '60' } }, remarks: ['check: minutes'] }
}

/** A price of as many units as another column says, or a fraction of two columns. */
function divided(
  { name }: NamedColumn,
  columns: readonly NamedColumn[],
  called: readonly string[],
  remark: string,
): Composed | undefined {
  const by = columns.find(
    (column) => called.includes(wordsOf(column.name).join(' ')) && column.number !== undefined && !column.decimals,
  )
  return by && { source: { column: name, per: { column: by.name } }, remarks: [remark] }
}

function yearAndMonth({ name, longest }: NamedColumn, columns: readonly NamedColumn[]): Composed | undefined {
  const year = columns.find((column) => {
    const words = wordsOf(column.name)
    return column.longest === 4 && column.number !== undefined && (words.includes('year') || words.includes('gjahr'))
  })
  if (year === undefined || longest > 2) return undefined
  const month = { column: name, between: '-', 'pad-left': { width: 2, with: '0' } }
  return { source: { column: year.name, join: [month] }, remarks: ['check: year and month as yyyy-MM'] }
}
