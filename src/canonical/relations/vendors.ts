import { may, must, oneOf, type RelationColumns } from './column.js'

/** Vendors as other systems have them, where they are paid, and what is on file of them. */
export const vendors = {
  listed_vendor: {
    system: must('text', 'the system that has the list, for example procurement'),
    entry: must('text', 'what that system knows the vendor by'),
    supplier: may('text', 'ERP vendor number that it holds'),
    name: may('text', 'vendor name'),
    tax_id: may('text', 'tax id'),
    remit_to: may('text', 'remit-to id'),
    terms: may('text', 'payment terms code'),
    status: oneOf(may('text', 'active or inactive'), 'active', 'inactive'),
    requested_on: may('date', 'day on which the vendor was asked for'),
    activated_on: may('date', 'day on which it could be ordered from and paid'),
  },
  vendor_bank: {
    supplier: must('text', 'ERP vendor number'),
    bank: must('text', 'keyed hash of the bank account'),
  },
  vendor_evidence: {
    supplier: must('text', 'ERP vendor number'),
    kind: must('text', 'tax-form, disclosure, credential, bank-change, or what the workspace calls another'),
    received_on: may('date', 'day on which it was put on file'),
    expires_on: may('date', 'last day; empty: it does not expire'),
    reference: may('text', 'where it is on file'),
  },
} as const satisfies RelationColumns
