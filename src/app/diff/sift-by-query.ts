import { fillSieve, sift } from '../../match/index.js'
import {
  type Both,
  both,
  type InputSide,
  type Place,
  type ReadInputs,
  type Rows,
  rowsOfRecords,
  type StagedInput,
  stageInput,
  type WhatToCompare,
} from './read-input.js'

/** Reads both files down to hashes made by the set engine, which can hash any text that a contract makes of a column. */
export async function siftByQuery(
  places: Both<Place>,
  what: WhatToCompare,
  sides: Both<InputSide>,
): Promise<ReadInputs> {
  const read = await both((side) => stageSieve(places[side], what, sides[side]))
  const numbered = ({ staged }: StagedInput): string => (staged.straight ? 'rowid + 1' : 'record')
  const alike = await sift(places.left.engine, { left: numbered(read.left), right: numbered(read.right) })
  const rows = await both((side) => siftedRows(places[side], sides[side], read[side]))
  return { inputs: read, rows, alike }
}

/** Only a key and a hash of each record are kept, where the file lets us. */
async function stageSieve(place: Place, what: WhatToCompare, input: InputSide): Promise<StagedInput> {
  const { engine, side } = place
  const read = await stageInput(place, input, {
    load: (source) => fillSieve(engine, what, side, source()),
    undo: () => engine.run(`DROP TABLE IF EXISTS sieve_${side}`),
  })
  const { straight, source, record } = read.staged
  if (!straight) await fillSieve(engine, what, side, source, record)
  return read
}

async function siftedRows(place: Place, input: InputSide, { staged }: StagedInput): Promise<Rows> {
  const { engine, side } = place
  if (!staged.straight)
    return {
      from: `(SELECT *, ${staged.record} AS at_record FROM ${staged.source}) AS row SEMI JOIN sifted_${side} AS sifted ON row.at_record = sifted.record`,
      record: 'row.at_record',
    }
  const wanted: number[] = []
  for await (const batch of engine.batches<{ record: number }>(`SELECT record FROM sifted_${side} ORDER BY rowid`))
    for (const { record } of batch) wanted.push(record)
  return rowsOfRecords(place, input, wanted)
}
