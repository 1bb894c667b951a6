import type { DecodedSegment } from '../formats/x12/index.js'

/**
 * Loops that are not read into fields but hold segments of the same id as those that are (a REF in an N1 loop is the party's, a SAC in
 * an SLN loop the sub-line's), each with what it may hold in 004010, its inner loops included.
 */
const held: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    N1: 'N2 N3 N4 NX2 REF PER DMG SI FOB TD1 TD5 TD3 TD4 PKG MSG QTY SCH LDT MAN',
    SAC: 'TXI CUR CTP',
    SLN: 'MSG SI PID PO3 TC2 ADV DTM CTP PAM PO4 TAX TXI N9 SAC CUR QTY ACK N1 N2 N3 N4 NX2 REF PER',
    SCH: 'TD1 TD5 TD3 TD4 REF',
    LDT: 'MAN QTY MSG REF LM LQ',
    AMT: 'REF DTM PCT FA1 FA2',
    SPI: 'REF DTM MSG N1 N2 N3 N4 G61 CB1 LDT',
  }).map(([first, ids]) => [first, new Set(ids.split(' '))]),
)

/** The segments of the header, the lines and the summary themselves; first segments of the loops above included, the rest of them not. */
export function* outsideLoops(segments: readonly DecodedSegment[]): Iterable<DecodedSegment> {
  let loop: ReadonlySet<string> | undefined
  for (const segment of segments) {
    if (loop?.has(segment.id)) continue
    loop = held.get(segment.id)
    yield segment
  }
}
