import { sql } from 'kysely'
import { queueOutbox } from '../../src/state/index.js'
import { openState } from '../../src/state/open-state.js'

// Queues files for the push, each in a transaction of its own, and says so when each is committed; then waits to be killed. Run by
// power-loss.test.ts. `careless`: as SQLite does it by itself.

const [folder = '', commits = '', how = ''] = process.argv.slice(2)
const state = await openState(folder)
const { database } = state
if (how === 'careless') await sql`PRAGMA synchronous = NORMAL`.execute(database)
const file = { load_id: null, endpoint: 'erp', folder: 'in', local_file: '/out/load.zip', sha256: 'aa', size: 1 }
for (let n = 1; n <= Number(commits); n += 1) {
  await database
    .transaction()
    .execute((transaction) =>
      queueOutbox(transaction, { ...file, idempotency_key: `k${n}`, name: `${n}.zip` }, '2026-11-20T02:00:00.000Z'),
    )
  process.stdout.write(`${process.pid} committed ${n}\n`)
}
// Holds on to the store: one that nobody needs any more would be collected, and closed as if the program had ended well.
setInterval(() => state.place, 1000)
