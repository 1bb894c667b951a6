import { loopTable } from './loops.js'

/** What may stand behind an SLN and behind a CTP, in order; from 005010 on also what the later versions add. */
export const COMPONENT = 'SI PID DTM CTP PAM PO4 PKG QTY MEA SAC MTX LM LQ N1 N2 N3 N4 REF PER'
export const PRICE = 'G40 DTM G36 LDT CUR PO4 CTB REF G43 SAC G26 TXI ITD G93'
const NOTE = 'DTM MSG MTX PWK EFI'

export const HEADER_LOOPS = loopTable({
  N1: 'N2 N3 N4 REF PKG PER DTM MTX SPI',
  LM: 'LQ',
  N9: NOTE,
})

export const ITEM_LOOPS = loopTable({
  CTP: PRICE,
  N1: 'N2 N3 N4 REF PER DTM MTX PKG PAL SPI',
  LS: 'LM LQ N1 N2 N3 N4',
  G39: 'CTP',
  PKL: 'CTP PKG G53 DTM',
  LFG: 'CRC QTY',
  LM: 'LQ REF EFI DTM PID MEA MTX',
  SLN: COMPONENT,
  N9: NOTE,
})
