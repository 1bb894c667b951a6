import { loopTable } from './loops.js'

const anywhere = {
  N1: 'N2 N3 N4 REF PER DMG',
  LM: 'LQ',
  V1: 'R4 DTM',
  FA1: 'FA2',
}

/** Header and summary. The standard has no loop at AMT, but its REFs are not the invoice's. */
export const HEADER_LOOPS = loopTable(anywhere, {
  N9: 'MSG',
  SAC: 'TXI DTM',
  AMT: 'REF DTM PCT FA1 FA2',
  ISS: 'PID',
})

/** What may stand behind an SLN, in order. */
export const COMPONENT = 'DTM REF PID SAC TC2 TXI'

export const LINE_LOOPS = loopTable(anywhere, {
  SAC: 'TXI DTM',
  SLN: COMPONENT,
})
