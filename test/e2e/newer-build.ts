import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const root = path.join(import.meta.dirname, '..', '..')

/** What the newer build has more than ours. */
export const newer = {
  version: '9.0.0',
  adds: '9001-builds',
  takesAway: '9002-needs-9.0.0-old-notes',
} as const

export interface Build {
  /** Its bin/run.js. */
  readonly binary: string
  remove(): void
}

/**
 * The built command again, as a newer version of it: one migration adds a table and a column, which it writes; another takes away a table
 * that ours never missed. The bundle is changed and not built again, which would take longer than the tests.
 */
export function newerBuild(): Build {
  const folder = mkdtempSync(path.join(tmpdir(), 'matchbook-newer-'))
  for (const name of readdirSync(root).filter((name) => !name.startsWith('.')))
    if (!['bin', 'dist', 'package.json'].includes(name)) symlinkSync(path.join(root, name), path.join(folder, name))
  cpSync(path.join(root, 'bin'), path.join(folder, 'bin'), { recursive: true })
  const description = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ ...description, version: newer.version }))
  mkdirSync(path.join(folder, 'dist'))
  for (const name of readdirSync(path.join(root, 'dist')).filter((name) => !/^commands\.cjs|\.map$/.test(name)))
    cpSync(path.join(root, 'dist', name), path.join(folder, 'dist', name), { recursive: true })
  const ours = readFileSync(path.join(root, 'dist', 'commands.cjs'), 'latin1')
  writeFileSync(path.join(folder, 'dist', 'commands.cjs'), changed(ours), 'latin1')
  return { binary: path.join(folder, 'bin', 'run.js'), remove: () => rmSync(folder, { recursive: true, force: true }) }
}

function changed(bundle: string): string {
  const adds = `async (db) => {
    await db.schema.createTable('old_notes').addColumn('id', 'integer', (c) => c.primaryKey()).execute()
    await db.schema.alterTable('workers').addColumn('build', 'text', (c) => c.notNull().defaultTo('')).execute()
  }`
  const takesAway = `async (db) => { await db.schema.dropTable('old_notes').execute() }`
  return [
    [
      /"0017-work": \w+/,
      (entry: string) => `${entry}, "${newer.adds}": { up: ${adds} }, "${newer.takesAway}": { up: ${takesAway} }`,
    ] as const,
    [
      /insertInto\("workers"\)\.values\(worker\)/,
      () => `insertInto("workers").values({ ...worker, build: "newer" })`,
    ] as const,
  ].reduce((text, [place, instead]) => {
    const after = text.replace(place, instead)
    if (after === text) throw new Error(`the bundle has no ${place}`)
    return after
  }, bundle)
}
