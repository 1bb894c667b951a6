import type {
  Note as DocumentNote,
  Fob,
  IndustryCode,
  ItemDetails,
  LeadTime,
  Measurement,
  OrderDetails,
  Pack,
  Packaging,
  PriceBreak,
  Restriction,
  Routing,
  Schedule,
  StatedDate,
  StatedQuantity,
  Terms,
} from '../../../canonical/index.js'
import { counted } from '../../../canonical/index.js'
import type { Fact } from '../sheet.js'
import type { Words } from '../words.js'
import { chargeFacts } from './charges.js'
import { amount, figure } from './figures.js'
import { leftover } from './leftover.js'
import { contactText } from './parties.js'
import { idsText } from './product.js'
import { referenceFacts } from './references.js'

/** What may be said of a document and of its lines alike, as facts. Parties and charges have places of their own on a document. */
export function detailFacts(details: OrderDetails, words: Words): Fact[] {
  const { contacts = [], dates = [], fob = [], packaging = [], routing = [] } = details
  const { salesRequirements = [], notes = [], amounts = [], terms, furtherTerms = [] } = details
  const { leadTimes = [], measurements = [], restrictions = [], industryCodes = [] } = details
  return [
    ...dates.map((date) => dateFact(date, words)),
    ...[...(terms === undefined ? [] : [terms]), ...furtherTerms].map((one) => ({
      label: 'Terms',
      value: termsText(one, words),
    })),
    ...referenceFacts(details, words),
    ...contacts.map((contact) => ({ label: 'Contact', value: contactText(contact, words) })),
    ...fob.map((one) => ({ label: 'Freight', value: fobText(one, words) })),
    ...packaging.map((one) => ({ label: 'Packaging', value: packagingText(one, words) })),
    ...leadTimes.map((one) => ({ label: 'Lead time', value: leadTimeText(one, words) })),
    ...measurements.map((one) => measurementFact(one, words)),
    ...routing.map((one) => ({ label: 'Carrier', value: routingText(one, words) })),
    ...restrictions.map((one) => ({ label: 'Restriction', value: restrictionText(one, words) })),
    ...salesRequirements.map((one) => ({
      label: 'Requirement',
      value: [words.say('563', one.requirement), ...leftover(one, ['requirement'], words).map(joined)]
        .filter(Boolean)
        .join(', '),
    })),
    ...amounts.map(({ qualifier, amount: value, direction }) => ({
      label: words.meaningOf('522', qualifier) ?? `Amount ${qualifier}`,
      value: [amount(value), words.say('478', direction).toLowerCase()].filter(Boolean).join(', '),
    })),
    ...notes.map((note) => ({ label: 'Note', value: noteText(note, words) })),
    ...industryCodes.map((one) => ({ label: 'Code', value: industryCodeText(one, words) })),
  ].filter(({ value }) => value !== '')
}

/** What may be said of an item, one fact each; parties and charges of the line too. */
export function itemFacts(item: ItemDetails, words: Words, currency: string | undefined): Fact[] {
  const { descriptions = [], packs = [], prices = [], schedules = [], quantities = [] } = item
  const { destinations = [], components = [], charges = [], parties = [] } = item
  return [
    ...descriptions.map(({ text, code, agency }) => ({
      label: 'Description',
      value: text ?? [agency, code].filter(Boolean).join(' '),
    })),
    ...chargeFacts(charges, words, currency),
    ...packs.map((pack) => ({ label: 'Pack', value: packText(pack, words) })),
    ...prices.map((price) => ({ label: 'Price', value: priceText(price, words) })),
    ...quantities.map((one) => quantityFact(one, words)),
    ...schedules.map((one) => ({ label: 'Schedule', value: scheduleText(one, words) })),
    ...destinations.map(({ id, quantity, uom }) => ({
      label: 'For',
      value: `${id}: ${figure(quantity)} ${words.say('355', uom)}`,
    })),
    ...parties.map(({ role, name, id }) => ({
      label: words.say('98', role),
      value: [name, id].filter(Boolean).join(', '),
    })),
    ...components.map((part) => ({
      label: part.relationship === 'I' ? 'Contains' : 'Part',
      value: [
        part.quantity === undefined ? '' : `${figure(part.quantity)} ${words.say('355', part.uom)}`,
        part.description,
        idsText(part.ids, words),
        ...(part.statuses ?? []).map(({ status }) => words.sayWithCode('668', status)),
      ]
        .filter(Boolean)
        .join(', '),
    })),
    ...detailFacts(item, words),
  ].filter(({ value }) => value !== '')
}

/** The fields of OrderDetails and ItemDetails that the functions above speak of. */
export const DETAILS = [
  ...['parties', 'references', 'furtherReferences', 'contacts', 'dates', 'terms', 'furtherTerms', 'charges', 'fob'],
  ...['salesRequirements', 'packaging', 'leadTimes', 'measurements', 'routing', 'restrictions', 'notes', 'amounts'],
  ...['industryCodes', 'currency'],
] as const
export const ITEM_DETAILS = [
  ...DETAILS,
  ...['description', 'descriptions', 'packs', 'prices', 'schedules', 'quantities', 'destinations', 'components'],
] as const

const joined = ({ label, value }: Fact): string => `${label.toLowerCase()} ${value}`

export function dateFact({ qualifier, date, time, zone, period = '' }: StatedDate, words: Words): Fact {
  const clock = time === undefined ? '' : ` ${time.slice(0, 2)}:${time.slice(2, 4)}`
  return {
    label: words.say('374', qualifier),
    value: `${date ?? periodText(period)}${clock}${zone === undefined ? '' : ` ${zone}`}`,
  }
}

/** Days are written as everywhere else: 20261120-20261121 as 2026-11-20 to 2026-11-21. */
const periodText = (period: string): string =>
  /^\d{8}(-\d{8})?$/.test(period)
    ? period
        .split('-')
        .map((day) => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`)
        .join(' to ')
    : period

/** As people write them: 2% within 10 days, net 30 days. */
export function termsText(terms: Terms, words: Words): string {
  const { type, basis, discountPercent, discountDays, discountDue, netDays, netDue, text } = terms
  const until = discountDays === undefined ? discountDue && ` until ${discountDue}` : ` within ${discountDays} days`
  const said = [
    discountPercent === undefined ? '' : `${figure(discountPercent)}%${until ?? ''}`,
    netDays === undefined ? '' : `net ${netDays} days`,
    netDue === undefined ? '' : `due ${netDue}`,
    basis === undefined || basis === '3' ? '' : `counted from ${words.say('333', basis).toLowerCase()}`,
    text,
    ...leftover(terms, TERMS, words).map(joined),
  ].filter(Boolean)
  return said.length === 0 ? words.say('336', type) : said.join(', ')
}
const TERMS = ['type', 'basis', 'discountPercent', 'discountDays', 'discountDue', 'netDays', 'netDue', 'text']

const fobText = (fob: Fob, words: Words): string =>
  [words.say('146', fob.payment), fob.location, fob.terms, fob.title, fob.risk].filter(Boolean).join(', ')

const routingText = (routing: Routing, words: Words): string =>
  [
    routing.routing,
    routing.carrier,
    words.say('91', routing.method),
    words.say('368', routing.status),
    words.say('284', routing.service).toLowerCase(),
    routing.transitTime === undefined
      ? ''
      : `transit time ${figure(routing.transitTime)} ${words.say('732', routing.transitTimeQualifier)}`.trim(),
    ...leftover(routing, ROUTING, words).map(joined),
  ]
    .filter(Boolean)
    .join(', ')

const ROUTING = [
  ...['sequence', 'routing', 'carrierQualifier', 'carrier', 'method', 'status', 'service'],
  ...['transitTime', 'transitTimeQualifier'],
]

/** "Letters or notes DELIVERY, RECEIVING DOCK: deliver to dock 2; call ahead". */
function noteText({ title, reference, date, text, qualifier, code }: DocumentNote, words: Words): string {
  const about = qualifier === undefined ? reference : [words.say('128', qualifier), reference].filter(Boolean).join(' ')
  const heading = [about, title, words.say('363', code), date].filter(Boolean).join(', ')
  return [heading, text?.replaceAll('\n', '; ')].filter(Boolean).join(': ')
}

const packagingText = (one: Packaging, words: Words): string =>
  [one.text, ...leftover(one, ['type', 'text'], words).map(joined)].filter(Boolean).join(', ')

/** "7 calendar days from receipt of the order to delivery, as of 2026-11-02". */
const leadTimeText = ({ type, quantity, unit, date }: LeadTime, words: Words): string =>
  `${figure(quantity)} ${words.say('344', unit)} ${words.say('345', type)}${date === undefined ? '' : `, as of ${date}`}`

/** Weights and dimensions go by what is measured of them; anything else says first what it is: "Temperature, maximum". */
function measurementFact(one: Measurement, words: Words): Fact {
  const { of, qualifier, value, uom, from, to } = one
  const what = of === 'PD' || of === 'WT' ? '' : words.say('737', of)
  const which = words.say('738', qualifier)
  const range = [from, to].map((end) => (end === undefined ? '' : figure(end))).join(' to ')
  const amount = [value === undefined ? '' : figure(value), from === undefined && to === undefined ? '' : range.trim()]
  return {
    label: [what, what === '' ? which : which.toLowerCase()].filter(Boolean).join(', ') || 'Measured',
    value: [
      [...amount.filter(Boolean), words.say('355', uom)].filter(Boolean).join(' '),
      ...leftover(one, ['of', 'qualifier', 'value', 'uom', 'from', 'to'], words).map(joined),
    ]
      .filter(Boolean)
      .join(', '),
  }
}

function restrictionText(one: Restriction, words: Words): string {
  const { type, text, quantityQualifier, quantity, amountQualifier, amount: limit } = one
  return [
    words.say('688', type),
    text,
    quantity === undefined ? '' : `${words.say('673', quantityQualifier).toLowerCase()} ${figure(quantity)}`.trim(),
    limit === undefined ? '' : `${words.say('522', amountQualifier).toLowerCase()} ${amount(limit)}`.trim(),
  ]
    .filter(Boolean)
    .join(', ')
}

const industryCodeText = ({ agency, agencySubset, list, code }: IndustryCode, words: Words): string =>
  [code, [words.say('559', agency), agencySubset, list].filter(Boolean).join(' ')].filter(Boolean).join(', of ')

export function packText(pack: Pack, words: Words): string {
  const inner = pack.pack === undefined ? '' : counted(pack.pack, 'inner unit')
  const size = pack.size === undefined ? '' : `of ${figure(pack.size)} ${words.say('355', pack.sizeUom)}`
  return [
    `${inner} ${size}`.trim(),
    pack.weight === undefined ? '' : `${figure(pack.weight)} ${words.say('355', pack.weightUom)}`,
    dimensionsText(pack, words),
    ...leftover(pack, PACK, words).map(joined),
  ]
    .filter(Boolean)
    .join(', ')
}

/** "length 10, width 20, height 30 inch": a unit for all of them. */
const dimensionsText = ({ length, width, height, dimensionUom }: Pack, words: Words): string =>
  [
    Object.entries({ length, width, height })
      .flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${figure(value)}`]))
      .join(', '),
    words.say('355', dimensionUom),
  ]
    .filter(Boolean)
    .join(' ')

const PACK = [
  ...['pack', 'size', 'sizeUom', 'weight', 'weightUom', 'weightQualifier'],
  ...['length', 'width', 'height', 'dimensionUom'],
]

export function priceText(price: PriceBreak & { readonly dates?: readonly StatedDate[] }, words: Words): string {
  const { priceId, unitPrice, quantity, uom, basis, multiplierQualifier, multiplier, dates = [] } = price
  const from = quantity === undefined ? '' : `from ${figure(quantity)} ${words.say('355', uom)}`.trim()
  return [
    [words.say('236', priceId), unitPrice === undefined ? '' : figure(unitPrice, 2)].filter(Boolean).join(' '),
    from,
    words.say('639', basis),
    multiplier === undefined ? '' : `${words.say('648', multiplierQualifier)} multiplier ${figure(multiplier)}`.trim(),
    ...dates.map((date) => joined(dateFact(date, words))),
    ...leftover(price, PRICE, words).map(joined),
  ]
    .filter(Boolean)
    .join(', ')
}

const PRICE = [
  ...['priceId', 'unitPrice', 'quantity', 'uom', 'basis', 'dates'],
  ...['multiplier', 'multiplierQualifier'],
]

const quantityFact = ({ qualifier, quantity, uom, text }: StatedQuantity, words: Words): Fact => ({
  label: words.say('673', qualifier),
  value: quantity === undefined ? (text ?? '') : `${figure(quantity)} ${words.say('355', uom)}`.trim(),
})

function scheduleText(schedule: Schedule, words: Words): string {
  const { quantity, uom, dateQualifier, date, name, role } = schedule
  return [
    quantity === undefined ? '' : `${figure(quantity)} ${words.say('355', uom)}`,
    [words.say('374', dateQualifier).toLowerCase(), date].filter(Boolean).join(' '),
    name ?? words.say('98', role),
    ...leftover(schedule, ['quantity', 'uom', 'dateQualifier', 'date', 'name', 'role'], words).map(joined),
  ]
    .filter(Boolean)
    .join(', ')
}
