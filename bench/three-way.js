import { execFile } from 'node:child_process'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual, promisify } from 'node:util'
import { build } from 'esbuild'
import { assembly } from '../scripts/assembly.js'
import { generate } from './three-way.generate.js'

/**
 * Three-way match from the ERP's extracts and an EDI translator's files (three-way.generate.js) to findings: Matchbook, bare DuckDB SQL,
 * csv-parse with better-sqlite3, each in a process of its own, one after the other. Stops with an error when they do not find the same.
 *
 *   node bench/three-way.js [PO lines, default 1000000]
 */
const run = promisify(execFile)
const here = path.dirname(fileURLToPath(import.meta.url))
const lines = Number(process.argv[2] ?? 1_000_000)
const data = path.join(here, 'data', `three-way-4-${lines}`)
await generate(data, lines)

const folder = await mkdtemp(path.join(tmpdir(), 'matchbook-bench-'))
try {
  const ours = path.join(folder, 'three-way.ours.mjs')
  await build({
    entryPoints: [path.join(here, 'three-way.ours.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    loader: { '.sql': 'text' },
    plugins: [assembly],
    outfile: ours,
    logLevel: 'error',
  })
  await symlink(path.join(here, '..', 'node_modules'), path.join(folder, 'node_modules'))

  const measure = async (script) =>
    JSON.parse((await run(process.execPath, [script, data], { maxBuffer: 1 << 24, cwd: path.join(here, '..') })).stdout)
  const matchbook = await measure(ours)
  const bare = await measure(path.join(here, 'three-way.duckdb.js'))
  const sqlite = await measure(path.join(here, 'three-way.sqlite.js'))

  console.log(`three-way match, ${lines} PO lines: ${JSON.stringify(matchbook.result)}`)
  for (const [name, { seconds, cpu, rss }] of Object.entries({
    matchbook,
    'bare DuckDB SQL': bare,
    'csv-parse + better-sqlite3': sqlite,
  }))
    console.log(
      `${name.padEnd(28)} ${seconds.toFixed(1).padStart(7)} s ${cpu.toFixed(1).padStart(7)} CPU s ${rss.toFixed(0).padStart(6)} MB   ` +
        `${(seconds / matchbook.seconds).toFixed(2).padStart(6)} x ours`,
    )
  for (const [name, { result }] of Object.entries({ 'bare DuckDB SQL': bare, 'csv-parse + better-sqlite3': sqlite }))
    if (!isDeepStrictEqual(result, matchbook.result))
      throw new Error(`${name} found something else: ${JSON.stringify(result)}`)
} finally {
  await rm(folder, { recursive: true, force: true })
}
