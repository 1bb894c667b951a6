import type { ReferenceKind, ReferenceMeaning } from '../../canonical/index.js'
import { MatchbookError } from '../../errors/index.js'

export const referenceId = (id: number): string => `XR-${String(id).padStart(6, '0')}`
export const suggestionId = (id: number): string => `XS-${String(id).padStart(6, '0')}`

/** The number in XR-000017, XS-000017 or 17. @throws REFERENCE-UNKNOWN */
export function numberIn(prefix: 'XR' | 'XS', text: string): number {
  const [, digits] = new RegExp(`^(?:${prefix}-)?0*(\\d{1,9})$`, 'i').exec(text.trim()) ?? []
  if (digits === undefined)
    throw new MatchbookError('REFERENCE-UNKNOWN', `"${text}" is not a number as in ${prefix}-000017`)
  return Number(digits)
}

const nouns: Readonly<Record<ReferenceKind, string>> = {
  item: 'item',
  supplier: 'supplier',
  location: 'location',
  unit: 'unit',
  'cost-center': 'location',
}

/** 'vendor-item VP-778 of orthotech is item 1001 from 2026-12-01'. */
export function meaningWords(meaning: ReferenceMeaning): string {
  const { kind, partner, type, identifier, item, company, target, factor, effectiveFrom, effectiveTo } = meaning
  const whose = partner === '' ? '' : ` of ${partner}`
  const where = company === '' ? '' : ` of company ${company}`
  const is =
    kind === 'unit'
      ? `of item ${item} is ${factor} ${target}`
      : kind === 'cost-center'
        ? `posts to cost centre ${target}${where}`
        : `is ${kind} ${target}${where}`
  const days = [
    ...(effectiveFrom === null ? [] : [`from ${effectiveFrom}`]),
    ...(effectiveTo === null ? [] : [`to ${effectiveTo}`]),
  ]
  return [`${type || nouns[kind]} ${identifier}${whose}`, is, ...days].join(' ')
}
