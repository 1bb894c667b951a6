import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual, promisify } from 'node:util'
import { generate } from './diff.generate.js'

/**
 * Keyed difference of two CSV files of 18 columns, each way in a process of its own, one after the other. Stops with an error when they do
 * not find the same. With more than 2 million rows only Matchbook runs: the others are measured at 1 million.
 *
 *   node bench/diff.js [rows, default 1000000]
 */
const run = promisify(execFile)
const here = path.dirname(fileURLToPath(import.meta.url))
const rows = Number(process.argv[2] ?? 1_000_000)
const data = path.join(here, 'data', `diff-${rows}`)
await generate(data, rows)

const folder = await mkdtemp(path.join(tmpdir(), 'matchbook-bench-'))
try {
  // All that people would call: layouts found out, records counted, differences with both values and their lines.
  const matchbook = [
    process.execPath,
    path.join(here, '..', 'bin', 'run.js'),
    'diff',
    `${data}/left.csv`,
    `${data}/right.csv`,
    '--key',
    'ITEM',
    '--json',
  ]
  const node = (script) => [process.execPath, script, data]
  // Lines that only one file has: a changed row is one on either side, and nothing tells which field it was.
  const sorted = (name) => `sort "$0/${name}.csv" > "$1/${name}"`
  const comm = `export LC_ALL=C; ${sorted('left')}; ${sorted('right')}; cd "$1"; echo "[$(comm -23 left right | wc -l), $(comm -13 left right | wc -l)]"`
  const ways = {
    Matchbook: matchbook,
    ...(rows > 2_000_000
      ? {}
      : {
          'bare DuckDB SQL': node(path.join(here, 'diff.duckdb.js')),
          'GNU sort and comm': ['bash', '-c', comm, data, folder],
          'csv-parse into a Map': node(path.join(here, 'diff.map.js')),
          'csv-parse into better-sqlite3': node(path.join(here, 'diff.sqlite.js')),
        }),
  }
  const measured = {}
  for (const [name, command] of Object.entries(ways)) measured[name] = await measure(command)

  const { left, right, outcomes, fields } = measured.Matchbook.result
  const found = {
    onlyLeft: outcomes['only-left'],
    onlyRight: outcomes['only-right'],
    changed: outcomes.changed,
    fields: Object.fromEntries(
      fields.filter(({ differs }) => differs > 0).map(({ field, differs }) => [field, differs]),
    ),
  }
  const lines = [found.changed + found.onlyLeft, found.changed + found.onlyRight]
  console.log(`keyed difference, ${left.rows} and ${right.rows} rows: ${JSON.stringify(found)}`)
  console.log('way                               wall s    CPU s  peak MB  CPU against Matchbook')
  for (const [name, { result, wall, cpu, megabytes }] of Object.entries(measured)) {
    const figures = [wall.toFixed(1), cpu.toFixed(1), megabytes.toFixed(0), (cpu / measured.Matchbook.cpu).toFixed(2)]
    console.log(name.padEnd(30) + figures.map((figure) => figure.padStart(9)).join(''))
    if (name !== 'Matchbook' && !isDeepStrictEqual(result, Array.isArray(result) ? lines : found))
      throw new Error(`${name} found something else: ${JSON.stringify(result)}`)
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}

/** CPU seconds and peak memory as the system counts them, child processes too; on a busy machine CPU is what can be compared. */
async function measure(command) {
  // Matchbook ends with 3 where files differ, which is no failure.
  const differ = (error) => (error.code === 3 ? error : Promise.reject(error))
  const { stdout, stderr } = await run('time', ['-q', '-f', '%e %U %S %M', ...command], { maxBuffer: 1 << 24 }).catch(
    differ,
  )
  const [wall, user, system, kilobytes] = stderr.trim().split('\n').at(-1).split(' ').map(Number)
  return { result: JSON.parse(stdout), wall, cpu: user + system, megabytes: kilobytes / 1024 }
}
