import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listFaults } from '../../src/app/simulate/simulate.js'
import { seeded } from '../../src/simulate/prng.js'
import { SimulatedNight, untied } from './simulated-night.js'

const jobs = ['po-acknowledgment', 'receipt-to-invoice']
const others = ['charge-capture', 'contract-price-sync', 'gl-posting', 'item-master-sync', 'labor-to-ledger']
const more = [...others, 'requisition-to-pay', 'usage-to-replenishment', 'vendor-master-sync']
/** Faults of the files themselves name the files; which of two copies comes first is what is changed here. */
const ofFiles = [
  ...['segment-count', 'transmission-cut-off', 'unknown-sender', 'test-in-production', 'file-sent-again'],
  ...['element-unreadable', 'set-nobody-reads', 'control-number-again', 'no-x12', 'file-empty'],
  ...['extract-count', 'extract-cut-off', 'extract-without-column', 'column-unannounced'],
]
const request = {
  seed: 6,
  lines: 60,
  jobs,
  faults: ['all=0.02', ...ofFiles.map((name) => `${name}=0`)],
}

const nights: SimulatedNight[] = []
async function made(of: readonly string[] = jobs, layout: 'both' | 'lawson' = 'both'): Promise<SimulatedNight> {
  const night = new SimulatedNight()
  nights.push(night)
  const known = new Set(listFaults(of).map(({ name }) => name))
  const faults = request.faults.filter((wish) => wish === 'all=0.02' || known.has(wish.replace(/=0$/, '')))
  await night.make({ ...request, layout, jobs: of, faults })
  return night
}
afterAll(() => {
  for (const night of nights) night.remove()
})

/** What people see in the end: every open exception with its money. */
async function endState(
  night: SimulatedNight,
  runs: Awaited<ReturnType<SimulatedNight['run']>>,
  of: readonly string[] = jobs,
) {
  expect(runs.flatMap(untied)).toEqual([])
  const found = await night.found(of)
  return found.map(({ job, code, keys, amountAtRisk }) => JSON.stringify([job, code, keys, amountAtRisk.amount])).sort()
}

let plain: readonly string[]
let first: SimulatedNight
beforeAll(async () => {
  first = await made()
  plain = await endState(first, await first.run())
}, 240_000)

const random = seeded(99)
const shuffled = <T>(values: readonly T[]): T[] => random.sample(values, values.length)

const drops = (night: SimulatedNight): string[] =>
  readdirSync(night.path('drops'), { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.(edi|txt|csv)$/.test(file))
    .sort()

const edit = (night: SimulatedNight, file: string, change: (lines: string[]) => string[]): void => {
  const target = night.path(`drops/${file}`)
  const text = readFileSync(target, 'latin1')
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  writeFileSync(target, change(text.split(newline).slice(0, -1)).join(newline) + newline, 'latin1')
}

/** A record as cells, and back: neither layout has a delimiter within a value here. */
const split = (line: string): string[] => (line.startsWith('"') ? line.slice(1, -1).split('","') : line.split('|'))
const joined = (cells: readonly string[], like: string): string =>
  like.startsWith('"') ? `"${cells.join('","')}"` : cells.join('|')
const tenfold = (number: string | undefined): string => (number ? String(Number(number) * 10) : '')

/** Both item masters: item, description, base unit, then unit, base units in it and bar code of two packs. Notes whose base unit was EA. */
function scaledItems(line: string, inEach: Set<string>): string {
  const cells = split(line)
  if (cells[2] !== 'EA') return line
  inEach.add((cells[0] ?? '').replace(/^0+/, ''))
  return joined(cells.with(2, 'E1').with(4, tenfold(cells[4])).with(7, tenfold(cells[7])), line)
}

/** What the PO itself says of base units in its unit. */
function scaledOrder(line: string, inEach: ReadonlySet<string>): string {
  const cells = split(line)
  const [item, factor] = line.startsWith('"') ? [6, 16] : [6, 18]
  return inEach.has(cells[item] ?? '') ? joined(cells.with(factor, tenfold(cells[factor])), line) : line
}

const hasHeader = (file: string): boolean => !file.includes('/peoplesoft/')

/** Names of columns stay the first, and what counts the records the last. */
function shuffleRows(night: SimulatedNight): void {
  for (const file of drops(night).filter((name) => !name.endsWith('.edi')))
    edit(night, file, (lines) => {
      const head = hasHeader(file) ? lines.slice(0, 1) : []
      return [...head, ...shuffled(lines.slice(head.length, -1)), ...lines.slice(-1)]
    })
}

describe('a simulated night', { timeout: 240_000 }, () => {
  it('has exceptions to compare', () => {
    expect(plain.length).toBeGreaterThan(80)
  })

  it('comes to the same whatever the order of rows and of files', async () => {
    const night = await made()
    shuffleRows(night)
    // The files of a supplier under one another's names: the last is taken first.
    const x12 = drops(night).filter((name) => name.endsWith('.edi'))
    const kindOf = (file: string): string => file.replace(/\d+\.edi$/, '')
    for (const kind of new Set(x12.map(kindOf))) {
      const files = x12.filter((file) => kindOf(file) === kind)
      const texts = files.map((file) => readFileSync(night.path(`drops/${file}`)))
      for (const [index, file] of files.entries())
        writeFileSync(night.path(`drops/${file}`), texts.at(-1 - index) ?? Buffer.alloc(0))
    }
    expect(await endState(night, await night.run())).toEqual(plain)
  })

  it('comes to the same in two parts as in one', async () => {
    const night = await made()
    const late = drops(night).filter((file, index) => file.endsWith('.edi') && index % 2 === 0)
    mkdirSync(night.path('late'))
    for (const [index, file] of late.entries()) renameSync(night.path(`drops/${file}`), night.path(`late/${index}`))
    expect((await night.run()).flatMap(untied)).toEqual([])
    for (const [index, file] of late.entries()) renameSync(night.path(`late/${index}`), night.path(`drops/${file}`))
    expect(await endState(night, await night.run())).toEqual(plain)
  })

  it('changes nothing when it is run again', async () => {
    const again = await first.run()
    expect(again.map(({ exceptions: { raised, reopened, healed } }) => [raised, reopened, healed])).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ])
    expect(again.flatMap(({ loads }) => loads)).toEqual([])
    expect(await endState(first, again)).toEqual(plain)
  })

  it('comes to the same in a base unit ten times smaller, with every pack ten times larger', async () => {
    const night = await made()
    const inEach = new Set<string>()
    for (const file of drops(night).filter((name) => /ITEMMAST|MASTER_ITEM/.test(name)))
      edit(night, file, (lines) => lines.map((line) => scaledItems(line, inEach)))
    for (const file of drops(night).filter((name) => /POLINE_|PO_LINE_DISTRIB/.test(name)))
      edit(night, file, (lines) => lines.map((line) => scaledOrder(line, inEach)))
    const settings = night.path('matchbook.yaml')
    const conversions =
      'conversions:\n    - { from: EA, to: E1, factor: "10" }\n    - { from: DZ, to: E1, factor: "120" }'
    writeFileSync(settings, readFileSync(settings, 'utf8').replace('conversions:', conversions))
    expect(inEach.size).toBeGreaterThan(100)
    expect(await endState(night, await night.run())).toEqual(plain)
  })
})

describe('a simulated night of masters, care and ledger', { timeout: 480_000 }, () => {
  it('comes to the same whatever the order of rows, and changes nothing when it is run again', async () => {
    const night = await made(more, 'lawson')
    const told = await endState(night, await night.run(), more)
    expect(new Set(told.map((one) => JSON.parse(one)[0])).size).toBe(more.length)
    const again = await night.run()
    expect(again.map(({ job, exceptions: { raised, reopened, healed } }) => [job, raised, reopened, healed])).toEqual(
      again.map(({ job }) => [job, 0, 0, 0]),
    )
    expect(again.flatMap(({ loads }) => loads)).toEqual([])
    const otherwise = await made(more, 'lawson')
    shuffleRows(otherwise)
    expect(await endState(otherwise, await otherwise.run(), more)).toEqual(told)
  })
})
