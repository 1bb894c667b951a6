import { may, must, type RelationColumns } from './column.js'

/** What the workspace says, for the rules to join. */
export const settings = {
  partner_vendor: {
    partner: must('text', 'partner key'),
    partner_name: may('text', 'its name, as people know it'),
    company: may('text', 'company; empty: all'),
    supplier: must('text', 'ERP vendor number this partner may bill as'),
    freight_limit: may(
      'amount',
      'freight and handling allowed per invoice; empty: none is allowed unless the PO says so',
    ),
    tax_exempt: may('flag', 'nothing this partner sells us is taxed'),
    discount_percent: may('price', 'agreed discount'),
    discount_days: may('integer', 'agreed discount days'),
    net_days: may('integer', 'agreed net days'),
  },
  acknowledgment_type: {
    partner: must('text', 'partner key'),
    type: must('text', 'BAK02'),
    meaning: must('text', 'full-detail, exceptions-only, accepted, rejected or on-hold, as this partner uses it'),
  },
  acknowledgment_due: {
    partner: must('text', 'partner key'),
    po_date: must('date', 'PO date from whose end the time counts'),
    due_at: must('text', 'local date and time'),
    is_over: must('flag', 'the time is over'),
  },
  unit_conversion: {
    from_uom: must('text', 'unit'),
    to_uom: must('text', 'unit'),
    factor: must('factor', 'to_uom in one from_uom, whatever the item (a dozen is 12 each)'),
  },
  tolerance: {
    rule: must(
      'text',
      'price, quantity-ordered, quantity-received, extended-amount, total, freight, tax, contract-price, quantity-acknowledged, promised-date',
    ),
    company: may('text', 'empty: any'),
    supplier: may('text', 'empty: any'),
    category: may('text', 'empty: any'),
    item: may('text', 'empty: any'),
    over_mode: must('text', 'off (not checked), zero, unlimited, limit'),
    over_percent: may('price', 'percent of the expected value'),
    over_absolute: may('price', 'in the unit of the rule'),
    over_combine: may('text', 'stricter or looser'),
    under_mode: must('text', 'as over_mode'),
    under_percent: may('price', 'percent'),
    under_absolute: may('price', 'absolute'),
    under_combine: may('text', 'stricter or looser'),
  },
} as const satisfies RelationColumns
