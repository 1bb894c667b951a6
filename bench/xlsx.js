import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import JSZip from 'jszip'

/**
 * Exceptions to a workbook: Matchbook's as a night writes it, and the same rows by plain exceljs and Python's XlsxWriter, each in a process
 * of its own, one after the other. Stops with an error when a file does not hold every row.
 *
 *   node bench/xlsx.js [exceptions, default 100000]
 */
const run = promisify(execFile)
const here = path.dirname(fileURLToPath(import.meta.url))
const count = Number(process.argv[2] ?? 100_000)
const folder = await mkdtemp(path.join(tmpdir(), 'matchbook-bench-'))
try {
  const ours = path.join(folder, 'xlsx.ours.mjs')
  await build({
    entryPoints: [path.join(here, 'xlsx.ours.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    outfile: ours,
    logLevel: 'error',
  })
  await symlink(path.join(here, '..', 'node_modules'), path.join(folder, 'node_modules'))
  const exceljs = path.join(here, 'xlsx.exceljs.js')
  const python = path.join(here, 'xlsx.xlsxwriter.py')
  const hasXlsxWriter = await run('python3', ['-c', 'import xlsxwriter']).then(
    () => true,
    () => false,
  )
  if (!hasXlsxWriter) console.log('XlsxWriter is not installed (pip install XlsxWriter): left out')
  const writers = [
    ['matchbook, with evidence', process.execPath, [ours], 'evidence', 3 * count],
    ['matchbook', process.execPath, [ours], 'plain', count],
    ['exceljs, streaming', process.execPath, [exceljs], 'stream', count],
    ['exceljs, in memory', process.execPath, ['--max-old-space-size=8192', exceljs], 'memory', count],
    ...(hasXlsxWriter
      ? [
          ['XlsxWriter, constant memory', 'python3', [python], 'constant', count],
          ['XlsxWriter', 'python3', [python], 'memory', count],
        ]
      : []),
  ]
  for (const [name, program, script, way, rows] of writers) {
    const file = path.join(folder, 'out.xlsx')
    await rm(file, { force: true })
    const { stdout } = await run(program, [...script, file, String(count), way], { maxBuffer: 1 << 24 })
    const { seconds, cpu, rss } = JSON.parse(stdout)
    const found = await rowsOf(file)
    if (found < rows) throw new Error(`${name} wrote ${found} rows of ${rows}`)
    const megabytes = (await stat(file)).size / 1e6
    console.log(
      `${name.padEnd(28)} ${seconds.toFixed(1).padStart(7)} s ${cpu.toFixed(1).padStart(7)} CPU s ${rss.toFixed(0).padStart(6)} MB   ` +
        `${found} rows, ${megabytes.toFixed(1)} MB`,
    )
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}

/** Rows on all sheets, those of headers too. */
async function rowsOf(file) {
  const zip = await JSZip.loadAsync(await readFile(file))
  let rows = 0
  for (const entry of Object.values(zip.files)) {
    if (!/^xl\/worksheets\/sheet\d+\.xml$/.test(entry.name)) continue
    let rest = ''
    await new Promise((resolve, reject) => {
      entry
        .nodeStream()
        .on('data', (chunk) => {
          const pieces = `${rest}${chunk.toString('latin1')}`.split('</row>')
          rows += pieces.length - 1
          rest = pieces.at(-1).slice(-5)
        })
        .on('end', resolve)
        .on('error', reject)
    })
  }
  return rows
}
