import { z } from 'zod'
import { Name } from '../scalars.js'

const owner = (system: string, field: string) => Name.default(system).describe(`who says the ${field} of an item`)

export const ItemMasterSyncSettings = z.strictObject({
  ownership: z
    .strictObject({
      description: owner('erp', 'description'),
      base_uom: owner('erp', 'base unit'),
      manufacturer: owner('erp', 'manufacturer'),
      manufacturer_part: owner('supplier', 'manufacturer part number'),
      gtin: owner('supplier', 'GTIN'),
      ndc: owner('supplier', 'NDC'),
      hibc: owner('supplier', 'HIBC'),
      category: owner('erp', 'spend category'),
      status: owner('erp', 'status'),
    })
    .prefault({})
    .describe(
      'which system owns each field: erp, supplier, or the name of a list, for example ehr; none: the field is not compared. A field is never written to the system that owns it',
    ),
  'listed-categories': z
    .array(z.string().min(1))
    .default([])
    .describe('spend categories whose items belong on the lists of other systems, or ITEM-MISSING; without any, all'),
  'unknown-parts': z
    .enum(['report', 'count'])
    .default('report')
    .describe('parts in supplier catalogues that are no item of ours: XREF-ITEM for each, or only counted'),
})
