import { may, must, type RelationColumns } from './column.js'

/** Items as others have them: what suppliers offer, what other systems list, and which supplier part the ERP knows an item by. */
export const listed = {
  item_vendor: {
    item: must('text', 'ERP item number'),
    supplier: must('text', 'ERP vendor number'),
    vendor_item: must('text', "supplier's item number"),
    status: may('text', 'active or inactive; empty: active'),
  },
  catalog_item: {
    supplier: may('text', 'ERP vendor number; empty: those of the partner'),
    partner: may('text', 'partner that sent the catalogue as a document'),
    vendor_item: must('text', "supplier's item number"),
    item: may('text', 'ERP item number that the supplier names'),
    manufacturer: may('text', 'manufacturer'),
    manufacturer_part: may('text', 'manufacturer part number'),
    gtin: may('text', 'GTIN-14 of the unit'),
    ndc: may('text', 'NDC'),
    hibc: may('text', 'HIBC'),
    description: may('text', 'description'),
    uom: may('text', 'unit it is offered in'),
    uom_factor: may('factor', 'base units of the item in one uom; 0 or empty: not told'),
    effective_from: may('date', 'first day; empty: always was'),
    effective_to: may('date', 'last day; empty: open'),
  },
  listed_item: {
    system: must('text', 'the system that has the list, for example ehr'),
    entry: must('text', 'what that system knows the item by'),
    item: may('text', 'ERP item number that it holds'),
    description: may('text', 'description'),
    base_uom: may('text', 'base unit'),
    manufacturer: may('text', 'manufacturer'),
    manufacturer_part: may('text', 'manufacturer part number'),
    gtin: may('text', 'GTIN-14 of the base unit'),
    ndc: may('text', 'NDC'),
    hibc: may('text', 'HIBC'),
    category: may('text', 'spend category'),
    status: may('text', 'active or inactive'),
  },
} as const satisfies RelationColumns
