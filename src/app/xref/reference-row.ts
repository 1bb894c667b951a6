import { DateTime } from 'luxon'
import {
  compare,
  decimal,
  gtin14,
  hibcPrimary,
  type IdentifierType,
  identifierTypes,
  ndc11,
  parseDecimal,
  type ReferenceKind,
  type ReferenceMeaning,
  referenceKinds,
  scaleOf,
  ZERO,
} from '../../canonical/index.js'
import { nearMiss } from '../../errors/index.js'

/** Columns of a file of cross-references, in the order in which they are documented. */
export const referenceColumns = [
  'kind',
  'partner',
  'type',
  'identifier',
  'item',
  'company',
  'target',
  'factor',
  'effective_from',
  'effective_to',
  'note',
] as const
export type ReferenceColumn = (typeof referenceColumns)[number]

export type ReferenceRecord = Readonly<Record<ReferenceColumn, string>>

export interface RowProblem {
  readonly column: ReferenceColumn
  /** What is wrong, and what to do. */
  readonly said: string
}

/** What may stand in `partner`: the key of a partner, the name of a system or an endpoint, a vendor number. */
export interface KnownNames {
  readonly partners: readonly string[]
  readonly others: readonly string[]
}

/** A record as a meaning, or all that is wrong with it. Outer blanks do not count. */
export function referenceOfRow(
  record: ReferenceRecord,
  names: KnownNames,
): { readonly meaning: ReferenceMeaning } | { readonly problems: readonly RowProblem[] } {
  const problems: RowProblem[] = []
  const wrong = (column: ReferenceColumn, said: string): void => {
    problems.push({ column, said })
  }
  const kind = oneOf(record.kind, referenceKinds)
  if (kind === undefined) wrong('kind', offList(record.kind, referenceKinds))
  const type = record.type === '' ? '' : oneOf(record.type, identifierTypes)
  if (type === undefined) wrong('type', `${offList(record.type, identifierTypes)}, or leave it empty`)
  else if (type !== '' && kind !== undefined && kind !== 'item')
    wrong('type', `only an item has a type of number; leave it empty for a ${kind}`)
  const wrongPartner = partnerProblem(record.partner, names)
  if (wrongPartner !== undefined) wrong('partner', wrongPartner)
  if (record.identifier === '') wrong('identifier', 'it is empty; write the number as the partner writes it')
  else {
    const wrongCode = codeProblem(type ?? '', record.identifier)
    if (wrongCode !== undefined) wrong('identifier', wrongCode)
  }
  if (record.target === '') wrong('target', 'it is empty; write the number it has in the ERP')
  checkUnit(record, kind, wrong)
  if (record.company !== '' && kind !== undefined && kind !== 'location' && kind !== 'cost-center')
    wrong('company', `a ${kind} is of no one company; leave it empty`)
  for (const column of ['effective_from', 'effective_to'] as const)
    if (record[column] !== '' && !isDay(record[column]))
      wrong(column, `"${record[column]}" is not a day; write it as yyyy-MM-dd, or leave it empty`)
  if (isDay(record.effective_from) && isDay(record.effective_to) && record.effective_to < record.effective_from)
    wrong('effective_to', `it ends on ${record.effective_to}, before it begins on ${record.effective_from}`)
  if (record.note === '') wrong('note', 'nobody says why; write a reason, or give one for all rows with --note')
  if (problems.length > 0 || kind === undefined || type === undefined) return { problems }
  return {
    meaning: {
      kind,
      type,
      partner: record.partner,
      identifier: kind === 'unit' ? record.identifier.toUpperCase() : record.identifier,
      item: record.item,
      company: record.company,
      target: kind === 'unit' ? record.target.toUpperCase() : record.target,
      factor: parseDecimal(record.factor) ?? null,
      effectiveFrom: record.effective_from || null,
      effectiveTo: record.effective_to || null,
    },
  }
}

function checkUnit(
  { item, factor, identifier, target }: ReferenceRecord,
  kind: ReferenceKind | undefined,
  wrong: (column: ReferenceColumn, said: string) => void,
): void {
  if (kind !== 'unit') {
    if (item !== '' && kind !== undefined)
      wrong('item', `only a unit is of an item; the ERP's number of a ${kind} goes into target`)
    if (factor !== '' && kind !== undefined) wrong('factor', 'only a unit has a factor; leave it empty')
    return
  }
  if (item === '')
    wrong('item', 'name the ERP item that it is a unit of; what holds for all items goes under units in matchbook.yaml')
  if (identifier !== '' && identifier === target) wrong('target', `${target} is the unit itself`)
  const said = factorProblem(factor)
  if (said !== undefined) wrong('factor', said)
}

/** Of a DECIMAL(12,4). */
const LARGEST = decimal('99999999.9999')

/** Why it is no factor; undefined: it is one. */
export function factorProblem(text: string): string | undefined {
  const value = parseDecimal(text)
  if (value === undefined) return `"${text}" is not a number; write how many of target are in one, for example 12`
  if (compare(value, ZERO) <= 0) return `${text} is none; a factor is more than zero`
  return scaleOf(value) > 4 || compare(value, LARGEST) > 0
    ? `${text} does not fit: eight digits and four decimals are kept exactly`
    : undefined
}

function partnerProblem(partner: string, { partners, others }: KnownNames): string | undefined {
  // A number is a vendor's, which no setting needs to name.
  if (partner === '' || [...partners, ...others].includes(partner) || /^\d+$/.test(partner)) return undefined
  const near = nearMiss(partner, [...partners, ...others])
  return `there is no partner, system or endpoint "${partner}"${near === undefined ? '' : `; was ${near} meant?`} Partners: ${partners.join(', ') || 'none'}; a vendor number and nothing at all (everybody) are allowed too`
}

function codeProblem(type: IdentifierType, identifier: string): string | undefined {
  if (type === 'gtin' && gtin14(identifier) === undefined)
    return `"${identifier}" is no GTIN: 8, 12, 13 or 14 digits, the last of them the check digit of the others`
  if (type === 'ndc' && ndc11(identifier) === undefined)
    return `"${identifier}" is no NDC: eleven digits, or ten with hyphens (4-4-2, 5-3-2, 5-4-1); ten without hyphens may be any of three`
  if (type === 'hibc' && hibcPrimary(identifier) === undefined)
    return `"${identifier}" is no HIBC primary code, or its check character is wrong`
  return undefined
}

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text).isValid

const oneOf = <Word extends string>(text: string, words: readonly Word[]): Word | undefined =>
  words.find((word) => word === text.toLowerCase())

function offList(text: string, words: readonly string[]): string {
  const near = nearMiss(text, words)
  return `"${text}" is none of ${words.join(', ')}${near === undefined ? '' : `; was ${near} meant?`}`
}
