import { execFile } from 'node:child_process'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual, promisify } from 'node:util'
import { build } from 'esbuild'
import { generate } from './acknowledgment.generate.js'

/**
 * PO lines against their acknowledgments, from CSV to findings: Matchbook and bare DuckDB SQL, each in a process of its own, one after
 * the other. Stops with an error when they do not find the same.
 *
 *   node bench/acknowledgment.js [PO lines, default 1000000]
 */
const run = promisify(execFile)
const here = path.dirname(fileURLToPath(import.meta.url))
const lines = Number(process.argv[2] ?? 1_000_000)
const data = path.join(here, 'data', `acknowledgment-1-${lines}`)
await generate(data, lines)

const folder = await mkdtemp(path.join(tmpdir(), 'matchbook-bench-'))
try {
  const ours = path.join(folder, 'acknowledgment.ours.mjs')
  await build({
    entryPoints: [path.join(here, 'acknowledgment.ours.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    loader: { '.sql': 'text' },
    outfile: ours,
    logLevel: 'error',
  })
  await symlink(path.join(here, '..', 'node_modules'), path.join(folder, 'node_modules'))
  const measure = async (script) =>
    JSON.parse((await run(process.execPath, [script, data], { maxBuffer: 1 << 24 })).stdout)
  const matchbook = await measure(ours)
  const bare = await measure(path.join(here, 'acknowledgment.duckdb.js'))

  console.log(`acknowledgments, ${lines} PO lines: ${JSON.stringify(matchbook.result)}`)
  for (const [name, { seconds, cpu, rss }] of Object.entries({ matchbook, 'bare DuckDB SQL': bare }))
    console.log(
      `${name.padEnd(28)} ${seconds.toFixed(1).padStart(7)} s ${cpu.toFixed(1).padStart(7)} CPU s ${rss.toFixed(0).padStart(6)} MB   ` +
        `${(matchbook.cpu / cpu).toFixed(2).padStart(6)} x CPU of ours to it`,
    )
  if (!isDeepStrictEqual(bare.result, matchbook.result))
    throw new Error(`bare DuckDB SQL found something else: ${JSON.stringify(bare.result)}`)
} finally {
  await rm(folder, { recursive: true, force: true })
}
