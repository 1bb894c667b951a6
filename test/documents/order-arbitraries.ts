import { type Charge, decimal, type ProductIds, type Reference } from '../../src/canonical/index.js'
import { BAK } from '../../src/documents/acknowledgment-855.js'
import type { ElementType } from '../../src/documents/element-place.js'
import * as layouts from '../../src/documents/layouts.js'
import { BCH } from '../../src/documents/order-change-860.js'
import { BCA } from '../../src/documents/order-change-acknowledgment-865.js'
import { PARTY_IDENTIFIERS } from '../../src/documents/party.js'
import { BEG } from '../../src/documents/purchase-order-850.js'
import type { SegmentLayout } from '../../src/documents/segment-layout.js'
import fc from '../properties.js'

export const NOWHERE = { byteOffset: 0, byteLength: 0, line: 0 }
const digits = (places: number) => (unscaled: bigint) =>
  decimal(`${unscaled / 10n ** BigInt(places)}.${String(unscaled % 10n ** BigInt(places)).padStart(places, '0')}`)

export const word = fc.stringMatching(/^[A-Z0-9É][A-Z0-9 .,'/é-]{0,14}[A-Z0-9]$/)
export const code = fc.stringMatching(/^[A-Z0-9]{2,3}$/)
export const number = fc.bigInt({ min: 0n, max: 10n ** 12n }).map(digits(6))
export const money = fc.bigInt({ min: 0n, max: 10n ** 11n }).map(digits(2))
export const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

const values: Readonly<Record<ElementType, fc.Arbitrary<unknown>>> = {
  text: word,
  decimal: number,
  cents: money,
  integer: fc.nat(999),
  date: day,
}

/** Anything that a segment of this layout may say. */
export function part<Fields>(layout: SegmentLayout<Fields>): fc.Arbitrary<Fields> {
  const fields = Object.fromEntries(layout.fields.map(({ key, type }) => [key, values[type]]))
  const requiredKeys = layout.fields.filter(({ required }) => required).map(({ key }) => key)
  return fc.record(fields, { requiredKeys }) as fc.Arbitrary<Fields>
}

export const some = <Item>(item: fc.Arbitrary<Item>, maxLength = 2) => fc.array(item, { minLength: 1, maxLength })

/** The first references of their qualifiers, and those there is no room for among them. */
export const referenced = fc
  .uniqueArray(
    fc.record({
      qualifier: code,
      values: some(fc.record({ value: word, description: word }, { requiredKeys: ['value'] }), 3),
    }),
    { selector: ({ qualifier }) => qualifier, maxLength: 3 },
  )
  .map((all) => {
    const further: Reference[] = all.flatMap(({ qualifier, values }) =>
      values
        .filter(({ description }, n) => n > 0 || description !== undefined)
        .map((value) => ({ qualifier, ...value })),
    )
    return {
      references: Object.fromEntries(all.map(({ qualifier, values }) => [qualifier, values[0]?.value ?? ''])),
      ...(further.length > 0 ? { furtherReferences: further } : {}),
    }
  })
export const ownReferences = referenced.map((all) => (Object.keys(all.references).length > 0 ? all : {}))

export const productIds: fc.Arbitrary<ProductIds> = fc.record(
  {
    buyerItem: word,
    vendorItem: word,
    manufacturerPart: word,
    gtin: fc.stringMatching(/^\d{14}$/),
    ndc: fc.stringMatching(/^\d{11}$/),
    hibc: word,
    lot: word,
    serial: word,
    other: fc
      .uniqueArray(fc.tuple(fc.constantFrom('PD', 'ZZ', 'CH'), word), {
        selector: ([qualifier]) => qualifier,
        minLength: 1,
        maxLength: 2,
      })
      .map((pairs) => Object.fromEntries(pairs)),
  },
  { requiredKeys: [] },
)

const numbers = some(fc.record({ qualifier: code, number: word }), 3)
export const contact = fc
  .tuple(part(layouts.PER), fc.option(numbers, { nil: undefined }))
  .map(([said, numbers]) => ({ ...said, ...(numbers === undefined ? {} : { numbers }) }))
const address = fc
  .tuple(part(layouts.N4), fc.array(word, { maxLength: 4 }))
  .filter(([place, lines]) => Object.keys(place).length + lines.length > 0)
  .map(([place, lines]) => ({ ...place, ...(lines.length > 0 ? { lines } : {}) }))

export const partyOfHeader = fc
  .tuple(
    part(layouts.N1),
    fc.constantFrom(undefined, ...Object.keys(PARTY_IDENTIFIERS), 'ZZ'),
    fc.record(
      { names: some(word, 3), address, contacts: some(contact), routing: some(part(layouts.TD5)) },
      { requiredKeys: [] },
    ),
    ownReferences,
  )
  .map(([said, idQualifier, more, references]) => {
    const identifier = said.id === undefined ? undefined : PARTY_IDENTIFIERS[idQualifier ?? '']
    const { idQualifier: _, ...rest } = said
    return {
      ...rest,
      ...(idQualifier === undefined ? {} : { idQualifier }),
      ...(identifier === undefined ? {} : { identifier }),
      ...more,
      ...references,
    }
  })
const meantForParty = fc.record(
  {
    dates: some(part(layouts.DTM)),
    quantities: some(part(layouts.QTY)),
    schedules: some(part(layouts.SCH)),
  },
  { requiredKeys: [] },
)
const partyOfLine = fc.tuple(partyOfHeader, meantForParty).map(([party, more]) => ({ ...party, ...more }))

const SETTLED_HERE = fc.constantFrom(undefined, '02', '06')
export const sac = fc
  .tuple(part(layouts.SAC), fc.constantFrom('A', 'C', 'T', 'N'), SETTLED_HERE, money, fc.boolean())
  .map(([{ method: _, ...said }, kind, method, amount, stated]) => ({
    ...said,
    ...(method === undefined ? {} : { method }),
    kind,
    amount: kind === 'N' ? decimal(0) : amount,
    code: kind === 'T' ? 'H850' : 'D240',
    ...(kind === 'N' ? { indicator: 'S', ...(stated ? { stated: amount } : {}) } : {}),
    span: NOWHERE,
  }))
export const txi = fc.tuple(part(layouts.TXI), fc.boolean(), number).map(([said, included, amount]) => ({
  ...said,
  ...(included ? { kind: 'N', relationship: 'I', stated: amount, amount: decimal(0) } : { kind: 'T', amount }),
  span: NOWHERE,
}))
const charges = fc
  .tuple(fc.array(sac, { maxLength: 2 }), fc.array(txi, { maxLength: 2 }))
  .map(([sacs, taxes]) => [...sacs, ...taxes] as Charge[])
const ownCharges = charges.map((charges) => (charges.length > 0 ? { charges } : {}))

const lines = some(word, 3).map((lines) => lines.join('\n'))
export const note = fc
  .tuple(part(layouts.N9), fc.option(lines, { nil: undefined }))
  .map(([said, text]) => ({ ...said, ...(text === undefined ? {} : { text }) }))
const bareNote = lines.map((text) => ({ text }))

/** Those of one agency in a row have one LM. */
export const industryCodes = some(
  fc.tuple(part(layouts.LM), part(layouts.LQ)).map(([agency, code]) => ({ ...agency, ...code })),
  3,
)

const anywhere = {
  leadTimes: some(part(layouts.LDT)),
  measurements: some(part(layouts.MEA)),
  restrictions: some(part(layouts.CTB)),
  contacts: some(contact),
  dates: some(part(layouts.DTM)),
  fob: some(part(layouts.FOB)),
  salesRequirements: some(part(layouts.CSH)),
  packaging: some(part(layouts.PKG)),
  routing: some(part(layouts.TD5)),
}
export const terms = fc.array(part(layouts.ITD), { maxLength: 3 }).map(([first, ...further]) => ({
  ...(first === undefined ? {} : { terms: first }),
  ...(further.length > 0 ? { furtherTerms: further } : {}),
}))

export const merged = <Parts extends readonly object[]>(...parts: { [At in keyof Parts]: fc.Arbitrary<Parts[At]> }) =>
  fc.tuple(...(parts as unknown as fc.Arbitrary<object>[])).map((all) => Object.assign({}, ...all) as object)

const header = (amounts: number, codes: object) =>
  merged(
    fc.record(
      {
        ...anywhere,
        ...codes,
        currency: fc.constantFrom('USD', 'CAD'),
        notes: some(note),
        amounts: some(part(layouts.AMT), amounts),
      },
      { requiredKeys: [] },
    ),
    referenced,
    fc.record({ parties: fc.array(partyOfHeader, { maxLength: 2 }) }),
    terms,
    fc.record({ unmapped: fc.constant([]), span: fc.constant(NOWHERE), envelope: fc.constant({}) }),
  )

export const described = fc
  .tuple(fc.option(word, { nil: undefined }), fc.array(part(layouts.PID), { maxLength: 2 }))
  .map(([description, descriptions]) => ({
    ...(description === undefined ? {} : { description }),
    ...(descriptions.length > 0 ? { descriptions: descriptions.map((each) => ({ ...each, type: 'S' })) } : {}),
  }))
const status = merged(part(layouts.ACK), fc.record({ ids: productIds, span: fc.constant(NOWHERE) }))
const datedStatus = merged(status, fc.record({ dates: some(part(layouts.DTM)) }, { requiredKeys: [] }))
const component = (answered: boolean) =>
  merged(
    part(layouts.SLN),
    described,
    fc.record(
      {
        ids: productIds,
        dates: some(part(layouts.DTM)),
        prices: some(part(layouts.CTP)),
        packs: some(part(layouts.PO4)),
        notes: bareNote.map((note) => [note]),
        ...(answered ? { statuses: some(status) } : {}),
      },
      { requiredKeys: ['ids'] },
    ),
  )
export const destination = fc.record(
  { idQualifier: fc.constantFrom('92', 'UL'), id: word, quantity: number, uom: fc.constantFrom('EA', 'BX') },
  { requiredKeys: ['id', 'quantity', 'uom'] },
)

/** An answer has room for them in an 865 of 005010 alone. */
const codesOf = (answered: boolean) => (answered ? {} : { industryCodes })

interface LineHabits {
  readonly answered: boolean
  /** MSG may stand by itself. */
  readonly messages: boolean
}
const line = (layout: SegmentLayout<never>, { answered, messages }: LineHabits) =>
  merged(
    part(layout),
    fc.record(
      {
        ...anywhere,
        ...codesOf(answered),
        ids: productIds,
        currency: fc.constantFrom('USD', 'CAD'),
        exchangeRate: number,
        parties: some(partyOfLine),
        notes: messages
          ? fc.tuple(bareNote, fc.array(note, { maxLength: 2 })).map(([bare, notes]) => [bare, ...notes])
          : some(note),
        amounts: some(part(layouts.AMT)),
        packs: some(part(layouts.PO4)),
        prices: some(part(layouts.CTP)),
        schedules: some(part(layouts.SCH)),
        quantities: some(part(layouts.QTY)),
        destinations: some(destination, 12),
        components: some(component(answered)),
      },
      { requiredKeys: ['ids'] },
    ),
    described,
    ownReferences,
    ownCharges,
    terms,
    fc.record({ span: fc.constant(NOWHERE) }),
    answered ? fc.record({ statuses: fc.array(datedStatus, { maxLength: 3 }) }) : fc.constant({}),
  )

const lined = (layout: SegmentLayout<never>, habits: LineHabits) =>
  fc
    .array(line(layout, habits), { maxLength: 3 })
    .map((lines) => ({ lines: lines.map((each, n) => ({ ...each, sequence: n + 1 })) }))

const document = (
  kind: string,
  beginning: SegmentLayout<never>,
  item: SegmentLayout<never>,
  habits: LineHabits,
  buys: boolean,
) =>
  merged(
    part(beginning),
    header(buys || kind === 'order-change-acknowledgment' ? 3 : 1, codesOf(habits.answered)),
    buys ? fc.record({ charges }) : ownCharges,
    lined(item, habits),
    fc.record({ kind: fc.constant(kind) }),
  )

const { PO1, POC } = layouts as unknown as Record<'PO1' | 'POC', SegmentLayout<never>>
const beginnings = { BEG, BAK, BCH, BCA } as unknown as Record<'BEG' | 'BAK' | 'BCH' | 'BCA', SegmentLayout<never>>

/** A document of each kind, with all that it has a place for. */
export const orderDocuments = {
  '850': document('purchase-order', beginnings.BEG, PO1, { answered: false, messages: true }, true),
  '855': document('acknowledgment', beginnings.BAK, PO1, { answered: true, messages: false }, false),
  '860': document('purchase-order-change', beginnings.BCH, POC, { answered: false, messages: true }, true),
  '865': document('order-change-acknowledgment', beginnings.BCA, POC, { answered: true, messages: true }, false),
}
