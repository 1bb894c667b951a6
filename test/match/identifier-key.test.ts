import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  gtinCheckDigit,
  hibcCheckCharacter,
  identifierKey,
  identifierTypes,
  literal,
  type SetEngine,
} from '../../src/canonical/index.js'
import { openDuckDb } from '../../src/match/engine/duckdb.js'
import words from '../../src/match/words.sql'
import fc from '../properties.js'

let engine: SetEngine
beforeAll(async () => {
  engine = await openDuckDb({ threads: 1 })
  await engine.run(words)
})
afterAll(() => engine.close())

const digits = fc.stringMatching(/^\d{7,13}$/)
const identifier = fc.oneof(
  fc.stringMatching(/^[ -~]{0,16}$/),
  digits.map((body) => body + gtinCheckDigit(body)),
  digits.map((body) => `${body.slice(0, 5)}-${body.slice(5)}${gtinCheckDigit(body)}`),
  fc.stringMatching(/^\d{3,6}-\d{2,5}-\d{1,3}$/),
  fc.stringMatching(/^[A-Z][A-Z0-9]{3}[A-Z0-9]{1,18}\d$/),
  fc
    .stringMatching(/^\+[A-Z][A-Z0-9]{3}[A-Z0-9]{1,18}\d$/)
    .chain((body) => fc.constantFrom(body, body + hibcCheckCharacter(body), `*${body}${hibcCheckCharacter(body)}*`)),
)

it('an identifier is compared alike where it is kept and where the rules look for it', async () => {
  const asked = fc.sample(fc.tuple(fc.constantFrom('', ...identifierTypes), identifier), { numRuns: 2000, seed: 5 })
  const values = asked.map(([type, id], n) => `(${n}, ${literal(type)}, ${literal(id)})`).join(', ')
  const rows = await engine.rows<{ key: string }>(
    `SELECT id_key(type, id) AS key FROM (VALUES ${values}) AS t(n, type, id) ORDER BY n`,
  )
  const said = asked.map(([type, id], n) => [type, id, rows[n]?.key])
  expect(said).toEqual(asked.map(([type, id]) => [type, id, identifierKey(type, id)]))
})
