import { expect, test } from 'vitest'
import { applyUnitAliases } from '../../src/app/check/check-contracts.js'
import { type UnitNames, unitOf } from '../../src/app/document-relations/unit-name.js'
import { createRelations } from '../../src/canonical/index.js'
import type { Workspace } from '../../src/config/index.js'
import { openDuckDb } from '../../src/match/engine/duckdb.js'

const written = ['ea', 'EA', 'case', 'CASE', 'cs', 'CS', 'Bx', 'pl']

test.each<[string, UnitNames, string[]]>([
  ['nothing is said', {}, written],
  [
    'aliases alone',
    { aliases: { CASE: 'CS', ea: 'EA', CS: 'CA' } },
    ['EA', 'EA', 'case', 'CS', 'cs', 'CA', 'Bx', 'pl'],
  ],
  ['small letters are capitals', { capitals: true }, ['EA', 'EA', 'CASE', 'CASE', 'CS', 'CS', 'BX', 'PL']],
  [
    'both: an alias of the small letters goes before that of the capitals, and none is followed by another',
    { capitals: true, aliases: { CASE: 'CS', CS: 'CA', pl: 'PF' } },
    ['EA', 'EA', 'CS', 'CS', 'CA', 'CA', 'BX', 'PF'],
  ],
])('units in documents and extracts are read alike: %s', async (_, names, meant) => {
  expect(written.map((unit) => unitOf(unit, names))).toEqual(meant)
  const engine = await openDuckDb({ threads: 1 })
  try {
    await engine.run(createRelations())
    await engine.run(
      `INSERT INTO item_uom (item, uom, factor) VALUES ${written.map((unit, n) => `('${n}', '${unit}', 1)`).join(', ')}`,
    )
    const units = { aliases: {}, conversions: [], capitals: false, ...names }
    await applyUnitAliases(engine, { settings: { units } } as unknown as Workspace)
    const rows = await engine.rows<{ uom: string }>('SELECT uom FROM item_uom ORDER BY item')
    expect(rows.map(({ uom }) => uom)).toEqual(meant)
  } finally {
    await engine.close()
  }
})
