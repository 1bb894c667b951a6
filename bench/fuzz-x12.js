/**
 * Reads files to which anything happened: no crash, no hang, no memory growth, and what is true of any bytes (see
 * test/formats/x12/fuzz-target.ts) is true of them. An input follows from seed and number alone.
 * Usage: node bench/fuzz-x12.js [inputs] [seed]
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { assembly } from '../scripts/assembly.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const PROGRESS = 5000
/** No input takes a second; one that takes so long hangs. */
const HANGS_AFTER_MS = 120_000
/** What is kept for good, as tables and compiled code, is there before the heap is measured first. */
const MOST_GROWTH_MB = 10
/** One in so many is read whole and in chunks up to its items, which takes longer. */
const ITEMS_EVERY = 8

function corpus() {
  const folders = [join(root, 'edi-samples'), join(root, 'test/formats/x12/fuzz-found')]
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true })
      .filter((name) => name.endsWith('.edi'))
      .sort()
      .map((name) => readFileSync(join(folder, name))),
  )
  return files.filter(({ length }) => length > 0 && length < 8000)
}

async function work({ bundle, inputs, seed }) {
  const { tryBytes, tryItems, mutated } = await import(pathToFileURL(bundle).href)
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc')
  const samples = corpus()
  const memory = () => {
    collect()
    return process.memoryUsage().heapUsed / 1e6
  }
  const say = (message) => parentPort.postMessage(message)
  let bytes = 0
  for (let number = 0; number < inputs; number++) {
    if (number === Math.min(20_000, Math.floor(inputs / 4))) say({ heapAtStart: memory() })
    const input = mutated(samples, seed, number)
    bytes += input.length
    try {
      await tryBytes(input, [1 + (number % 97), 1 + ((number * 7) % 1024)])
      if (number % ITEMS_EVERY === 0) await tryItems(input, [1 + (number % 61)])
    } catch (error) {
      const file = join(tmpdir(), `matchbook-fuzz-x12-${seed}-${number}.edi`)
      writeFileSync(file, input)
      say({ failed: { number, file, error: error.stack } })
    }
    if (number % PROGRESS === 0) say({ number })
  }
  say({ heapAtEnd: memory(), bytes })
}

async function main(inputs, seed) {
  const { build } = await import('esbuild')
  const bundle = join(tmpdir(), `matchbook-fuzz-x12-${process.pid}.mjs`)
  const contents = ['fuzz-target', 'fuzz-mutator']
    .map((name) => `export * from './test/formats/x12/${name}.ts'`)
    .join('\n')
  await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: bundle,
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    loader: { '.sql': 'text' },
    plugins: [assembly],
    logLevel: 'error',
  })
  const started = performance.now()
  const seconds = () => (performance.now() - started) / 1000
  const kinds = new Set()
  const seen = { number: 0, at: performance.now(), failures: 0 }
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { bundle, inputs, seed } })
  const watch = setInterval(() => {
    if (performance.now() - seen.at < HANGS_AFTER_MS) return
    console.error(`hangs between input ${seen.number} and ${seen.number + PROGRESS} of seed ${seed}`)
    process.exit(1)
  }, 5000)
  worker.on('message', (message) => {
    Object.assign(seen, message, { at: performance.now() })
    if (message.failed === undefined) return
    seen.failures++
    const { number, file, error } = message.failed
    // The same thing found again has the same words and the same place.
    const kind = error.replace(/\d+/g, '').split('\n').slice(0, 3).join()
    if (kinds.has(kind)) return
    kinds.add(kind)
    console.error(`input ${number} of seed ${seed}, kept as ${file}\n${error}\n`)
  })
  await new Promise((resolve, reject) => worker.on('exit', resolve).on('error', reject))
  clearInterval(watch)
  rmSync(bundle)
  const heap = (value) => `${value?.toFixed(1)} MB`
  console.log(
    `X12 fuzzing, seed ${seed}: ${inputs} inputs, ${((seen.bytes ?? 0) / 1e6).toFixed(0)} MB, in ${seconds().toFixed(0)} s`,
  )
  console.log(
    `  ${Math.round(inputs / seconds())} inputs a second; heap ${heap(seen.heapAtStart)} at the start, ${heap(seen.heapAtEnd)} at the end`,
  )
  console.log(`  ${seen.failures} failures of ${kinds.size} kinds`)
  const grows = seen.heapAtEnd - seen.heapAtStart > MOST_GROWTH_MB
  if (grows) console.log(`  the heap grew by more than ${MOST_GROWTH_MB} MB: something is kept for each input`)
  process.exitCode = seen.failures === 0 && !grows ? 0 : 1
}

if (isMainThread) await main(Number(process.argv[2] ?? 1_000_000), Number(process.argv[3] ?? 20240304))
else await work(workerData)
