import { z } from 'zod'
import { Name } from '../scalars.js'

const owner = (field: string) => Name.default('erp').describe(`who says the ${field} of a vendor`)

export const VendorMasterSyncSettings = z.strictObject({
  record: Name.default('erp').describe(
    'which system is the record of which vendors there are: erp, or the name of a list, for example procurement; what it has and the other lacks is VENDOR-MISSING',
  ),
  ownership: z
    .strictObject({
      name: owner('name'),
      tax_id: owner('tax id'),
      remit_to: owner('remit-to'),
      terms: owner('payment terms'),
      status: owner('status'),
    })
    .prefault({})
    .describe(
      'which system owns each field: erp, or the name of a list; none: the field is not compared. A field is never written to the system that owns it',
    ),
  'name-likeness': z
    .int()
    .min(50)
    .max(100)
    .default(94)
    .describe('percent (Jaro-Winkler, without legal forms) from which two names are taken for one'),
  evidence: z
    .array(z.string().min(1))
    .default(['tax-form'])
    .describe('documents that must be on file of every vendor in use, as the index of evidence calls them'),
  'expiring-days': z.int().min(0).default(30).describe('a document is shown as expiring so many days before its end'),
  'bank-approval-days': z
    .int()
    .min(0)
    .default(30)
    .describe('a bank-change in the index of evidence approves a new bank account for so many days'),
})
