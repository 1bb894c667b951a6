import type { Destination } from '../canonical/index.js'
import type { DecodedSegment } from '../formats/x12/index.js'
import { given } from './given.js'
import type { SegmentReader } from './segment-reader.js'
import { segment, type WrittenSegment } from './write-segment.js'

/** SDQ03 to SDQ22. */
const FIRST = 3
const PAIRS = 10

/** An SDQ: unit and qualifier once, then place and quantity in turn. A place without a quantity stays unread. */
export function readDestinations(reader: SegmentReader, sdq: DecodedSegment): Destination[] {
  const uom = reader.required(sdq, 1, 'unit of measure')
  const idQualifier = reader.text(sdq, 2)
  const destinations: Destination[] = []
  for (let position = FIRST; position < FIRST + 2 * PAIRS; position += 2) {
    const id = reader.peek(sdq, position)
    if (id === undefined || reader.peek(sdq, position + 1) === undefined) continue
    reader.passOver(sdq, position)
    const quantity = reader.decimal(sdq, position + 1, 'quantity')
    if (quantity !== undefined) destinations.push(given({ idQualifier, id, quantity, uom }))
  }
  return destinations
}

/** As few SDQs as the order of the destinations allows. */
export function destinationSegments(destinations: readonly Destination[] = []): WrittenSegment[] {
  const runs: Destination[][] = []
  for (const each of destinations) {
    const run = runs.at(-1)
    const [first] = run ?? []
    const joins = first?.uom === each.uom && first.idQualifier === each.idQualifier
    if (run !== undefined && joins && run.length < PAIRS) run.push(each)
    else runs.push([each])
  }
  return runs.map((run) =>
    segment('SDQ', run[0]?.uom, run[0]?.idQualifier, ...run.flatMap(({ id, quantity }) => [id, quantity])),
  )
}
