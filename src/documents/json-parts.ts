import { z } from 'zod'
import {
  type Charge,
  compare,
  type DecimalText,
  type Party,
  type ProductIds,
  type Span,
  ZERO,
} from '../canonical/index.js'
import { kindOnceWritten } from './charge.js'
import { json } from './json-values.js'
import * as layouts from './layouts.js'
import { PARTY_IDENTIFIERS } from './party.js'
import { normal, placeOf } from './product-qualifiers.js'

const { object, list, part, text } = json

/** A document that was made and not read stands nowhere. */
export const NOWHERE: Span = { byteOffset: 0, byteLength: 0, line: 0 }
const placed = <Fields extends object>(fields: Fields): Fields & { span: Span } => ({ ...fields, span: NOWHERE })

const LONGEST_QUALIFIER = 3
const referenced = {
  references: json.byQualifier
    .refine((all) => Object.keys(all).every((qualifier) => qualifier.length <= LONGEST_QUALIFIER), {
      error: 'qualifiers of two or three characters',
    })
    .optional(),
  furtherReferences: list(object({ qualifier: text, value: text, description: text.optional() })),
}

const contact = part(layouts.PER, { numbers: list(object({ qualifier: text, number: text })) })
const identifiers = Object.values(PARTY_IDENTIFIERS)
const qualifierOf = (identifier: string | undefined): string | undefined =>
  Object.keys(PARTY_IDENTIFIERS).find((qualifier) => PARTY_IDENTIFIERS[qualifier] === identifier)

/** `identifier` and `idQualifier` say the same: either is enough. */
const party = part(layouts.N1, {
  identifier: z.enum(identifiers, { error: `one of ${identifiers.join(', ')}` }).optional(),
  names: list(text),
  address: part(layouts.N4, { lines: list(text) }).optional(),
  contacts: list(contact),
  ...referenced,
  dates: list(part(layouts.DTM)),
  routing: list(part(layouts.TD5)),
  quantities: list(part(layouts.QTY)),
  schedules: list(part(layouts.SCH)),
}).transform((fields, context) => {
  const said = fields as unknown as Party
  const idQualifier = said.idQualifier ?? qualifierOf(said.identifier)
  const identifier = said.id === undefined ? undefined : PARTY_IDENTIFIERS[idQualifier ?? '']
  if (said.identifier !== undefined && said.identifier !== identifier) {
    const message = said.id === undefined ? 'an id beside it' : `what idQualifier ${idQualifier} says`
    context.addIssue({ code: 'custom', path: ['identifier'], message })
  }
  return {
    ...said,
    ...(idQualifier === undefined ? {} : { idQualifier }),
    ...(identifier === undefined ? {} : { identifier }),
  }
})

const someIds = object({
  buyerItem: text.optional(),
  vendorItem: text.optional(),
  manufacturerPart: text.optional(),
  gtin: text.transform((id) => normal('gtin', 'UK', id)).optional(),
  ndc: text.optional(),
  hibc: text.optional(),
  lot: text.optional(),
  serial: text.optional(),
  other: json.byQualifier.optional(),
}).superRefine((fields, context) => {
  const said = fields as ProductIds
  for (const qualifier of Object.keys(said.other ?? {})) {
    const place = placeOf(qualifier)
    if (place !== undefined && said[place] === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['other', qualifier],
        message: `that ${qualifier} is given as ${place}`,
      })
    }
  }
})
const ids = someIds.optional().transform((given) => given ?? {})

const KINDS = ['A', 'C', 'T', 'N'] as const
const chargeFields = {
  ...json.fieldsOf(layouts.TXI),
  ...json.fieldsOf(layouts.SAC),
  kind: z.enum(KINDS, { error: 'one of A (allowance), C (charge), T (tax), N (moves no total)' }),
  amount: json.decimalText.optional(),
  indicator: text.optional(),
  stated: json.decimalText.optional(),
  span: json.ignored,
}

/** As reading gives it: with an amount that is positive, and of the kind that it will read as. */
function checkedCharge(fields: object, context: z.RefinementCtx): Charge {
  const said = fields as Omit<Charge, 'amount'> & { readonly amount?: DecimalText; readonly repeated?: true }
  const amount = said.amount ?? ZERO
  const expected = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
  if (said.kind === 'N' && compare(amount, ZERO) !== 0)
    expected('amount', '0 for kind N: what is said stands in "stated"')
  if (said.kind !== 'N' && said.amount === undefined) expected('amount', 'an amount')
  if (compare(amount, ZERO) < 0) expected('amount', 'a positive amount: the kind says which way it goes')
  const reads = said.repeated ? 'N' : kindOnceWritten(said)
  if (reads !== said.kind)
    expected('kind', `${reads}: that is what it is with this code, indicator, method and relationship`)
  return placed({ ...said, amount })
}

const taxes = list(object(chargeFields).transform(checkedCharge))
const charge = object(chargeFields).transform(checkedCharge)
/** `repeated`: said in the header and on the lines, this is the one that does not count. */
const invoiceCharge = object({ ...chargeFields, taxes, repeated: json.yes }).transform(checkedCharge)

const note = part(layouts.N9, { qualifier: text.optional(), code: text.optional(), text: json.lines.optional() })

/** What may be said of a document as a whole and of each of its lines alike. */
const orderDetails = {
  ...referenced,
  parties: list(party),
  contacts: list(contact),
  dates: list(part(layouts.DTM)),
  terms: part(layouts.ITD).optional(),
  furtherTerms: list(part(layouts.ITD)),
  charges: list(charge),
  fob: list(part(layouts.FOB)),
  salesRequirements: list(part(layouts.CSH)),
  packaging: list(part(layouts.PKG)),
  leadTimes: list(part(layouts.LDT)),
  measurements: list(part(layouts.MEA)),
  routing: list(part(layouts.TD5)),
  restrictions: list(part(layouts.CTB)),
  notes: list(note),
  amounts: list(part(layouts.AMT)),
  industryCodes: list(part(layouts.LM, json.fieldsOf(layouts.LQ))),
}

const orEmptyList = <Item extends z.ZodType>(item: Item) => list(item).transform((items) => items ?? [])

const header = {
  ...orderDetails,
  ...json.fieldsOf(layouts.CUR),
  parties: orEmptyList(party),
  references: referenced.references.transform((all) => all ?? {}),
}

const status = part(layouts.ACK, { ids, dates: list(part(layouts.DTM)), span: json.ignored }).transform(placed)
const described = { description: text.optional(), descriptions: list(part(layouts.PID)) }
const packed = { packs: list(part(layouts.PO4)), prices: list(part(layouts.CTP)) }
const destination = object({
  idQualifier: text.optional(),
  id: text,
  quantity: json.decimalText,
  uom: text,
})
const component = part(layouts.SLN, {
  ids,
  ...described,
  ...packed,
  dates: list(part(layouts.DTM)),
  notes: list(note),
  statuses: list(status),
})

/** What may be said of an item, on a line of any order document. */
const itemDetails = {
  ...orderDetails,
  ...described,
  ...packed,
  ids,
  schedules: list(part(layouts.SCH)),
  quantities: list(part(layouts.QTY)),
  destinations: list(destination),
  components: list(component),
  sequence: json.ignored,
  span: json.ignored,
}

/** Lines in their order: the sequence is counted, not read. */
const numbered = (line: z.ZodType) =>
  orEmptyList(line).transform((lines) => lines.map((each, n) => placed({ ...(each as object), sequence: n + 1 })))

export const parts = {
  header,
  orderDetails,
  itemDetails,
  ids,
  someIds,
  charge,
  invoiceCharge,
  status,
  orEmptyList,
  numbered,
  placed,
}
