import type { Charge, ProductIds, Reference, References } from '../../src/canonical/index.js'
import { inAll } from '../../src/documents/direction.js'
import { BIG, CAD, FA1, FA2, ISS, IT1, IT3, PAM } from '../../src/documents/invoice-layouts.js'
import * as layouts from '../../src/documents/layouts.js'
import { BCT } from '../../src/documents/price-catalog-832.js'
import { BSN, PRF, SN1, TD1, TD3 } from '../../src/documents/ship-notice-layouts.js'
import fc from '../properties.js'
import {
  contact,
  day,
  described,
  destination,
  industryCodes,
  merged,
  money,
  NOWHERE,
  note,
  number,
  ownReferences,
  part,
  partyOfHeader,
  productIds,
  referenced,
  sac,
  some,
  terms,
  txi,
  word,
} from './order-arbitraries.js'

/** A document of a kind that suppliers send, with all that it has a place for. */

const base = { unmapped: fc.constant([]), span: fc.constant(NOWHERE), envelope: fc.constant({}) }
const placed = fc.record({ span: fc.constant(NOWHERE) })

/** No loop of these sets gives a party routing. */
const party = partyOfHeader.map((each) => {
  const { routing: _, ...rest } = each as typeof each & { routing?: unknown }
  return rest
})
const packed = { packs: some(part(layouts.PO4)) }
const anywhere = { contacts: some(contact), dates: some(part(layouts.DTM)), fob: some(part(layouts.FOB)) }

const measured = { packaging: some(part(layouts.PKG)), measurements: some(part(layouts.MEA)), industryCodes }

interface Referenced {
  readonly references?: References
  readonly furtherReferences?: readonly Reference[]
}
/** References that no field of the line takes. */
const without = (...qualifiers: readonly string[]) =>
  ownReferences.map((all: Referenced) =>
    Object.keys(all.references ?? {}).some((qualifier) => qualifiers.includes(qualifier)) ? {} : all,
  )

const asCharges = (charges: readonly object[]) => charges as readonly Charge[]
const taxes = fc.array(txi, { maxLength: 2 })
const sacs = fc.array(sac, { maxLength: 2 })

// 856

const mark = fc.oneof(
  fc.record({ type: fc.constantFrom('CP', 'UC'), value: word, to: word }, { requiredKeys: ['type', 'value'] }),
  fc.constantFrom(
    { type: 'GM', value: '00008123450000004113', ssccValid: true },
    { type: 'AA', value: '008123450000004120', ssccValid: true },
    { type: 'GM', value: '00008123450000004114', ssccValid: false },
  ),
)
const distinct = (...values: readonly (string | undefined)[]) => [
  ...new Set(values.filter((value) => value !== undefined)),
]

/** The lots and serial numbers of an item begin with those of its LIN. */
const traced = fc
  .record(
    { ids: productIds, lots: some(word, 3), serials: some(word, 3), expires: day, assignedId: word },
    { requiredKeys: [] },
  )
  .map(({ ids, lots = [], serials = [], assignedId, ...more }) => {
    const said: ProductIds | undefined = ids ?? (assignedId === undefined ? undefined : {})
    const [allLots, allSerials] = [distinct(said?.lot, ...lots), distinct(said?.serial, ...serials)]
    return {
      ...more,
      ...(assignedId === undefined ? {} : { assignedId }),
      ...(said === undefined ? {} : { ids: said }),
      ...(allLots.length > 0 ? { lots: allLots } : {}),
      ...(allSerials.length > 0 ? { serials: allSerials } : {}),
    }
  })
const anyLevel = merged(
  fc.record(
    {
      ...anywhere,
      ...packed,
      ...measured,
      order: part(PRF),
      shipped: part(SN1),
      marks: some(mark),
      lading: some(part(TD1)),
      equipment: some(part(TD3)),
      routing: some(part(layouts.TD5)),
      parties: some(party),
      destinations: some(destination, 12),
      components: some(merged(part(layouts.SLN), fc.record({ ids: productIds }))),
      charges: some(sac),
    },
    { requiredKeys: [] },
  ),
  described,
  without('LT', 'SE'),
  placed,
)

interface Level {
  readonly hl: number
  readonly parent?: number
  readonly level: string
  readonly order?: unknown
}
const levels = fc
  .array(fc.tuple(fc.constantFrom('S', 'O', 'T', 'P', 'Q', 'I', 'I', 'E'), fc.nat(), anyLevel, traced, fc.boolean()), {
    minLength: 1,
    maxLength: 6,
  })
  .map((all) =>
    all.map(([code, parent, said, trace, alone], index): Level => {
      const level = index === 0 ? 'S' : code
      const hasParent = index > 0 && (level !== 'S' || !alone)
      return {
        ...said,
        ...(level === 'I' ? trace : {}),
        hl: index + 1,
        level,
        ...(hasParent ? { parent: (parent % index) + 1 } : {}),
      }
    }),
  )

const wayUp = (levels: readonly Level[], level: Level): readonly Level[] => {
  const above = level.parent === undefined ? undefined : levels[level.parent - 1]
  return above === undefined ? [level] : [level, ...wayUp(levels, above)]
}
const listed = levels.map((all) => {
  const of = (codes: string) => all.filter(({ level }) => codes.includes(level))
  return {
    shipments: of('S'),
    orders: of('O'),
    packs: of('TPQ'),
    items: of('I').map((item) => {
      const inOrder = wayUp(all, item).find(({ level, order }) => level === 'O' || order !== undefined)?.hl
      const inPack = wayUp(all, item).find(({ level }) => 'TPQ'.includes(level))?.hl
      return { ...item, ...(inOrder === undefined ? {} : { inOrder }), ...(inPack === undefined ? {} : { inPack }) }
    }),
    others: of('E'),
  }
})

const shipNotice = merged(
  part(BSN),
  fc.record({ noticeDate: day, kind: fc.constant('ship-notice'), ...base }),
  fc.record({ dates: some(part(layouts.DTM)) }, { requiredKeys: [] }),
  listed,
)

// 832

const effective = fc.record({ effectiveFrom: day, effectiveTo: day }, { requiredKeys: [] })
const currency = fc.record({ currency: fc.constantFrom('USD', 'EUR'), exchangeRate: number }, { requiredKeys: [] })
/** Without a text, which 004010 has no place for. */
const title = note.map(({ text: _, ...said }) => said)
const ofCatalog = {
  ...anywhere,
  packaging: measured.packaging,
  industryCodes,
  restrictions: some(part(layouts.CTB)),
  leadTimes: some(part(layouts.LDT), 1),
  routing: some(part(layouts.TD5)),
  notes: some(title),
}
const catalogCharges = fc
  .tuple(sacs, taxes)
  .map(([sacs, taxes]) => (sacs.length + taxes.length > 0 ? { charges: asCharges([...sacs, ...taxes]) } : {}))
/** Without TXI and ITD, which 004010 has no place for there. */
const priceCharges = sacs.map((sacs) => (sacs.length > 0 ? { charges: asCharges(sacs) } : {}))

const price = merged(
  part(layouts.CTP),
  effective,
  currency,
  fc.record(
    {
      ...packed,
      dates: some(part(layouts.DTM)),
      leadTimes: ofCatalog.leadTimes,
      restrictions: ofCatalog.restrictions,
    },
    { requiredKeys: [] },
  ),
  ownReferences,
  priceCharges,
)
const part832 = merged(
  part(layouts.SLN),
  described,
  fc.record(
    { ids: productIds, ...packed, dates: some(part(layouts.DTM)), prices: some(part(layouts.CTP)) },
    { requiredKeys: ['ids'] },
  ),
)
const catalogItem = merged(
  fc.record(
    {
      ...ofCatalog,
      ...packed,
      measurements: measured.measurements,
      assignedId: word,
      maintenance: word,
      parties: some(party),
      components: some(part832),
    },
    { requiredKeys: [] },
  ),
  fc.record({ ids: productIds, prices: fc.array(price, { maxLength: 3 }) }),
  effective,
  described,
  ownReferences,
  terms,
  catalogCharges,
  placed,
)

const contractOf = ({ references = {} }: Referenced) => references.CT ?? references.VC ?? references.KL
const underContract = fc.tuple(referenced, fc.option(word, { nil: undefined })).map(([all, contract]) => {
  const { references, ...more }: Referenced = all
  const named = contract === undefined ? all : { references: { VC: contract, ...references }, ...more }
  const said = contractOf(named)
  return { ...named, ...(said === undefined ? {} : { contract: said }) }
})

const priceCatalog = merged(
  part(BCT),
  fc.record({ ...ofCatalog, prices: some(part(layouts.CTP)) }, { requiredKeys: [] }),
  fc.record({ kind: fc.constant('price-catalog'), parties: fc.array(party, { maxLength: 2 }), ...base }),
  effective,
  currency,
  underContract,
  terms,
  catalogCharges,
  fc
    .array(catalogItem, { maxLength: 3 })
    .map((items) => ({ items: items.map((item, index) => ({ ...item, sequence: index + 1 })) })),
)

// 810

const taxed = fc
  .tuple(sac, fc.array(txi, { maxLength: 2 }))
  .map(([charge, taxes]) => ({ ...charge, ...(taxes.length > 0 ? { taxes } : {}) }))
const invoiceCharges = fc
  .tuple(taxes, fc.array(taxed, { maxLength: 2 }))
  .map(([taxes, sacs]) => asCharges([...taxes, ...sacs]))
const accounting = some(
  fc.tuple(part(FA1), fc.array(part(FA2), { maxLength: 2 })).map(([said, codes]) => ({ ...said, codes })),
)
const part810 = merged(
  part(layouts.SLN),
  described,
  fc.record({ ids: productIds, dates: some(part(layouts.DTM)) }, { requiredKeys: ['ids'] }),
)
const invoiceLine = merged(
  part(IT1),
  currency,
  fc.record(
    {
      contacts: some(contact),
      dates: some(part(layouts.DTM)),
      ...packed,
      ...measured,
      prices: some(part(layouts.CTP)),
      quantities: some(part(layouts.QTY)),
      destinations: some(destination, 12),
      parties: some(party),
      components: some(part810),
      shipments: some(part(IT3)),
      statedAmounts: some(part(PAM)),
      carriers: some(part(CAD)),
      accounting,
      poNumber: word,
    },
    { requiredKeys: [] },
  ),
  fc.record({ ids: productIds, charges: invoiceCharges }),
  described,
  without('PO', 'LT', 'SE'),
  terms,
  placed,
)
const nte = fc.record({ code: word, text: word })

/** `credit` by its type, or by its total alone; then the sum of all that is billed says which way its numbers were written. */
const invoice = merged(
  part(BIG),
  fc
    .constantFrom(
      { type: 'DI', credit: false },
      { credit: false },
      { type: 'CR', credit: true },
      { credit: true },
      { type: 'DR', credit: true },
    )
    .map((direction) => ({ type: undefined, ...direction })),
  fc.record(
    {
      ...anywhere,
      ...measured,
      notes: fc.tuple(some(nte), fc.array(note, { maxLength: 2 })).map(([plain, notes]) => [...plain, ...notes]),
      amounts: some(part(layouts.AMT)),
      carrier: part(CAD),
      accounting,
      shipments: some(part(ISS)),
      discountable: money,
      discountedTotal: money,
      discount: money,
    },
    { requiredKeys: [] },
  ),
  currency,
  fc.record({
    kind: fc.constant('invoice'),
    invoiceDate: day,
    parties: fc.array(party, { maxLength: 2 }),
    charges: invoiceCharges,
    total: money.filter((total) => total !== '0'),
    ...base,
  }),
  referenced.map((all: Referenced) => ('PO' in (all.references ?? {}) ? { references: {} } : all)),
  terms,
  fc
    .array(invoiceLine, { maxLength: 3 })
    .map((lines) => ({ lines: lines.map((line, index) => ({ ...line, sequence: index + 1 })) })),
).filter((each) => {
  const { credit, ...amounts } = each as { credit: boolean } & Parameters<typeof inAll>[0]
  return !credit || !inAll(amounts).startsWith('-')
})

export const supplierDocuments = { '810': invoice, '856': shipNotice, '832': priceCatalog }
