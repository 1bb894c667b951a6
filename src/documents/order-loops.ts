import { loopTable } from './loops.js'

/** Of 850, 855, 860 and 865 alike. From 005010 on MTX stands where MSG was. */
const anywhere = {
  SAC: 'CUR CTP',
  AMT: 'REF DTM PCT FA1 FA2',
  N9: 'DTM MEA MSG MTX PWK EFI',
  SPI: 'REF DTM MSG MTX N1 N2 N3 N4 G61 CB1 LDT',
  ADV: 'DTM MTX',
  LM: 'LQ',
}
const OF_A_PARTY = 'N2 IN2 N3 N4 NX2 REF PER SI FOB TD1 TD5 TD3 TD4 PKG MSG MTX'

/** What holds for one lead time alone; only from 005010 on in a header. */
const OF_A_LEAD_TIME = 'QTY MSG MTX REF'

export const HEADER_LOOPS = loopTable(anywhere, { N1: OF_A_PARTY, LDT: OF_A_LEAD_TIME })

const ofLines = {
  ...anywhere,
  N1: `${OF_A_PARTY} QTY DTM SCH LDT MAN`,
  SLN: 'MSG MTX SI PID PO3 TC2 ADV DTM CTP PAM PO4 TAX N9 SAC CUR QTY ACK N1 N2 N3 N4 NX2 REF PER',
  SCH: 'TD1 TD5 TD3 TD4 REF',
  ACK: 'DTM',
  CTP: 'CUR',
  PKG: 'MEA',
  QTY: 'SI',
}
export const LINE_LOOPS = loopTable(ofLines, { LDT: `${OF_A_LEAD_TIME} MAN LM LQ` })
/** On a line of an 855 a lead time stands by itself. */
export const ANSWER_LOOPS = loopTable(ofLines)
