/**
 * X12 to segments and elements: our scanner beside x12-parser, each in a process of its own, on the same generated file.
 * Every element is read as a string on both sides; the numbers of segments, elements and characters must agree.
 * Usage: node bench/x12.js [megabytes]
 */
import { execFileSync } from 'node:child_process'
import { createReadStream, existsSync, mkdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { generateX12 } from './x12-data.js'

const self = fileURLToPath(import.meta.url)
const ROUNDS = 3
const folder = join(tmpdir(), 'matchbook-bench')
const ourX12 = join(folder, 'x12.mjs')

const readers = {
  async matchbook(file) {
    const { SegmentScanner, fileChunks } = await import(pathToFileURL(ourX12).href)
    const scanner = new SegmentScanner()
    const count = { segments: 0, elements: 0, characters: 0 }
    const take = () => {
      let [segments, elements, characters] = [0, 0, 0]
      for (let segment = scanner.next(); segment !== undefined; segment = scanner.next()) {
        const last = segment.elementCount
        const checked = segment.id !== 'ISA'
        segments++
        elements += last
        for (let position = 1; position <= last; position++) {
          const element = segment.element(position)
          if (checked) characters += element.length
        }
      }
      count.segments += segments
      count.elements += elements
      count.characters += characters
    }
    for await (const chunk of fileChunks(file)) {
      scanner.push(chunk)
      take()
    }
    scanner.end()
    take()
    return count
  },

  async 'x12-parser'(file) {
    const { X12parser } = await import('x12-parser')
    let [segments, elements, characters] = [0, 0, 0]
    const parser = createReadStream(file).pipe(new X12parser())
    // Events are its faster way: `for await` takes a third longer.
    parser.on('data', (segment) => {
      if (segment.name === '') return
      // It trims the padded elements of the ISA; they are counted but not compared.
      const checked = segment.name !== 'ISA'
      segments++
      for (const key in segment) {
        if (key === 'name') continue
        const element = segment[key]
        elements++
        if (checked) characters += element.length
      }
    })
    await finished(parser)
    return { segments, elements, characters }
  },
}

async function child(reader, file) {
  const started = performance.now()
  const count = await readers[reader](file)
  const seconds = (performance.now() - started) / 1000
  const { user, system } = process.cpuUsage()
  const peakMB = process.resourceUsage().maxRSS / 1024
  process.stdout.write(JSON.stringify({ ...count, seconds, cpu: (user + system) / 1e6, peakMB }))
}

export async function benchX12(megabytes = 100) {
  const { build } = await import('esbuild')
  mkdirSync(folder, { recursive: true })
  const entry = fileURLToPath(new URL('../src/formats/x12/index.ts', import.meta.url))
  await build({ entryPoints: [entry], bundle: true, platform: 'node', format: 'esm', outfile: ourX12 })
  const file = join(folder, `x12-${megabytes}.edi`)
  if (!existsSync(file) || statSync(file).size < megabytes * 1e6) generateX12(file, megabytes * 1e6)
  const size = statSync(file).size / 1e6

  // In turn, so that what else the machine does meets both; the best of each round counts.
  const runs = Array.from({ length: ROUNDS }, () => Object.keys(readers))
    .flat()
    .map((reader) => run(reader, file))
  const [ours, peer] = Object.keys(readers).map((reader) => best(runs.filter((run) => run.reader === reader)))
  for (const key of ['segments', 'elements', 'characters']) {
    if (ours[key] !== peer[key]) throw new Error(`${key} differ: ${ours[key]} and ${peer[key]}`)
  }
  const { segments, elements } = ours
  console.log(`X12 to segments and elements, ${size.toFixed(0)} MB, ${segments} segments, ${elements} elements`)
  for (const { reader, seconds, cpu, peakMB } of [ours, peer]) {
    const speed = `${(size / seconds).toFixed(0).padStart(4)} MB/s`
    console.log(
      `  ${reader.padEnd(11)} ${seconds.toFixed(2).padStart(6)} s ${speed}, ${cpu.toFixed(2).padStart(5)} CPU s, ${peakMB.toFixed(0)} MB peak`,
    )
  }
  const [byClock, byCpu] = [peer.seconds / ours.seconds, peer.cpu / ours.cpu]
  console.log(`  ${byClock.toFixed(1)} times x12-parser's speed (${byCpu.toFixed(1)} by CPU); goals: 10 times, 100 MB`)
  return { ours, peer }
}

function run(reader, file) {
  const output = execFileSync(process.execPath, [self, '--child', reader, file], { encoding: 'utf8' })
  return { reader, ...JSON.parse(output) }
}

function best(runs) {
  const [first] = runs
  const least = (key) => Math.min(...runs.map((run) => run[key]))
  return { ...first, seconds: least('seconds'), cpu: least('cpu'), peakMB: Math.max(...runs.map((run) => run.peakMB)) }
}

if (process.argv[1] === self) {
  const [mode, ...rest] = process.argv.slice(2)
  if (mode === '--child') await child(...rest)
  else await benchX12(mode === undefined ? 100 : Number(mode))
}
