import { beforeAll, describe, expect, test } from 'vitest'
import { reference } from './cross-reference-row.js'
import { RuleNight, type RuleNightMatched } from './rule-night.js'
import type { Row } from './three-way/night.js'

/**
 * Orders of company 10 to medsupply, each of 10 BX (100 EA) of item 1001 at 12.00, wanted on 2026-03-16, dated 2026-03-09: their time to
 * answer is over. What a case does not say is in order. `order` begins a PO, `answer` an 855 for it, `line` a line of that 855.
 */
class Orders extends RuleNight {
  #po = ''
  #documents = 0

  constructor(settings: Row = {}) {
    super('po-acknowledgment', { 'acknowledgment-hours': 24, 'send-days': 0, 'look-back-days': 90, ...settings })
    this.add('partner_vendor', { partner: 'medsupply', company: '10', supplier: '10432' })
    this.add('vendor', { supplier: '10432', name: 'MedSupply Distribution', status: 'active' })
    this.add('item', { item: '1001', base_uom: 'EA', status: 'active' })
    this.add('item_uom', { item: '1001', uom: 'BX', factor: '10' })
    this.add('item_uom', { item: '1001', uom: 'CS', factor: '100' })
    this.due('2026-03-09', true)
    this.due('2026-03-11', false)
  }

  due(po_date: string, is_over: boolean): this {
    return this.add('acknowledgment_due', { partner: 'medsupply', po_date, due_at: '2026-03-10 17:00', is_over })
  }

  order(po_number: string, row: Row = {}): this {
    return this.begin(po_number).more(row)
  }

  begin(po_number: string): this {
    this.#po = po_number
    return this
  }

  /** Another line of the order. */
  more(row: Row): this {
    return this.add('po_line', {
      company: '10',
      po_number: this.#po,
      line_number: '1',
      supplier: '10432',
      item: '1001',
      vendor_item: 'V-1001',
      quantity: '10',
      uom: 'BX',
      unit_price: '12.00',
      status: 'open',
      matching: 'three-way',
      po_date: '2026-03-09',
      requested_on: '2026-03-16',
      ...row,
    })
  }

  sent(row: Row = {}): this {
    return this.add('sent_order_line', {
      document_id: `850-${this.#po}`,
      partner: 'medsupply',
      company: '10',
      po_number: this.#po,
      turn: '2026-03-09 1',
      sequence: 1,
      assigned_id: '1',
      quantity: '10',
      uom: 'BX',
      unit_price: '12.00',
      buyer_item: '1001',
      vendor_item: 'V-1001',
      requested_on: '2026-03-16',
      byte_offset: 100,
      byte_length: 40,
      ...row,
    })
  }

  answer(row: Row = {}): this {
    const number = String(++this.#documents).padStart(3, '0')
    return this.add('acknowledgment', {
      document_id: `855-${number}`,
      partner: 'medsupply',
      company: '10',
      po_number: this.#po,
      purpose: '00',
      type: 'AC',
      acknowledged_on: '2026-03-10',
      turn: `2026-03-10 ${number}`,
      content: `content ${number}`,
      byte_offset: 0,
      byte_length: 50,
      ...row,
    })
  }

  line(row: Row = {}, ...statuses: readonly Row[]): this {
    const line = {
      document_id: `855-${String(this.#documents).padStart(3, '0')}`,
      sequence: Number(row.assigned_id ?? 1),
      assigned_id: '1',
      quantity: '10',
      uom: 'BX',
      unit_price: '12.00',
      buyer_item: '1001',
      vendor_item: 'V-1001',
      byte_offset: 60,
      byte_length: 40,
      ...row,
    }
    this.add('acknowledgment_line', line)
    for (const [index, status] of statuses.entries())
      this.add('acknowledgment_status', {
        document_id: line.document_id,
        sequence: line.sequence,
        place: index + 1,
        status: 'IA',
        byte_offset: 110 + index,
        byte_length: 20,
        ...status,
      })
    return this
  }

  tolerance(rule: string, over: Row = {}, under: Row = {}): this {
    return this.add('tolerance', { rule, over_mode: 'limit', under_mode: 'limit', ...over, ...under })
  }
}

type Case = readonly [name: string, order: (night: Orders) => Orders, codes: readonly string[], state?: string]

/** Each case is an order of its own; all are matched in one night. */
function nightOf(cases: readonly Case[], night: Orders): void {
  let matched: RuleNightMatched
  const orders = cases.map((_, index) => String(7000 + index))
  beforeAll(async () => {
    for (const [index, [, order]] of cases.entries()) {
      order(night.begin(orders[index] ?? ''))
    }
    matched = await night.match()
  }, 60_000)
  test.each(cases.map(([name, , codes, state], index) => [name, codes, state, orders[index]] as const))(
    '%s: %j',
    (_, codes, state, order) => {
      const found = matched.findings.filter(({ keys }) => keys.po === order)
      expect(found.map(({ code }) => code).sort()).toEqual(codes)
      const [line] = matched.table('acknowledgments').filter(({ po_number }) => po_number === order)
      if (state !== undefined) expect(line?.state).toBe(state)
    },
  )
}

const acked =
  (status: Row, line: Row = {}, po: Row = {}) =>
  (night: Orders): Orders =>
    night.more(po).answer().line(line, status)

describe('what the status of a line says', () => {
  nightOf(
    [
      ['IA', acked({ quantity: '10' }), [], 'accepted'],
      ['IA without a quantity is that of the line', acked({}), []],
      ['AC', acked({ status: 'AC', quantity: '10' }), []],
      ['AR', acked({ status: 'AR', quantity: '10' }), []],
      ['AA', acked({ status: 'AA', quantity: '10' }), []],
      ['BP, the balance not named', acked({ status: 'BP', quantity: '6' }), ['ACK-BACKORDERED'], 'backordered'],
      [
        'BP without a quantity leaves it open how much is accepted',
        acked({ status: 'BP' }),
        ['ACK-BACKORDERED'],
        'backordered',
      ],
      [
        'BP of everything says of a balance, and not how much',
        acked({ status: 'BP', quantity: '10' }),
        ['ACK-BACKORDERED'],
        'backordered',
      ],
      ['BP of everything in another unit', acked({ status: 'BP', quantity: '100', uom: 'EA' }), ['ACK-BACKORDERED']],
      ['BP of more than everything', acked({ status: 'BP', quantity: '11' }), ['ACK-QUANTITY']],
      ['IE', acked({ status: 'IE', quantity: '10' }, { unit_price: '0' }), ['ACK-PRICE-PENDING'], 'pending'],
      ['SP', acked({ status: 'SP', quantity: '10' }), ['ACK-DATE-PENDING'], 'pending'],
      ['IB', acked({ status: 'IB', quantity: '10', promised_on: '2026-04-20' }), ['ACK-BACKORDERED']],
      ['IB of none is of all', acked({ status: 'IB', quantity: '0' }), ['ACK-BACKORDERED']],
      [
        'IB of a part, nothing of the rest',
        acked({ status: 'IB', quantity: '4' }),
        ['ACK-BACKORDERED', 'ACK-QUANTITY'],
      ],
      ['IH', acked({ status: 'IH' }), ['ACK-HOLD'], 'on hold'],
      ['IF', acked({ status: 'IF' }), ['ACK-HOLD']],
      ['IW', acked({ status: 'IW' }), ['ACK-HOLD']],
      ...['ID', 'IR', 'R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7', 'R8'].map(
        (status): Case => [status, acked({ status }, { unit_price: '0' }), ['ACK-REJECTED'], 'rejected'],
      ),
      ['IC and nothing changed', acked({ status: 'IC', quantity: '10' }), ['ACK-UNEXPLAINED'], 'differs'],
      ['IC and another price', acked({ status: 'IC', quantity: '10' }, { unit_price: '12.01' }), ['ACK-PRICE']],
      ['IC and a date that is earlier', acked({ status: 'IC', quantity: '10', promised_on: '2026-03-12' }), []],
      ['IP and the same price', acked({ status: 'IP', quantity: '10' }), ['ACK-UNEXPLAINED']],
      ['IP', acked({ status: 'IP', quantity: '10' }, { unit_price: '13' }), ['ACK-PRICE']],
      ['IQ and the same quantity', acked({ status: 'IQ', quantity: '10' }), ['ACK-UNEXPLAINED']],
      ['IQ', acked({ status: 'IQ', quantity: '8' }), ['ACK-QUANTITY']],
      ['DR to the day asked for', acked({ status: 'DR', promised_on: '2026-03-16' }), ['ACK-UNEXPLAINED']],
      ['DR', acked({ status: 'DR', promised_on: '2026-03-17' }), ['ACK-DATE']],
      ['IS', acked({ status: 'IS', quantity: '10', vendor_item: 'V-9' }), ['ACK-SUBSTITUTION'], 'substituted'],
      ['IS that names nothing', acked({ status: 'IS', quantity: '10' }), ['ACK-SUBSTITUTION']],
      ['a status nobody knows', acked({ status: 'XX', quantity: '10' }), ['ACK-UNEXPLAINED']],
    ],
    new Orders(),
  )
})

describe('fields are compared whatever the status says', () => {
  const price = (unit_price: string, line: Row = {}, po: Row = {}) =>
    acked({ quantity: '10' }, { unit_price, ...line }, po)
  nightOf(
    [
      ['the dearest price allowed', price('12.12'), []],
      ['a hundredth of a cent beyond', price('12.1201'), ['ACK-PRICE'], 'differs'],
      ['the lowest price allowed', price('11.40'), []],
      ['lower than that', price('11.3999'), ['ACK-PRICE']],
      ['priced for a hundred', price('1200', { price_basis: 'HP' }), []],
      ['a PO priced for a thousand', price('12', {}, { unit_price: '12000', price_basis: 'TP' }), []],
      ['a basis nobody knows', price('12', { price_basis: 'QQ' }), ['ACK-PRICE']],
      ['the same in another unit', price('1.20', { uom: 'EA', quantity: '100' }), ['ACK-UOM']],
      [
        'all of it in another unit',
        acked({ quantity: '100', uom: 'EA' }, { quantity: '100', uom: 'EA', unit_price: '1.20' }),
        [],
      ],
      ['the same number of another unit', acked({ quantity: '10', uom: 'CS' }, { uom: 'CS' }), ['ACK-UOM']],
      [
        'another unit, and a price of its own',
        acked({ quantity: '10', uom: 'CS' }, { uom: 'CS', unit_price: '130' }),
        ['ACK-PRICE', 'ACK-UOM'],
      ],
      ['a unit nobody knows', acked({ quantity: '10', uom: 'PL' }, { uom: 'PL' }), ['ACK-UOM']],
      ['the most quantity allowed', acked({ quantity: '10.5' }), []],
      ['more than that', acked({ quantity: '10.5001' }), ['ACK-QUANTITY']],
      ['less, of which nothing is allowed', acked({ quantity: '9.9999' }), ['ACK-QUANTITY']],
      ['two days late, as allowed', acked({ promised_on: '2026-03-18' }), []],
      ['three days late', acked({ promised_on: '2026-03-19' }), ['ACK-DATE']],
      ['the later date of the line', acked({}, { promised_on: '2026-03-19' }), ['ACK-DATE']],
      ['a date the ERP has as promised', acked({ promised_on: '2026-03-19' }, {}, { promised_on: '2026-03-19' }), []],
      ['nobody asked for a date', acked({ promised_on: '2026-05-19' }, {}, { requested_on: null }), []],
      ['the same part, written otherwise', acked({}, { buyer_item: null, vendor_item: 'v 1001' }), []],
      ['another part', acked({}, { buyer_item: null, vendor_item: 'V-1002' }), ['ACK-PART']],
      ['another part in the ACK', acked({ vendor_item: 'V-1002' }), ['ACK-PART']],
      ['a line that is closed in the ERP', acked({ status: 'ID' }, {}, { status: 'closed' }), []],
    ],
    new Orders()
      .tolerance('price', { over_percent: '1' }, { under_percent: '5' })
      .tolerance('quantity-acknowledged', { over_percent: '5' }, { under_mode: 'zero' })
      .tolerance('promised-date', { over_absolute: '2' }, { under_mode: 'off' }),
  )
  nightOf(
    [
      ['half a dollar more for a box of ten, as allowed', price('12.50'), []],
      ['a cent beyond half a dollar for a box', price('12.51'), ['ACK-PRICE']],
    ],
    new Orders().tolerance('price', { over_absolute: '0.50' }, { under_mode: 'off' }),
  )
})

describe('several statuses, several 855s', () => {
  const later = { turn: '2026-03-11 900' }
  nightOf(
    [
      [
        'a line split in three',
        (night) =>
          night
            .more({})
            .answer()
            .line({}, { quantity: '5' }, { quantity: '3', promised_on: '2026-03-15' }, { status: 'IB', quantity: '2' }),
        ['ACK-BACKORDERED'],
      ],
      [
        'a line on two lines of the 855',
        (night) => night.more({}).answer().line({}, { quantity: '5' }).line({ sequence: 2 }, { quantity: '5' }),
        [],
      ],
      [
        'two 855s, a part each',
        (night) =>
          night.more({}).answer().line({}, { quantity: '6' }).answer(later).line({}, { status: 'IB', quantity: '4' }),
        ['ACK-BACKORDERED'],
      ],
      [
        'each line in an 855 of its own',
        (night) =>
          night
            .more({})
            .more({ line_number: '2' })
            .answer()
            .line({}, { quantity: '10' })
            .answer(later)
            .line({ assigned_id: '2' }, { quantity: '10' }),
        [],
      ],
      [
        'what was backordered is accepted later',
        (night) =>
          night.more({}).answer().line({}, { status: 'IB', quantity: '10' }).answer(later).line({}, { quantity: '10' }),
        [],
        'accepted',
      ],
      [
        'the same 855 under another number counts once',
        (night) =>
          night
            .more({ quantity: '20' })
            .answer({ content: 'one' })
            .line({}, { quantity: '10' })
            .answer({ content: 'one', ...later })
            .line({}, { quantity: '10' }),
        ['ACK-QUANTITY'],
      ],
      [
        'a copy (07) says nothing',
        (night) =>
          night
            .more({})
            .answer()
            .line({}, { quantity: '10' })
            .answer({ purpose: '07', ...later })
            .line({}, { status: 'IR' }),
        [],
      ],
      [
        'all anew (05)',
        (night) =>
          night
            .more({})
            .answer({ type: 'RJ' })
            .answer({ purpose: '05', ...later })
            .line({}, { quantity: '10' }),
        [],
      ],
      [
        'a line anew (04), of a quantity that would add up',
        (night) =>
          night
            .more({})
            .answer()
            .line({}, { quantity: '4' })
            .answer({ purpose: '04', ...later })
            .line({}, { quantity: '6' }),
        ['ACK-QUANTITY'],
      ],
      [
        'taken back (01), and the time is over',
        (night) =>
          night
            .more({})
            .answer()
            .line({}, { quantity: '10' })
            .answer({ purpose: '01', ...later }),
        ['ACK-OVERDUE'],
        'overdue',
      ],
      ['a line without an ACK', (night) => night.more({}).answer({ type: 'AD' }).line(), []],
      ['a line without an ACK on an RD', (night) => night.more({}).answer({ type: 'RD' }).line(), ['ACK-REJECTED']],
    ],
    new Orders(),
  )
})

describe('what is left out', () => {
  const two = (night: Orders) => night.more({}).more({ line_number: '2', vendor_item: 'V-1002', item: '1002' })
  const leftOut =
    (type: string) =>
    (night: Orders): Orders =>
      two(night).answer({ type }).line({}, { quantity: '10' })
  nightOf(
    [
      ...['AC', 'AD', 'RD', 'AP'].map((type): Case => [`on an ${type}`, leftOut(type), ['ACK-NOT-ON-ACK']]),
      ...['AE', 'AK', 'AT', 'NA'].map((type): Case => [`on an ${type}`, leftOut(type), []]),
      ['an AK of the header alone', (night) => two(night).answer({ type: 'AK' }), [], 'accepted, not named'],
      [
        'the exceptions alone',
        (night) => two(night).answer({ type: 'AE' }).line({}, { status: 'IR' }),
        ['ACK-REJECTED'],
      ],
      ...['RJ', 'RF', 'RN', 'RO', 'RV'].map(
        (type): Case => [
          `all rejected by ${type}`,
          (night) => two(night).answer({ type }),
          ['ACK-REJECTED'],
          'rejected',
        ],
      ),
      ['all on hold', (night) => two(night).answer({ type: 'AH' }), ['ACK-HOLD'], 'on hold'],
      ['a type nothing is agreed about', (night) => two(night).answer({ type: 'ZZ' }), ['ACK-UNEXPLAINED']],
      [
        'a type this partner uses otherwise',
        (night) =>
          two(night)
            .add('acknowledgment_type', { partner: 'medsupply', type: 'AB', meaning: 'accepted' })
            .answer({ type: 'AB' }),
        [],
      ],
      ['no answer', two, ['ACK-OVERDUE'], 'overdue'],
      ['no answer yet', (night) => night.more({ po_date: '2026-03-11' }), [], 'awaited'],
      [
        'an answer in part, and time for the rest',
        (night) =>
          night
            .more({ po_date: '2026-03-11' })
            .more({ po_date: '2026-03-11', line_number: '2' })
            .answer()
            .line({ assigned_id: '2', sequence: 2 }, { quantity: '10' }),
        [],
        'awaited',
      ],
      [
        'no answer, but goods',
        (night) => {
          night.more({})
          const po_number = night.rows.at(-1)?.[1].po_number ?? ''
          return night.add('ship_notice_line', {
            document_id: '856-1',
            partner: 'medsupply',
            company: '10',
            po_number,
            assigned_id: '1',
            quantity: '10',
            uom: 'BX',
            byte_offset: 1,
            byte_length: 2,
          })
        },
        [],
        'not acknowledged, under way',
      ],
      ['an order of long ago', (night) => night.more({ po_date: '2025-11-30' }), []],
      [
        'a line that is not on the PO',
        (night) =>
          night.more({}).answer().line({}, {}).line({ assigned_id: '7', vendor_item: 'V-7', buyer_item: null }, {}),
        ['ACK-NOT-ON-PO'],
      ],
      [
        'a line that is not on the PO, in two 855s, told once',
        (night) =>
          night
            .more({})
            .answer()
            .line({}, {})
            .line({ assigned_id: '7', vendor_item: 'V-7', buyer_item: null }, {})
            .answer()
            .line({ assigned_id: '7', sequence: 1, vendor_item: 'V-7', buyer_item: 'B-7' }, {}),
        ['ACK-NOT-ON-PO'],
      ],
      [
        'lines numbered anew, known by their item',
        (night) =>
          two(night)
            .answer()
            .line({ assigned_id: '10' }, {})
            .line({ assigned_id: '20', vendor_item: 'V-1002', buyer_item: '1002' }, {}),
        [],
      ],
      [
        'two lines of one item, and nothing says which',
        (night) => night.more({}).more({ line_number: '2' }).answer({ type: 'AE' }).line({ assigned_id: null }, {}),
        ['ACK-NOT-ON-PO'],
      ],
      [
        'two lines of one item, told apart by their quantity',
        (night) =>
          night
            .more({})
            .more({ line_number: '2', quantity: '4' })
            .answer({ type: 'AE' })
            .line({ assigned_id: null, quantity: '4' }, {}),
        [],
      ],
    ],
    new Orders().due('2025-11-30', true),
  )
})

describe('the 855 against its PO', () => {
  test('an 855 for a PO that the ERP does not have is told once, however often it comes', async () => {
    const night = new Orders()
      .order('4500')
      .answer()
      .line()
      .answer({ po_number: '9999' })
      .line()
      .answer({ po_number: '9999' })
      .line()
    const { codes, finding } = await night.match()
    expect(codes).toEqual(['ACK-UNKNOWN-PO'])
    expect(finding('ACK-UNKNOWN-PO')).toMatchObject({
      keys: { company: '10', po: '9999', partner: 'medsupply' },
      amountAtRisk: '120',
      message: 'An 855 of medsupply answers PO 9999, which the ERP does not have in company 10',
    })
  })

  test('the PO of another supplier, and one that two companies have', async () => {
    const night = new Orders()
      .order('4500', { supplier: '555' })
      .answer()
      .order('4600')
      .add('partner_vendor', { partner: 'medsupply', company: '20', supplier: '10432' })
      .more({ company: '20' })
      .answer({ company: null })
    const messages = (await night.match()).findings
      .filter(({ code }) => code === 'ACK-UNKNOWN-PO')
      .map(({ message }) => message)
    expect(messages).toEqual([
      'An 855 of medsupply answers PO 4500, which went to vendor 555, and not to this partner',
      'An 855 of medsupply answers PO 4600, which may be that of company 10 and company 20',
    ])
  })

  test('an old 855 whose PO has left the extract is no news', async () => {
    const night = new Orders()
      .order('4500')
      .answer()
      .line()
      .answer({ po_number: '9999', acknowledged_on: '2025-11-01' })
    expect((await night.match()).codes).toEqual([])
  })
})

describe('the ERP against the 850s', () => {
  nightOf(
    [
      ['as it was sent', (night) => night.more({}).sent().answer().line(), []],
      ['not sent, and asked for no answer', (night) => night.more({}), ['PO-NOT-SENT'], 'not sent'],
      ['not sent, on its own day', (night) => night.more({ po_date: '2026-03-11' }), []],
      ['another quantity', (night) => night.more({}).sent({ quantity: '9' }).answer().line(), ['PO-DIFFERS']],
      [
        'the same quantity in another unit',
        (night) => night.more({}).sent({ quantity: '1', uom: 'CS', unit_price: '120' }).answer().line(),
        [],
      ],
      ['a unit nobody knows', (night) => night.more({}).sent({ uom: 'PL' }).answer().line(), ['PO-DIFFERS']],
      ['another price', (night) => night.more({}).sent({ unit_price: '11.99' }).answer().line(), ['PO-DIFFERS']],
      [
        'another item',
        (night) => night.more({}).sent({ vendor_item: 'V-2', buyer_item: '2' }).answer().line(),
        ['PO-DIFFERS'],
      ],
      ['another date', (night) => night.more({}).sent({ requested_on: '2026-03-15' }).answer().line(), ['PO-DIFFERS']],
      [
        'a line that was not sent',
        (night) => night.more({}).more({ line_number: '2' }).sent().answer({ type: 'AK' }),
        ['PO-DIFFERS'],
      ],
      [
        'a line that the ERP does not have',
        (night) => night.more({}).sent().sent({ sequence: 2, assigned_id: '2' }).answer().line(),
        ['PO-DIFFERS'],
      ],
      [
        'sent again, as it is now',
        (night) =>
          night.more({}).sent({ quantity: '9' }).sent({ document_id: 'again', turn: '2026-03-10 2' }).answer().line(),
        [],
      ],
    ],
    new Orders(),
  )
})

describe('what is told, and what goes to the ERP', () => {
  const night = () =>
    new Orders()
      .order('4500')
      .answer()
      .line({ unit_price: '12.50' }, { status: 'IQ', quantity: '8', promised_on: '2026-03-20' })
      .order('4600')
      .answer()
      .line({}, { quantity: '6' }, { status: 'IB', quantity: '4', promised_on: '2026-04-01' })
      .order('4700')
      .more({ line_number: '2' })
      .answer({ type: 'RJ' })
      .order('4800')

  test('each finding has its numbers, its money and its places', async () => {
    const { finding } = await night().match()
    expect(finding('ACK-PRICE')).toMatchObject({
      keys: { company: '10', po: '4500', line: '1', supplier: '10432', item: '1001' },
      amountAtRisk: '5',
      message:
        'PO 4500 line 1 of company 10: acknowledged at 12.50 per BX, ordered at 12.00: too high by 5.00 on the line',
      tolerance: { rule: 'price', side: 'over', mode: 'zero', 'set for': 'not set' },
      evidence: [
        { byteOffset: 60, field: 'PO104', value: '12.5' },
        { field: 'unit_price', value: '12' },
      ],
    })
    expect(finding('ACK-QUANTITY')).toMatchObject({
      amountAtRisk: '24',
      message: 'PO 4500 line 1 of company 10: acknowledged IQ 8 BX, ordered 10 BX',
    })
    expect(finding('ACK-DATE').message).toBe(
      'PO 4500 line 1 of company 10: promised for 2026-03-20, wanted on 2026-03-16: 4 days late',
    )
    expect(finding('ACK-BACKORDERED')).toMatchObject({
      amountAtRisk: '48',
      message:
        'PO 4600 line 1 of company 10: 4 BX of 10 backordered, expected 2026-04-01 (IA accepted, IB backordered)',
    })
    expect(finding('ACK-REJECTED')).toMatchObject({ keys: { po: '4700' }, amountAtRisk: '240' })
    expect(finding('ACK-OVERDUE')).toMatchObject({
      keys: { po: '4800' },
      amountAtRisk: '120',
      message:
        'PO 4800 of company 10, 1 open line, dated 2026-03-09: medsupply has not acknowledged it; it was due 2026-03-10 17:00',
    })
  })

  test('each change waits for the decision about its own exception', async () => {
    const changes = (await night().match()).table('po_change')
    expect(
      changes.map(
        ({ po_number, line_number, change, new_price, new_quantity, new_date, needs_code, needs_decisions }) => [
          `${po_number} ${line_number} ${change}`,
          new_price ?? new_quantity ?? new_date,
          needs_code,
          needs_decisions,
        ],
      ),
    ).toEqual([
      ['4500 1 price', '12.500000', 'ACK-PRICE', 'accept-price'],
      ['4500 1 promised date', '2026-03-20', 'ACK-DATE', 'accept'],
      ['4500 1 quantity', '8.0000', 'ACK-QUANTITY', 'accept'],
      ['4600 1 promised date', '2026-04-01', 'ACK-BACKORDERED', 'wait'],
      ['4700 1 cancel', '0.0000', 'ACK-REJECTED', 'cancel-line'],
      ['4700 2 cancel', '0.0000', 'ACK-REJECTED', 'cancel-line'],
    ])
  })

  test('the chase list asks each supplier what is open', async () => {
    const { table } = await night().match()
    expect(table('chase').map(({ name, po_number, code, days }) => [name, po_number, code, days])).toEqual([
      ['MedSupply Distribution', '4600', 'ACK-BACKORDERED', 2],
      ['MedSupply Distribution', '4800', 'ACK-OVERDUE', 2],
    ])
  })

  test('the order of rows changes nothing, nor does the same night again', async () => {
    const there = await night().match()
    const back = await night().match([...night().rows].reverse())
    const said = ({ findings }: RuleNightMatched) => findings.map(({ code, message }) => [code, message])
    expect(said(back)).toEqual(said(there))
    expect(back.table('acknowledgments')).toEqual(there.table('acknowledgments'))
    expect(back.table('po_change')).toEqual(there.table('po_change'))
  })

  test('cases for boxes change nothing: ten times less at ten times the price', async () => {
    const inCases = (night: Orders): Orders =>
      night
        .order('4500', { quantity: '1', uom: 'CS', unit_price: '120' })
        .answer()
        .line(
          { quantity: '1', uom: 'CS', unit_price: '125' },
          { status: 'IQ', quantity: '0.8', uom: 'CS', promised_on: '2026-03-20' },
        )
    const boxes = new Orders()
      .order('4500')
      .answer()
      .line({ unit_price: '12.50' }, { status: 'IQ', quantity: '8', promised_on: '2026-03-20' })
    const said = ({ findings }: RuleNightMatched) =>
      findings.map(({ code, keys, amountAtRisk }) => [code, keys, amountAtRisk])
    expect(said(await inCases(new Orders()).match())).toEqual(said(await boxes.match()))
  })
})

test('another part that people said is the ordered item is acknowledged', async () => {
  const night = new Orders().order('P1').answer().line({ buyer_item: null, vendor_item: 'V-NEW' }, {})
  expect((await night.match()).finding('ACK-PART').keys).toMatchObject({ item: '1001', other: 'V-NEW' })
  night.add('cross_reference', reference('item', 'V-NEW', '1001', { partner: 'medsupply' }))
  expect((await night.match()).codes).not.toContain('ACK-PART')
})

test('an order that keeps the old number is acknowledged under it, though it has a successor', async () => {
  const night = new Orders().order('P1').answer().line({ buyer_item: '1001', vendor_item: null }, {})
  const before = (await night.match()).codes
  night.add('cross_reference', reference('item', '1001', '1002', { type: 'buyer-item' }))
  expect((await night.match()).codes).toEqual(before)
})
