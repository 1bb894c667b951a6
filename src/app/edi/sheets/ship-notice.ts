import type { ShipNotice, ShipNoticeLevel } from '../../../canonical/documents/ship-notice.js'
import { counted } from '../../../canonical/index.js'
import type { Branch, Fact, Sheet } from '../sheet.js'
import type { Words } from '../words.js'
import { dateFact, ITEM_DETAILS, itemFacts } from './details.js'
import { figure } from './figures.js'
import { leftover } from './leftover.js'
import { partyName, partySheets, SELLER } from './parties.js'
import { idsText, lowered } from './product.js'
import { BASE, sourceFacts, testMark, unmappedSegments } from './source.js'

/** A shipment as it stands on the dock: what belongs to what, down to the item in its carton. */
export function shipNoticeSheet(notice: ShipNotice, words: Words): Sheet {
  const { shipmentNumber, purpose, shipments, orders, packs, items, others } = notice
  const parties = shipments.flatMap((shipment) => shipment.parties ?? [])
  const named = { envelope: notice.envelope, parties }
  return {
    title: `Ship notice ${shipmentNumber}`,
    summary: [
      ...(purpose === '00' ? [] : [lowered(words.say('353', purpose))]),
      ...(orders.length === 0 ? [] : [`for ${orderNames(orders)}`]),
      ...(packs.length === 0 ? [] : [counted(packs.length, 'package')]),
      counted(items.length, 'item'),
      `from ${partyName(named, words, 'sender', ['SF', ...SELLER])} to ${partyName(named, words, 'receiver', ['ST', 'BY'])}`,
    ].join(', '),
    marks: [
      ...testMark(notice.envelope),
      ...(purpose === '01' ? [{ text: 'CANCELLATION', tone: 'bad' as const }] : []),
    ],
    parties: partySheets(parties, words),
    facts: facts(notice, words),
    blocks: [{ kind: 'tree', branches: treeOf([...shipments, ...orders, ...packs, ...items, ...others], words) }],
    totals: [],
    problems: [],
    unmapped: unmappedSegments(notice, words),
    source: sourceFacts(notice, '856', words),
  }
}

function orderNames(orders: readonly ShipNoticeLevel[]): string {
  const numbers = [...new Set(orders.flatMap(({ order }) => (order === undefined ? [] : [order.poNumber])))]
  if (numbers.length === 0) return counted(orders.length, 'order')
  return numbers.length > 3 ? `${numbers.length} purchase orders` : `purchase order ${numbers.join(', ')}`
}

const SHOWN = [
  ...BASE,
  ...['shipmentNumber', 'purpose', 'noticeDate', 'noticeTime', 'structure', 'dates'],
  ...['shipments', 'orders', 'packs', 'items', 'others'],
]

function facts(notice: ShipNotice, words: Words): Fact[] {
  const { noticeDate, noticeTime, structure, dates = [] } = notice
  const clock = noticeTime === undefined ? '' : ` ${noticeTime.slice(0, 2)}:${noticeTime.slice(2, 4)}`
  return [
    { label: 'Written', value: `${noticeDate}${clock}` },
    ...dates.map((date) => dateFact(date, words)),
    { label: 'Structure', value: lowered(words.say('1005', structure)) },
    ...leftover(notice, SHOWN, words),
  ].filter(({ value }) => value !== '')
}

/** The levels under their parents, in the order of the file. */
function treeOf(levels: readonly ShipNoticeLevel[], words: Words): Branch[] {
  const ordered = [...levels].sort((a, b) => a.hl - b.hl)
  const known = new Set(ordered.map(({ hl }) => hl))
  const children = new Map<number, ShipNoticeLevel[]>()
  for (const level of ordered) {
    const { hl, parent } = level
    const above = parent !== undefined && parent < hl && known.has(parent) ? parent : 0
    children.set(above, [...(children.get(above) ?? []), level])
  }
  const under = (parent: number): Branch[] =>
    (children.get(parent) ?? []).map((level) => ({
      text: levelText(level, words),
      facts: levelFacts(level, words),
      branches: under(level.hl),
    }))
  return under(0)
}

function levelText(level: ShipNoticeLevel, words: Words): string {
  const { shipped, ids, description, order, assignedId, marks = [] } = level
  const quantity = shipped === undefined ? '' : `${figure(shipped.quantity)} ${words.say('355', shipped.uom)}`
  const what = [
    order === undefined ? '' : `${order.poNumber}${order.release === undefined ? '' : `, release ${order.release}`}`,
    assignedId === undefined ? '' : `line ${assignedId}:`,
    marks.map(({ value, to }) => (to === undefined ? value : `${value} to ${to}`)).join(', '),
    quantity,
    description ?? '',
    ids === undefined ? '' : idsText(ids, words),
  ].filter((text) => text !== '')
  return [words.say('735', level.level), ...what].join(' ')
}

const LEVEL = [
  ...ITEM_DETAILS,
  ...[
    'hl',
    'parent',
    'level',
    'order',
    'assignedId',
    'ids',
    'shipped',
    'marks',
    'inOrder',
    'inPacks',
    'inPack',
    'lading',
    'equipment',
    'lots',
    'serials',
  ],
]

function levelFacts(level: ShipNoticeLevel, words: Words): Fact[] {
  const { order, shipped, marks = [], lading = [], equipment = [], lots = [], serials = [] } = level
  const damaged = marks.filter(({ ssccValid }) => ssccValid === false)
  const { parties, ...rest } = level
  return [
    { label: 'Order date', value: order?.poDate ?? '' },
    ...leftover(order ?? {}, ['poNumber', 'release', 'poDate'], words),
    { label: 'Status', value: shipped?.status === undefined ? '' : words.sayWithCode('668', shipped.status) },
    {
      label: 'Ordered',
      value:
        shipped?.ordered === undefined
          ? ''
          : `${figure(shipped.ordered)} ${words.say('355', shipped.orderedUom)}`.trim(),
    },
    ...leftover(shipped ?? {}, ['assignedId', 'quantity', 'uom', 'ordered', 'orderedUom', 'status'], words),
    { label: lots.length > 1 ? 'Lots' : 'Lot', value: lots.join(', ') },
    { label: serials.length > 1 ? 'Serial numbers' : 'Serial number', value: serials.join(', ') },
    ...damaged.map(({ value }) => ({ label: 'SSCC with a wrong check digit', value })),
    ...lading.map(({ count, packaging, weight, weightUom, ...further }) => ({
      label: 'Packages',
      value: [
        [count, words.say('103', packaging)].filter(Boolean).join(' '),
        weight === undefined ? '' : `${figure(weight)} ${words.say('355', weightUom)}`,
        ...leftover(further, ['weightQualifier'], words).map(({ label, value }) => `${label.toLowerCase()} ${value}`),
      ]
        .filter(Boolean)
        .join(', '),
    })),
    ...equipment.map(({ initial, number, seal, ...further }) => ({
      label: 'Equipment',
      value: [
        [initial, number].filter(Boolean).join(' '),
        seal === undefined ? '' : `seal ${seal}`,
        ...leftover(further, ['weightQualifier'], words).map(({ label, value }) => `${label.toLowerCase()} ${value}`),
      ]
        .filter(Boolean)
        .join(', '),
    })),
    ...itemFacts(level.level === 'S' ? rest : { ...rest, parties: parties ?? [] }, words, undefined),
    ...leftover(level, LEVEL, words),
  ].filter(({ value }) => value !== '')
}
