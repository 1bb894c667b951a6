import type { Contact, Envelope, Party } from '../../../canonical/index.js'
import type { SheetParty } from '../sheet.js'
import type { Words } from '../words.js'
import { leftover } from './leftover.js'
import { referenceFacts } from './references.js'

/** Whom a document is from or to: the partner as the workspace names it, a party of one of the roles, or the ISA id. */
export function partyName(
  document: { readonly envelope: Envelope; readonly parties: readonly Party[] },
  words: Words,
  side: 'sender' | 'receiver',
  roles: readonly string[],
): string {
  const { envelope, parties } = document
  const known = words.partnerName(envelope[`${side}Qualifier`], envelope[side])
  if (known !== undefined) return known
  return roles.map((role) => parties.find((party) => party.role === role)?.name).find(Boolean) ?? envelope[side]
}

/** Buyer's roles, then seller's, as an order, its changes and an invoice name them. */
export const BUYER = ['BY', 'OB', 'BT', 'SO', 'BS', 'ST'] as const
export const SELLER = ['SE', 'VN', 'SU', 'RE', 'RI', 'SF', 'DS'] as const

export const partySheets = (parties: readonly Party[], words: Words): SheetParty[] =>
  parties.map((party) => ({ role: words.say('98', party.role), lines: partyLines(party, words) }))

const SHOWN = [
  'role',
  'name',
  'names',
  'idQualifier',
  'id',
  'identifier',
  'address',
  'contacts',
  'references',
  'furtherReferences',
]

function partyLines(party: Party, words: Words): string[] {
  const { name, names = [], address, contacts = [] } = party
  const place = [address?.city, [address?.state, address?.postalCode].filter(Boolean).join(' '), address?.country]
  const city = place.filter(Boolean).join(', ')
  return [
    ...(name === undefined ? [] : [name]),
    ...names.filter((other) => other !== name),
    ...(address?.lines ?? []),
    ...(city === '' ? [] : [city]),
    ...identity(party, words),
    ...contacts.map((contact) => contactText(contact, words)),
    ...referenceFacts(party, words).map(({ label, value }) => `${label} ${value}`),
    ...leftover(party, SHOWN, words).map(({ label, value }) => `${label}: ${value}`),
  ]
}

function identity({ idQualifier, id }: Party, words: Words): string[] {
  if (id === undefined) return []
  const qualifier = idQualifier === undefined ? '' : words.say('66', idQualifier)
  return [/^(assigned|agreed)/.test(qualifier) ? `${id} (${qualifier})` : `${qualifier} ${id}`.trim()]
}

export function contactText(contact: Contact, words: Words): string {
  const numbers = (contact.numbers ?? []).map(
    ({ qualifier, number }) => `${words.say('365', qualifier).toLowerCase()} ${number}`,
  )
  return [
    `${words.say('366', contact.function)}:`,
    [contact.name, ...numbers, contact.reference].filter(Boolean).join(', '),
  ].join(' ')
}
