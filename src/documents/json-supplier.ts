import { z } from 'zod'
import { BIG, CAD, FA1, FA2, ISS, IT1, IT3, PAM, TDS } from './invoice-layouts.js'
import { parts } from './json-parts.js'
import { json } from './json-values.js'
import { CTP, CUR, DTM, PO4 } from './layouts.js'
import { BCT, LIN as CATALOG_LIN } from './price-catalog-832.js'
import { BSN, LIN, PRF, SN1, TD1, TD3 } from './ship-notice-layouts.js'

const { date, fieldsOf, integer, list, object, part, text } = json
const { header, itemDetails, orderDetails, orEmptyList } = parts

/** Some of the fields that any order may have. */
const pick = <Shape extends object, Key extends keyof Shape & string>(
  shape: Shape,
  keys: readonly Key[],
): Pick<Shape, Key> => Object.fromEntries(keys.map((key) => [key, shape[key]])) as Pick<Shape, Key>

const charges = orEmptyList(parts.invoiceCharge)
const accounting = list(part(FA1, { codes: orEmptyList(part(FA2)) }))
const billed = part(IT1, {
  ...pick(itemDetails, ['description', 'descriptions', 'packs', 'prices', 'quantities', 'destinations', 'components']),
  ...pick(itemDetails, ['terms', 'furtherTerms', 'references', 'furtherReferences', 'contacts', 'dates', 'parties']),
  ...pick(itemDetails, ['packaging', 'measurements', 'industryCodes']),
  ...pick(itemDetails, ['ids', 'sequence', 'span']),
  ...fieldsOf(CUR),
  poNumber: text.optional(),
  shipments: list(part(IT3)),
  statedAmounts: list(part(PAM)),
  carriers: list(part(CAD)),
  accounting,
  charges,
})
const invoice = {
  ...fieldsOf(BIG),
  ...fieldsOf(TDS),
  ...fieldsOf(CUR),
  ...pick(header, ['parties', 'references', 'furtherReferences', 'contacts', 'dates', 'terms', 'furtherTerms']),
  ...pick(header, ['fob', 'notes', 'amounts', 'packaging', 'measurements', 'industryCodes']),
  invoiceDate: date,
  total: json.cents,
  credit: z.boolean({ error: 'true or false: does it reduce what is owed?' }),
  chargesRepeated: json.yes,
  carrier: part(CAD).optional(),
  accounting,
  shipments: list(part(ISS)),
  charges,
  lines: parts.numbered(billed),
}

const level = {
  ...fieldsOf(LIN),
  ...pick(itemDetails, ['description', 'descriptions', 'packs', 'components', 'routing', 'references', 'span']),
  ...pick(itemDetails, ['furtherReferences', 'contacts', 'dates', 'fob', 'parties', 'destinations', 'charges']),
  ...pick(itemDetails, ['packaging', 'measurements', 'industryCodes']),
  hl: integer,
  parent: integer.optional(),
  level: text,
  order: part(PRF).optional(),
  ids: parts.someIds.optional(),
  shipped: part(SN1).optional(),
  lots: list(text),
  serials: list(text),
  expires: date.optional(),
  marks: list(
    object({
      type: text,
      value: text,
      to: text.optional(),
      ssccValid: z.boolean({ error: 'true or false' }).optional(),
    }),
  ),
  lading: list(part(TD1)),
  equipment: list(part(TD3)),
}
const levels = orEmptyList(object(level).transform(parts.placed))
const shipNotice = {
  ...fieldsOf(BSN),
  noticeDate: date,
  dates: list(part(DTM)),
  shipments: levels,
  orders: levels,
  packs: levels,
  items: orEmptyList(
    object({ ...level, inOrder: integer.optional(), inPack: integer.optional() }).transform(parts.placed),
  ),
  others: levels,
}

const effective = { effectiveFrom: date.optional(), effectiveTo: date.optional(), dates: list(part(DTM)) }
const price = part(CTP, {
  ...effective,
  ...fieldsOf(CUR),
  ...pick(orderDetails, ['references', 'furtherReferences', 'charges', 'terms', 'furtherTerms']),
  ...pick(orderDetails, ['leadTimes', 'restrictions', 'parties', 'industryCodes']),
  packs: list(part(PO4)),
})
const catalogDetails = {
  ...effective,
  ...pick(orderDetails, [
    'furtherReferences',
    'contacts',
    'terms',
    'furtherTerms',
    'charges',
    'routing',
    'fob',
    'notes',
    'leadTimes',
    'restrictions',
    'packaging',
    'industryCodes',
  ]),
}
const priceCatalog = {
  ...fieldsOf(BCT),
  ...fieldsOf(CUR),
  ...catalogDetails,
  ...pick(header, ['parties', 'references']),
  contract: text.optional(),
  prices: list(part(CTP)),
  items: parts.numbered(
    part(CATALOG_LIN, {
      ...catalogDetails,
      ...pick(itemDetails, ['parties', 'references', 'description', 'descriptions', 'packs', 'components', 'ids']),
      ...pick(itemDetails, ['measurements', 'sequence', 'span']),
      maintenance: text.optional(),
      prices: orEmptyList(price),
    }),
  ),
}

/** The fields of what a supplier sends beside the answers to orders, without `kind`. */
export const supplierShapes = { invoice, 'ship-notice': shipNotice, 'price-catalog': priceCatalog }
