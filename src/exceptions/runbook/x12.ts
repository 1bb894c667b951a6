import type { RunbookByCode } from './entry.js'

/** X12-*: the envelope, the syntax, who sent it, and what was answered. */
export const x12Runbook = {
  'X12-ENVELOPE': {
    means:
      'Envelope and content do not fit: a count or control number in SE, GE or IEA differs from what the interchange holds. The part whose envelope fails is not used; the rest of the file is.',
    check: [
      'Where it stands gives the segment and its byte; Compared gives the number stated and the number counted.',
      'A wrong SE01 means segments were lost or added after the count was made: never pay from such a transaction set.',
      'Ask the partner to send the transmission again under a new control number.',
    ],
    decisions: {
      replay: 'The reading was at fault and has been mended: the archived bytes are to be processed again.',
      discard: 'The partner has sent it anew: this copy is not used.',
    },
  },
  'X12-SYNTAX': {
    means:
      'A segment or element breaks the rules of its transaction set: a mandatory element is missing, a number is no number, a code is not one of ours. The document cannot be trusted and was not taken in.',
    check: [
      'Where it stands gives element (IT104, BIG01), byte and the value as sent.',
      'Compare with an earlier document of this partner that was good: a change in their map breaks every document, a slip breaks one.',
      'Send the partner the position and the value; they must correct it and send the document again.',
    ],
    decisions: {
      replay: 'We read it too strictly, and the rule has been changed: the archived bytes are to be processed again.',
      discard: 'The partner has sent a good one: this copy is not used.',
    },
  },
  'X12-CONTROL-DUPLICATE': {
    means:
      'A control number that this sender used before towards the same ISA id of ours comes again, with other content. Either they sent a correction under the old number or their counter was set back.',
    check: [
      'Compare the two documents: invoice numbers, dates and totals. What each file holds: matchbook files show.',
      'If one replaces the other, make sure that only one of them is paid.',
      'Ask the partner which one counts, and to give every transmission a number of its own.',
    ],
    decisions: {
      replay: 'It is a document of its own: it is to be processed under its number.',
      discard: 'The earlier document counts; this one is not used.',
    },
  },
  'X12-SEQUENCE-GAP': {
    means:
      'Control numbers of this sender skip. A transmission may have been lost before it reached us, or the numbers went to another receiver.',
    check: [
      'Compared: the last number seen and the one that came.',
      'Ask the partner what was sent under the missing numbers. Some count over all their customers; then gaps mean nothing.',
      'If invoices were lost, have them sent again before the receipts age.',
    ],
    decisions: { waive: 'The missing numbers were never meant for us.' },
  },
  'X12-PARTNER': {
    means:
      'Sender or receiver is not one we know, the drop belongs to another partner, or a test interchange came to production. Nothing in it was used.',
    check: [
      'Where it stands shows ISA05 to ISA08 and ISA15 as sent; compare with partners and identity in matchbook.yaml.',
      'ISA15 T is a test: the partner must send it marked P, or to the test system.',
      'An unknown sender that bills us: confirm with the supplier by a telephone number you already have, not one in the file.',
    ],
    decisions: {
      replay: 'The id has been confirmed and stands in matchbook.yaml: the archived bytes are to be processed again.',
      discard: 'It was not for us, or only a test.',
    },
  },
  'X12-UNSUPPORTED': {
    means:
      'The interchange holds a transaction set that no job reads. It is kept, and the other sets of the file were read.',
    check: [
      'What is wrong names the set: an 820 or 864 may be worth reading by eye, an 816 or 852 rarely is.',
      'If the partner sends it every night, agree that they stop or that a job shall read it.',
    ],
    decisions: {
      replay: 'A job reads this set now: the archived bytes are to be processed.',
      discard: 'Nobody needs this set.',
    },
  },
  'X12-ACK-OVERDUE': {
    means:
      'Something we sent was not answered by a TA1, 997 or 999 in time. Until it is, nobody knows whether the partner has it.',
    check: [
      'Compared: what was sent, when, and the time the partner has to answer.',
      'Look whether the file left the outbox: matchbook status.',
      'Ask the partner or the network whether it arrived; on a network, look at its mailbox report.',
    ],
    decisions: {
      waive: 'The partner has it, or does not send acknowledgments.',
      resend: 'It did not arrive: it is to be sent again, with a new control number.',
    },
  },
  'X12-ACK-REJECTED': {
    means:
      "The partner's TA1, 997 or 999 rejects what we sent: they will not work on it. A rejected 850 is an order that was never placed.",
    check: [
      'Where it stands shows the codes: TA105 for the envelope, AK3 and AK4 for segment and element, AK5 for the set.',
      'Mend the cause first: a unit, an item number or an id the partner does not accept.',
      'If goods are needed soon, place the order by telephone and say that the corrected 850 is a confirmation only.',
    ],
    decisions: {
      resend: 'The cause is mended: it is to be sent again, with a new control number.',
      discard: 'It is no longer needed, or was settled outside EDI.',
    },
  },
} as const satisfies Partial<RunbookByCode>
