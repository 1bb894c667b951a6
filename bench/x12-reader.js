// One reader on one file, for bench/x12.js: node x12-reader.js READER FILE BUNDLES. Prints counts, seconds and memory as JSON.
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { finished } from 'node:stream/promises'

/** The main thread's own CPU time is told by Linux alone. */
const schedule = `/proc/self/task/${process.pid}/schedstat`
const mainThread = () =>
  existsSync(schedule) ? Number(readFileSync(schedule, 'utf8').split(' ')[0]) / 1e9 : Number.NaN
const begin = () => ({ at: performance.now(), main: mainThread() })

const [reader, file, bundles] = process.argv.slice(2)

const readers = {
  async segments() {
    const { SegmentScanner, fileChunks } = await import(`${bundles}/segments/stdin.js`)
    const started = begin()
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
    return { ...count, started }
  },

  /** The envelope, every set held against its guide, every document made. The file is without fault, so there is nothing to find. */
  async documents() {
    const { checkTransaction, fileChunks, loadGuide, readBatches, readDocument } = await import(
      `${bundles}/documents/stdin.js`
    )
    const started = begin()
    const guides = new Map()
    let [documents, lines] = [0, 0]
    let delimiters
    const take = (transaction, guide) => {
      const found = checkTransaction(transaction, guide, delimiters)
      const { document, findings } = readDocument(transaction)
      if (found.length + findings.length > 0) throw new Error(JSON.stringify([...found, ...findings][0]))
      documents++
      lines += document.lines.length
    }
    for await (const items of readBatches(fileChunks(file))) {
      for (const item of items) {
        if (item.kind === 'finding') throw new Error(item.finding.message)
        if (item.kind === 'interchange-open') delimiters = item.delimiters
        if (item.kind !== 'transaction') continue
        const { transaction } = item
        const { set, envelope } = transaction
        if (!guides.has(set)) guides.set(set, await loadGuide(envelope.version, set))
        take(transaction, guides.get(set))
      }
    }
    return { documents, lines, started }
  },

  async 'x12-parser'() {
    const { X12parser } = await import('x12-parser')
    const started = begin()
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
    return { segments, elements, characters, started }
  },

  async 'node-x12'() {
    const { X12Parser } = (await import('node-x12')).default
    const started = begin()
    let [segments, elements, characters] = [0, 0, 0]
    const parser = createReadStream(file).pipe(new X12Parser(false, 'utf8'))
    parser.on('data', (segment) => {
      segments++
      elements += segment.elements.length
      for (const { value } of segment.elements) characters += value.length
    })
    await finished(parser)
    return { segments, elements, characters, started }
  },

  async stedi() {
    const { metadata } = createRequire(import.meta.url)('@stedi/x12-tools')
    const started = begin()
    const { interchanges } = metadata(readFileSync(file, 'latin1'))
    const sets = interchanges.flatMap(({ functionalGroups }) =>
      functionalGroups.flatMap((group) => group.transactionSets),
    )
    return { documents: sets.length, started }
  },
}

const read = async () => {
  const { started, ...count } = await readers[reader]()
  return { count, seconds: (performance.now() - started.at) / 1000, main: mainThread() - started.main }
}

// The first file of a process pays for the engine's compiler; a night reads file after file.
const { count, seconds, main } = await read()
const { user, system } = process.cpuUsage()
const again = await read()
const peakMB = process.resourceUsage().maxRSS / 1024
process.stdout.write(
  JSON.stringify({ ...count, seconds, cpu: (user + system) / 1e6, main, secondsAgain: again.seconds, peakMB }),
)
