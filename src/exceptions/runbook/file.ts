import type { RunbookByCode } from './entry.js'

/** FILE-*: something is wrong with a file as a whole, before anyone looks at what it says. */
export const fileRunbook = {
  'FILE-DUPLICATE': {
    means:
      'The partner sent bytes that were taken before, under the same name or another. They were not processed again; the first copy counts.',
    check: [
      'Compare the file in Where it stands with the earlier one of the same SHA-256: matchbook files list.',
      'If the partner meant to send something new, tell them that they sent the old file; tonight their new one is missing.',
      'If it comes every night, the source is not cleared after the pick-up: see "after" of the drop in the job.',
    ],
    decisions: {},
  },
  'FILE-LATE': {
    means:
      'Something that is due is not here: an extract the job cannot match without (then nothing was matched, and no exception was called healed), a number of a sequence, or a file that lies at its source and is not yet complete.',
    check: [
      'What is wrong names the input and its contract, the missing number, or the file that waits and for what. Whether a file came and was quarantined: matchbook files list; what waits at its source: matchbook status.',
      'If none came: look at the job that writes the extract in the ERP, then at the folder and file name pattern of the drop.',
      'When the file is there, run the job again; it takes up the invoices that waited.',
    ],
    decisions: { waive: 'The file is not expected tonight (the ERP was down for maintenance); no one need chase it.' },
  },
  'FILE-EMPTY': {
    means:
      'A file arrived and holds no record. An extract that ran before its data was ready looks just like a day without business.',
    check: [
      'Size and records of the file: matchbook files show.',
      'Ask the sender whether there was truly nothing: no receipts on a Sunday may be right, no open PO lines is not.',
      'If it was written too early, have it written again and run the job again.',
    ],
    decisions: { waive: 'There was nothing to send; the empty file is right.' },
  },
  'FILE-TRUNCATED': {
    means:
      'The end of the file is missing, so nobody can know what else it held. It is in quarantine with its bytes, and nothing of the part that broke off is used.',
    check: [
      'Where it stands gives the last byte or line that was read: a missing IEA or SE, or an extract without its trailer record.',
      'Is it longer at the source than here (size: matchbook files show)? Then it was picked up while it was written: raise stable-seconds of the drop.',
      'If the source is short too, ask the sender for the whole file. Its bytes differ, so it is taken as a new file.',
    ],
    decisions: {
      replay: 'The cause is gone (contract or setting mended): the archived bytes are to be processed again.',
      discard:
        'The sender has sent it anew, or it is not needed: the broken copy stays in the archive and is not used.',
    },
  },
  'FILE-UNREADABLE': {
    means:
      'The bytes are not what the contract or the X12 envelope says they are: another encoding, a zip or PDF under the wrong name, or no ISA at the start.',
    check: [
      'Where it stands gives the first byte that does not fit.',
      'Accented names that fail as utf-8 are nearly always windows-1252: compare with format.encoding of the contract.',
      'Look at the first line of the archived bytes. Encrypted or zipped files must be unpacked by the sender.',
    ],
    decisions: {
      replay: 'The contract now says what the file truly is: the archived bytes are to be processed again.',
      discard: 'The file was sent by mistake or has been sent anew in the agreed form.',
    },
  },
  'FILE-UNROUTED': {
    means:
      'A file lies in the drop, and no job, partner or contract claims it. It is kept and not read, so nothing in it counts.',
    check: [
      'Read its name against the include patterns of the drops in jobs/*.yaml; case matters.',
      'If it is new business from a partner, somebody must decide which job reads it.',
      'If it is a test or a mail attachment that strayed, ask the partner to keep it out of the drop.',
    ],
    decisions: {
      replay: 'A job or contract claims it now: the archived bytes are to be processed.',
      discard: 'Nobody needs the file.',
    },
  },
  'FILE-TOTALS': {
    means:
      'The trailer says so many records or such a sum, and the file holds another. Records were lost or doubled on the way, so the file is not used.',
    check: [
      'Compared: the count or sum of the trailer against what was read. A difference of one or two records often is a header or trailer that was counted too.',
      'A difference in a sum with the right count points to a value that changed: look for a shifted decimal point or a lost minus.',
      'Ask the sender to write the file again. Until then the last good file of this input serves, if it is young enough.',
    ],
    decisions: {
      replay:
        'The contract read the trailer wrongly and has been mended: the archived bytes are to be processed again.',
      discard: 'The sender has sent a file that ties; this one is not used.',
    },
  },
  'FILE-STALE': {
    means:
      'The newest file of an extract is older than its job allows. It served all the same, so receipts and vouchers entered since are not seen: expect false "no receipt" and missed duplicates.',
    check: [
      'Compared: when the file was written against max-age-hours of the input.',
      'Look at the job that writes the extract; a newer file may stand in quarantine under another code.',
      'Do not decide receipt exceptions of this night before a fresh extract is in.',
    ],
    decisions: {
      waive: 'The age is right (a holiday, a closed period): the old extract is good enough for this night.',
    },
  },
} as const satisfies Partial<RunbookByCode>
