/**
 * X12: our reader beside x12-parser, node-x12 (its stream) and @stedi/x12-tools, each in a process of its own, on the same generated
 * files. Every element is read as a string; the numbers of segments, elements and characters must be those of x12-parser. Each process
 * reads its file twice: once as the first file of a process, which pays for the engine's compiler, and once as a later file of a night.
 * Then ours alone on a file ten times as large.
 * Usage: node bench/x12.js [megabytes ...], by default 10 and 100, and 1000 for ours alone
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { assembly } from '../scripts/assembly.js'
import { generateX12 } from './x12-data.js'

const self = fileURLToPath(import.meta.url)
const ROUNDS = 3
const LARGE = 1000
const folder = join(tmpdir(), 'matchbook-bench')
const bundles = join(folder, 'x12')

/** What each prints, and how often its speed is to be that of x12-parser. */
const READERS = [
  { reader: 'segments', name: 'Matchbook: segments and elements', goal: 12 },
  { reader: 'documents', name: 'Matchbook: checks and documents', goal: 5 },
  { reader: 'x12-parser', name: 'x12-parser: segments and elements' },
  { reader: 'node-x12', name: 'node-x12 stream: the same' },
  { reader: 'stedi', name: '@stedi/x12-tools: metadata only' },
]
const OURS = READERS.slice(0, 2)
const MOST_MEMORY_MB = 120

export async function benchX12(sizes = [10, 100]) {
  await bundle()
  for (const megabytes of sizes) await compare(megabytes)
  await inProportion([...sizes, LARGE])
}

async function bundle() {
  const { build } = await import('esbuild')
  mkdirSync(folder, { recursive: true })
  const x12 = './src/formats/x12'
  const parts = {
    segments: `export * from '${x12}/segment-scanner.ts'; export * from '${x12}/file-chunks.ts'`,
    documents: `export * from '${x12}/index.ts'; export { readDocument } from './src/documents/index.ts'`,
  }
  for (const [name, contents] of Object.entries(parts)) {
    await build({
      stdin: { contents, resolveDir: fileURLToPath(new URL('..', import.meta.url)) },
      bundle: true,
      // Constants become the numbers they are: a loop over bytes need not look them up.
      minifySyntax: true,
      // In one file, as the build does it (scripts/build.js): a guide is then at hand without a module to load.
      splitting: false,
      platform: 'node',
      format: 'esm',
      outdir: join(bundles, name),
      banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
      loader: { '.sql': 'text' },
      plugins: [assembly],
      logLevel: 'error',
    })
  }
}

async function compare(megabytes) {
  const file = generated(megabytes)
  const size = statSync(file).size / 1e6
  // In turn, so that what else the machine does meets all; the best of each reader counts.
  const runs = Array.from({ length: ROUNDS }, () => READERS.map(({ reader }) => run(reader, file))).flat()
  const results = new Map(READERS.map(({ reader }) => [reader, best(runs.filter((run) => run.reader === reader))]))
  const [ours, peer] = [results.get('segments'), results.get('x12-parser')]
  for (const key of ['segments', 'elements', 'characters']) {
    if (ours[key] !== peer[key]) throw new Error(`${key} differ: ${ours[key]} and ${peer[key]}`)
  }
  console.log(
    `${size.toFixed(0)} MB, ${ours.segments} segments, ${ours.elements} elements; speed against x12-parser, by the clock, by CPU time and by that of the main thread`,
  )
  for (const { reader, name, goal } of READERS) {
    const { seconds, cpu, main, secondsAgain, peakMB } = results.get(reader)
    const times = `${(peer.seconds / seconds).toFixed(1)} times`.padStart(10)
    const again = `${secondsAgain.toFixed(3)} s read again: ${(peer.secondsAgain / secondsAgain).toFixed(1)} times`
    const byCpu = `${(peer.cpu / cpu).toFixed(1)} by CPU`.padStart(12)
    const byMain = `${(peer.main / main).toFixed(1)} by main thread`.padStart(20)
    const memory = `${peakMB.toFixed(0)} MB peak`.padStart(12)
    const goals = goal === undefined ? '' : `; goals: ${goal} times, ${MOST_MEMORY_MB} MB`
    console.log(
      `  ${name.padEnd(34)} ${seconds.toFixed(2).padStart(6)} s, ${cpu.toFixed(2).padStart(6)} CPU s, ${main.toFixed(3)} in the main thread,${memory},${times},${byCpu},${byMain}; ${again}${goals}`,
    )
  }
  const nodeX12 = results.get('node-x12')
  const lost = peer.elements - nodeX12.elements
  if (lost !== 0) console.log(`  node-x12 has ${lost > 0 ? 'lost' : 'made up'} ${Math.abs(lost)} elements`)
}

/** Ours alone, from small to large: the seconds of each 100 MB, and the memory. */
async function inProportion(sizes) {
  console.log('in proportion: seconds for each 100 MB')
  for (const megabytes of sizes) {
    const file = generated(megabytes)
    const size = statSync(file).size / 1e6
    const parts = OURS.map(({ reader }) => {
      const { seconds, peakMB } = run(reader, file)
      return `${reader} ${((seconds * 100) / size).toFixed(2)} s, ${peakMB.toFixed(0)} MB peak`
    })
    console.log(`  ${size.toFixed(0).padStart(5)} MB: ${parts.join('; ')}`)
    if (megabytes === LARGE) rmSync(file)
  }
}

function generated(megabytes) {
  const file = join(folder, `x12-${megabytes}.edi`)
  if (!existsSync(file) || statSync(file).size < megabytes * 1e6) generateX12(file, megabytes * 1e6)
  return file
}

function run(reader, file) {
  const child = fileURLToPath(new URL('x12-reader.js', import.meta.url))
  const output = execFileSync(process.execPath, [child, reader, file, pathToFileURL(bundles).href], {
    encoding: 'utf8',
  })
  return { reader, ...JSON.parse(output) }
}

function best(runs) {
  const [first] = runs
  const least = (key) => Math.min(...runs.map((run) => run[key]))
  return {
    ...first,
    seconds: least('seconds'),
    cpu: least('cpu'),
    main: least('main'),
    secondsAgain: least('secondsAgain'),
    peakMB: Math.max(...runs.map((run) => run.peakMB)),
  }
}

if (process.argv[1] === self) {
  const sizes = process.argv.slice(2).map(Number)
  await benchX12(sizes.length === 0 ? undefined : sizes)
}
