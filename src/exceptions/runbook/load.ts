import type { RunbookByCode } from './entry.js'

/** LOAD-*: what became of what we sent to the ERP. */
export const loadRunbook = {
  'LOAD-REJECTED': {
    means: 'The ERP refused rows of a load. What they stand for has not happened there.',
    check: [
      "The ERP's reason for each row. A job that ended well does not mean that all rows were taken: read its rejection report.",
      'One reason for all rows is a setting (source, group, operating unit); a different one each is data.',
    ],
    decisions: {
      correct: 'The cause is mended: the rows are judged again by the next night and go into the next load.',
      revert:
        'The load is to be taken back, with the rows that were accepted: the next night plans that, and somebody else approves it.',
    },
  },
  'LOAD-UNCONFIRMED': {
    means: 'The next extract does not show what was loaded. Nobody knows whether the ERP has it.',
    check: [
      'Was the extract written after the import ran? If not, wait for the next one.',
      'Look in the ERP for the invoice or transaction itself before anything is sent again.',
    ],
    decisions: {
      resend: 'The ERP does not have it: it is judged again by the next night and sent again.',
      waive: 'The ERP has it; the extract does not show it.',
    },
  },
  'LOAD-PARTIAL': {
    means: 'The ERP took fewer rows than were sent, without a reason for each.',
    check: [
      'Rows and amount sent against taken.',
      'Which rows are missing: the last ones point to a broken transfer, scattered ones to data.',
    ],
    decisions: {
      resend: 'The missing rows are judged again by the next night and sent again.',
      revert:
        'The load is to be taken back as a whole: the next night plans that, and somebody else approves it. Rows that nothing shows are taken back by hand: loads revert --with-unseen.',
    },
  },
} as const satisfies Partial<RunbookByCode>
