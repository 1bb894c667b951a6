import { writeSync } from 'node:fs'
import { queueOutbox, takeControlNumber } from '../../src/state/index.js'
import { openState } from '../../src/state/open-state.js'

/**
 * A program of its own that takes control numbers, each with an entry of the outbox in the same transaction. With `hang` it stops
 * within a transaction that has taken a number, and waits to be killed.
 */
async function main(): Promise<void> {
  const [place = '', name = '', count = '0', hang] = process.argv.slice(2)
  const state = await openState(JSON.parse(place), { busyMilliseconds: 20_000 })
  const pair = { ours: 'ZZ:US', partner: '01:PARTNER' }
  for (let n = 1; n <= Number(count); n++) {
    await state.database.transaction().execute(async (database) => {
      const control = await takeControlNumber(database, pair, 'interchange')
      const file = { endpoint: 'partner', folder: 'in', local_file: '', sha256: '', size: 0, load_id: null }
      await queueOutbox(database, { ...file, name: String(control), idempotency_key: `${name} ${n}` }, '')
      if (hang === undefined || n < Number(count)) return
      writeSync(1, 'within\n')
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
    })
  }
  await state.close()
}

void main()
