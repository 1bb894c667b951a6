import type { RunbookByCode } from './entry.js'

/** DATA-* and OWN-*: what an extract says against its contract, and who may change what. */
export const dataRunbook = {
  'DATA-COLUMN-MISSING': {
    means:
      'The extract lacks a column its contract requires, so the file is not used. The last good one serves while it is young enough.',
    check: [
      'What is wrong names the column. Look at the header for a new spelling: a renamed column shows as one missing and one new.',
      'Ask the owner of the extract what changed; a report in the ERP is often edited without notice.',
      'Have the column put back, or change the contract in templates/extracts once the owner confirms the new name.',
    ],
    decisions: {
      'approve-change': 'The new layout is right: the contract is to follow it.',
      discard: 'The file is wrong: it is not used, and the owner sends another.',
    },
  },
  'DATA-COLUMN-NEW': {
    means: 'The extract has a column its contract does not know. The file was used; the new column was not read.',
    check: [
      'What is wrong names the column. Ask the owner of the extract what it holds and why it came.',
      'If it may hold names, birth dates or record numbers of patients, have it removed at the source.',
    ],
    decisions: {
      'approve-change': 'The column belongs there: the contract is to know it.',
      ignore: 'The column does no harm and is not needed.',
    },
  },
  'DATA-TYPE': {
    means:
      'A value cannot be what its column must hold: letters in a price, the 31st of February, more decimals than allowed, an unknown code. That record was set aside; all others went on.',
    check: [
      'Where it stands gives file, line, column and the value as written.',
      'One record: correct it in the source system. Many in one column: the format changed, look at formats, scale or codes in the contract.',
      'While the PO line or receipt is set aside, its invoices show INV-NOT-ON-PO, INV-UNKNOWN-PO or INV-NO-RECEIPT: mend this first.',
    ],
    decisions: { discard: 'The record is not needed; it stays set aside.' },
  },
  'DATA-REQUIRED': {
    means: 'A value that must be there is empty. That record was set aside; all others went on.',
    check: [
      'Where it stands gives file, line and column; the rest of the line tells which record it is.',
      'Fill it in the source system: a PO line without vendor or a receipt without date is a mistake there.',
      'If it is empty by right in many records, the contract asks too much: talk to its owner.',
    ],
    decisions: { discard: 'The record is not needed; it stays set aside.' },
  },
  'DATA-KEY-DUPLICATE': {
    means:
      'Two records of one extract have the same key, and nobody can tell which is true. Counting both would double an order or a receipt.',
    check: [
      'Where it stands gives both lines; compare them field by field.',
      'The same in all fields: the query of the extract joins too widely. Different: two versions of one record, or the contract lacks a key column (company, release).',
      'Correct it at the source; the next extract is judged afresh.',
    ],
    decisions: { discard: 'The record set aside is the wrong one and is not needed.' },
  },
  'DATA-REFERENCE': {
    means:
      'A record points to a key that the other extract does not have: a receipt for a PO line nobody extracted, a price for an unknown item, a line whose head another file lacks (look-ups of its contract): that line is not used.',
    check: [
      'Compared: the key and the extract it should be in.',
      'Were both extracts written at the same time, over the same companies and dates? A narrower filter on one of them is the usual cause; more than 100 keys are told as one exception with their number.',
      'If the record it points to was set aside under DATA-TYPE or DATA-REQUIRED, mend that one.',
    ],
    decisions: { waive: 'The other record is out of scope (an old PO, another company); the reference may stay open.' },
  },
  'DATA-PHI': {
    means:
      'A value marked or shaped as patient identity was about to reach an output, and was stopped. Treat it as a privacy event until you know that it is none.',
    check: [
      'What is wrong names file, line and column; the value itself is not shown anywhere. It also says where the record is used without that text; otherwise the record was set aside, and what hangs on it is missing.',
      'Tell the privacy officer, and the owner of the extract, without copying the value into a mail or ticket.',
      'Have the column removed at the source, or classed as personal in its contract.',
    ],
    decisions: {},
  },
  'OWN-VIOLATION': {
    means: 'A system that does not own a field changed it. The owner still says otherwise, so one of the two is wrong.',
    check: [
      'Compared: the field, the value of its owner and the value found, and which system owns it.',
      'Ask who made the change and why; a quick fix in the wrong system is the usual reason.',
      'If the new value is right, it must be entered in the system that owns it.',
    ],
    decisions: {
      'accept-change': 'The new value is right: the owner system is to take it over.',
      'reject-change': "The owner's value is right: the other system is to be put back.",
    },
  },
} as const satisfies Partial<RunbookByCode>
