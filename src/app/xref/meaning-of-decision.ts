import type { Invoice, ProductIds, ReferenceMeaning } from '../../canonical/index.js'
import type { Workspace } from '../../config/index.js'
import { documentsOfIds, findFiles, type StateDatabase, type StoredException } from '../../state/index.js'
import { partnerOfVendor } from '../suppliers/partner-of-vendor.js'
import { lineIn, orderIn, packIn, targetIn } from './mapped-target.js'

/** What is known when `map` is decided. */
export interface Mapping {
  readonly exception: StoredException
  readonly note: string | null
  /** First day, yyyy-MM-dd. */
  readonly today: string
  readonly settings: Workspace['settings']
}

/**
 * What the decision says of an identifier, or why nothing can be made of it. Undefined: it is about no identifier, but a PO line, or what the
 * data will say.
 */
export type MappedMeaning = { readonly meaning: ReferenceMeaning } | { readonly refused: string } | undefined

/** The cross-reference that a decision `map` makes: the identifier of the exception, of its partner, is what the note begins with. */
export async function meaningOfDecision(database: StateDatabase, mapping: Mapping): Promise<MappedMeaning> {
  const { exception, note, today } = mapping
  const isAboutLine = exception.code === 'INV-NOT-ON-PO' || exception.code === 'INV-AMBIGUOUS'
  if (isAboutLine && lineIn(note) !== undefined) return undefined
  if (exception.code === 'INV-AMBIGUOUS' && exception.keys.invoiceLine !== undefined)
    return { refused: 'the note has to begin with the PO line that it is, as in "line 3: asked the buyer"' }
  if (exception.code === 'INV-UNKNOWN-PO')
    return refusedUnless(
      orderIn(note) !== undefined,
      'the PO that it belongs to',
      '"4500012345: asked the buyer" or "4500012345 release 2"',
    )
  if (exception.code === 'INV-CREDIT')
    return refusedUnless(
      creditIsFor(note),
      'the PO line or the PO (without a release) of what it credits',
      '"line 3: returned" or "4500012345: returned"',
    )
  if (exception.code === 'GL-ACCOUNT') {
    if (exception.values['what is wrong'] === 'period')
      return {
        refused:
          'not the account is wrong, but the period: open it in the ledger, or have the source send the journal for an open one',
      }
    return refusedUnless(targetIn(note) !== undefined, 'the account that it is posted to', '"6110: 6100 was closed"')
  }
  if (exception.code === 'ITEM-INACTIVE') return successorOf(database, mapping)
  const asked = await identifierOf(database, mapping)
  if (asked === undefined || 'refused' in asked) return asked
  const same = {
    type: '',
    item: '',
    company: '',
    factor: null,
    effectiveFrom: today,
    effectiveTo: null,
    ...asked,
  } as const
  if (asked.kind === 'unit') {
    const pack = packIn(note)
    const target = pack?.unit ?? asked.unit
    if (pack === undefined || target === undefined)
      return {
        refused: `the note has to begin with how many are in one, as in "12 ${asked.unit ?? 'EA'}: on the label"`,
      }
    const { unit: _, ...rest } = same
    return { meaning: { ...rest, target, factor: pack.factor } }
  }
  const target = targetIn(note) ?? (exception.code === 'ACK-PART' && note === null ? exception.keys.item : undefined)
  if (target === undefined)
    return {
      refused: `the note has to begin with the ${asked.kind} that it is in the ERP, as in "1001: asked the buyer"${isAboutLine ? ', or with the PO line, as in "line 3"' : ''}`,
    }
  const { unit: _, ...rest } = same
  return { meaning: { ...rest, target } }
}

/** Our own number of an inactive item stands for its successor: to the supplier that offers it; of an order, to everybody. */
async function successorOf(
  database: StateDatabase,
  { exception, note, today, settings }: Mapping,
): Promise<MappedMeaning> {
  const { item, po } = exception.keys
  const target = targetIn(note)
  if (item === undefined || target === undefined || target === item)
    return { refused: 'the note has to begin with the item that takes its place, as in "1002: successor"' }
  const meaning = {
    kind: 'item',
    partner: po === undefined ? await whose(database, exception, settings) : '',
    type: 'buyer-item',
    identifier: item,
    item: '',
    company: '',
    target,
    factor: null,
    effectiveFrom: today,
    effectiveTo: null,
  } as const
  return { meaning }
}

const refusedUnless = (isSaid: boolean, what: string, example: string): MappedMeaning =>
  isSaid ? undefined : { refused: `the note has to begin with ${what}, as in ${example}` }

/** A line of a credit has no release of its own. */
const creditIsFor = (note: string | null): boolean => {
  if (lineIn(note) !== undefined) return true
  const order = orderIn(note)
  return order !== undefined && order.release === undefined
}

export type Asked = Pick<ReferenceMeaning, 'kind' | 'partner' | 'identifier'> &
  Partial<Pick<ReferenceMeaning, 'type' | 'item' | 'company'>> & {
    /** Unit that a pack is counted in, where only one can be meant. */
    readonly unit?: string | undefined
  }

/** The identifier an exception is about, as a cross-reference would name it; undefined: it is about none. */
export async function identifierOf(
  database: StateDatabase,
  { exception, settings }: Pick<Mapping, 'exception' | 'settings'>,
): Promise<Asked | { readonly refused: string } | undefined> {
  const { code, keys, values } = exception
  const lacks = (what: string) => ({ refused: `the exception does not say ${what}` })
  switch (code) {
    case 'XREF-ITEM':
    case 'XREF-AMBIGUOUS':
    case 'XREF-SUPPLIER': {
      if (keys.identifier === undefined) return lacks('which identifier it is about')
      const kind = code === 'XREF-SUPPLIER' || 'vendors' in values ? 'supplier' : 'item'
      const type = keys.other === 'supplier' ? 'vendor-item' : ''
      return { kind, type, identifier: keys.identifier, partner: await whose(database, exception, settings) }
    }
    case 'XREF-LOCATION':
    case 'XREF-COSTCENTER': {
      if (keys.location === undefined) return lacks('which location it is about')
      const kind = code === 'XREF-LOCATION' ? 'location' : 'cost-center'
      const partner = await whose(database, exception, settings)
      return { kind, identifier: keys.location, company: keys.company ?? '', partner }
    }
    case 'XREF-UOM': {
      if (values['ways that disagree']) return disagree
      if (keys.item === undefined || keys.uom === undefined) return lacks('which unit of which item it is about')
      const unit = values['base unit'] ?? values['base unit of the item'] ?? undefined
      return { kind: 'unit', identifier: keys.uom, item: keys.item, partner: '', unit }
    }
    case 'INV-UOM': {
      if (values['ways that disagree']) return disagree
      const identifier = values['received unit'] ?? values['vouchered unit'] ?? values['billed unit'] ?? undefined
      const unit = values['PO unit'] ?? undefined
      // A price basis that nobody knows is no unit.
      if (keys.item === undefined || identifier === undefined || identifier === unit) return undefined
      return { kind: 'unit', identifier, item: keys.item, partner: '', unit }
    }
    case 'ACK-PART':
      return keys.other === undefined
        ? lacks('which part was acknowledged')
        : { kind: 'item', identifier: keys.other, partner: await whose(database, exception, settings) }
    case 'ACK-NOT-ON-PO':
      // Nobody maps it by decision: what is suggested about its part may make it heal.
      return keys.item === undefined
        ? undefined
        : { kind: 'item', identifier: keys.item, partner: await whose(database, exception, settings) }
    case 'INV-NOT-ON-PO':
      return billedIdentifier(database, exception)
    default:
      return undefined
  }
}

const disagree = {
  refused:
    'what is known of the unit does not agree, and one more conversion would not mend it: withdraw the wrong cross-reference (xref withdraw), or correct the item master',
}

/** The first of these that an invoice line names stands for it. */
const names: readonly (readonly [keyof ProductIds & string, ReferenceMeaning['type']])[] = [
  ['vendorItem', 'vendor-item'],
  ['manufacturerPart', 'manufacturer-part'],
  ['gtin', 'gtin'],
  ['ndc', 'ndc'],
  ['hibc', 'hibc'],
  ['buyerItem', 'buyer-item'],
]

async function billedIdentifier(
  database: StateDatabase,
  { document, keys }: StoredException,
): Promise<Asked | { readonly refused: string }> {
  const [row] = document ? await documentsOfIds(database, [document]) : []
  const invoice: Partial<Invoice> = row === undefined ? {} : JSON.parse(row.body)
  const line = invoice.lines?.find(({ sequence }) => String(sequence) === keys.invoiceLine)
  for (const [place, type] of names) {
    const identifier = line?.ids[place]
    if (typeof identifier === 'string' && identifier !== '')
      return { kind: 'item', type, identifier, partner: row?.partner ?? keys.partner ?? '' }
  }
  return {
    refused:
      'the invoice line names no number that could be a cross-reference; reject it, or ask the supplier to name one',
  }
}

/** The partner or system whose identifier it is: as the exception says, by its vendor number, or by where its file came from. */
async function whose(
  database: StateDatabase,
  { keys, evidence }: StoredException,
  settings: Workspace['settings'],
): Promise<string> {
  if (keys.partner !== undefined) return keys.partner
  if (keys.other !== undefined && !['supplier', 'erp', 'cross-reference'].includes(keys.other) && keys.po === undefined)
    return keys.other
  if (keys.supplier !== undefined) {
    return partnerOfVendor(settings.partners)(keys) ?? keys.supplier
  }
  const [place] = evidence
  const [file] = place === undefined ? [] : await findFiles(database, place.sha256 ?? place.file)
  return file?.partner ?? file?.endpoint ?? ''
}
