import type { RunbookByCode } from './entry.js'

/** VENDOR-*: the vendor master, and what must be known before a vendor is paid. */
export const vendorRunbook = {
  'VENDOR-MISSING': {
    means: 'A vendor of the system of record is absent from another system, so orders or payments stop there.',
    check: [
      'Is the vendor active, and is that system meant to know it?',
      'Search the target by tax id and remit-to first: it may be there under another number.',
    ],
    decisions: { load: 'The vendor is to go into the next vendor load.', ignore: 'The target does not need it.' },
  },
  'VENDOR-DIFFERS': {
    means: 'A field of the vendor says something else than in the system that owns it.',
    check: [
      'Compared: the field, both values, and which system owns it.',
      'Remit-to and terms change where and when we pay: check these against the signed vendor form.',
    ],
    decisions: { load: "The owner's value is to go into the next vendor load.", ignore: 'The difference may stay.' },
  },
  'VENDOR-DUPLICATE': {
    means:
      'Two vendors share a tax id, remit-to or bank account, or are nearly the same by name. Invoices paid once under each number are the usual harm.',
    check: [
      'Compared: which of tax id, remit-to, bank (as a hash) and name agree.',
      'One legal entity with several remit-to addresses may be right; two numbers for one address are not.',
      'Look for the same invoice number paid under both.',
      'Where more than ten share one value, it is told once: most likely it was typed where none was known, and is to be emptied.',
    ],
    decisions: {
      merge: 'They are one: the number in the note stays, the other is to be closed to new orders and invoices.',
      ignore: 'They are two vendors.',
    },
  },
  'VENDOR-BANK': {
    means:
      "A vendor's bank details changed without an approved change. Until it is confirmed, assume fraud and pay nothing to the new account.",
    check: [
      'Who entered the change, when, and on what paper.',
      'Call the vendor at a number from before the change, never one from the mail or form that asked for it.',
      'Hold payments to this vendor until the answer is on file.',
    ],
    decisions: {
      'approve-change': 'The vendor confirmed it by telephone (name whom in the note): the new details stand.',
      'reject-change': 'It is not confirmed: the old details are to be put back and the change reported.',
    },
  },
  'VENDOR-EVIDENCE': {
    means:
      'A vendor we use lacks a document it must have on file (tax form, disclosure, credential), or the document has expired. Of a period that is over: it was paid or given orders on days on which the document did not count.',
    check: [
      'Which evidence, and since when it is missing or expired.',
      'Ask the vendor for it; for a representative who enters procedure areas, credentials come before the next visit.',
    ],
    decisions: {
      attach: 'The document is on file now (say where in the note).',
      waive: 'It is not required of this vendor, for the reason in the note.',
    },
  },
} as const satisfies Partial<RunbookByCode>
