import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { jsonSchemas, settingsReference } from '../../src/config/index.js'
import { relationsReference } from '../../src/match/index.js'

const root = path.join(import.meta.dirname, '..', '..')

const written: Record<string, string> = {
  'docs/settings.md': settingsReference(),
  'docs/relations.md': relationsReference(),
  ...Object.fromEntries(
    Object.entries(jsonSchemas()).map(([name, schema]) => [
      `schemas/${name}.schema.json`,
      `${JSON.stringify(schema, null, 2)}\n`,
    ]),
  ),
}

/** REGENERATE=1 writes them. */
test.each(Object.entries(written))('%s is what the schemas say', (file, text) => {
  const target = path.join(root, file)
  if (process.env.REGENERATE === '1') {
    mkdirSync(path.dirname(target), { recursive: true })
    writeFileSync(target, text)
  }
  expect(existsSync(target), `${file} is missing; run with REGENERATE=1`).toBe(true)
  expect(readFileSync(target, 'utf8')).toBe(text)
})

test('the reference says what every setting means', () => {
  const rows = settingsReference()
    .split('\n')
    .filter((line) => line.startsWith('| `'))
  expect(rows.length).toBeGreaterThan(150)
  // Names of one's own and values under keys of one's own are explained by the map they are in.
  const own = /^\| `[^`]*(NAME|KEY)` /
  expect(rows.filter((row) => row.endsWith('|  |') && !own.test(row))).toEqual([])
})
