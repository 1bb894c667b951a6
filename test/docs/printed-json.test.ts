import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { printedJson } from './printed-json.js'

const root = path.join(import.meta.dirname, '..', '..')
const folder = path.join(root, 'schemas', 'output')

/** REGENERATE=1 writes them. */
it('what each command prints with --json is published as a schema, as its types say', () => {
  const { commands } = JSON.parse(readFileSync(path.join(root, 'oclif.manifest.json'), 'utf8')) as {
    commands: Record<string, object>
  }
  const wanted = Object.entries(printedJson(Object.keys(commands).sort())).map(
    ([name, schema]) => [`${name}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`] as const,
  )
  if (process.env.REGENERATE === '1') {
    mkdirSync(folder, { recursive: true })
    for (const [file, text] of wanted) writeFileSync(path.join(folder, file), text)
  }
  const unsaid = wanted.filter(([, text]) => !/"(type|anyOf|\$ref)"/.test(text)).map(([file]) => file)
  expect(unsaid, 'say what run gives back: unknown is no shape').toEqual([])
  expect(readdirSync(folder).sort()).toEqual(wanted.map(([file]) => file).sort())
  for (const [file, text] of wanted) expect(readFileSync(path.join(folder, file), 'utf8'), file).toBe(text)
}, 120_000)
