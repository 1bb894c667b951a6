import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DecimalText, decimal, sumOf } from '../../src/canonical/index.js'
import { type NightTruth, simulateNight } from '../../src/simulate/index.js'

const asOf = '2026-11-20'

/** Every code a first night must show. */
const codes = [
  ...['FILE-DUPLICATE', 'FILE-TRUNCATED', 'X12-ENVELOPE', 'X12-PARTNER'],
  ...['DATA-TYPE', 'DATA-REQUIRED', 'DATA-KEY-DUPLICATE', 'DATA-COLUMN-NEW'],
  ...['INV-DUPLICATE', 'INV-DUPLICATE-SUSPECT', 'INV-UNKNOWN-PO', 'INV-PO-STATUS', 'INV-SUPPLIER', 'INV-NOT-ON-PO'],
  ...[
    'INV-AMBIGUOUS',
    'INV-PRICE',
    'INV-QTY-ORDERED',
    'INV-QTY-RECEIVED',
    'INV-NO-RECEIPT',
    'INV-EXTENDED',
    'INV-TOTAL',
  ],
  ...['INV-UOM', 'INV-FREIGHT', 'INV-TAX', 'INV-TERMS', 'INV-CREDIT', 'INV-SUBSTITUTE', 'INV-BILL-ONLY'],
  ...['PRICE-CONTRACT', 'GRNI-AGED'],
].sort()

let folder: string
let truth: NightTruth
const lay = (name: string, seed: number): Promise<NightTruth> =>
  simulateNight({ seed, asOf, folder: join(folder, name) })
const read = (path: string): Promise<Buffer> => readFile(join(folder, 'first', path))

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matchbook-simulate-'))
  truth = await lay('first', 7)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('A simulated night', () => {
  test('has at least 2,400 PO lines and 440 invoices of three suppliers, most of them clean', () => {
    expect(truth.rows.po_line).toBeGreaterThanOrEqual(2400)
    expect(truth.invoices.length).toBeGreaterThanOrEqual(440)
    expect(new Set(truth.invoices.map(({ partner }) => partner)).size).toBe(3)
    expect(truth.counts.clean / truth.invoices.length).toBeGreaterThan(0.75)
    expect(truth.counts.clean / truth.invoices.length).toBeLessThan(0.85)
    expect(truth.counts.waiting).toBe(10)
    expect(truth.counts.refused).toBe(4)
  })

  test('plants every code at least once, and nothing else', () => {
    expect([...new Set(truth.expected.map(({ code }) => code))].sort()).toEqual(codes)
    const known = truth.expected.map(({ code, keys }) => JSON.stringify([code, keys]))
    expect(new Set(known).size, 'two expected exceptions with the same keys').toBe(known.length)
  })

  test('expects something of every held invoice, and nothing of the others', () => {
    // Other terms than agreed are told and hold nothing.
    const holding = truth.expected.filter(({ code }) => code !== 'INV-TERMS')
    const questioned = new Set(holding.flatMap(({ keys }) => (keys.invoice === undefined ? [] : [keys.invoice])))
    for (const { invoice, fate } of truth.invoices) {
      // The first copy of an invoice sent twice is in order.
      const twice = truth.invoices.filter((other) => other.invoice === invoice).length > 1
      if (!twice) expect(questioned.has(invoice), `${invoice} ${fate}`).toBe(fate === 'held' || fate === 'duplicate')
    }
    expect(questioned.size).toBe(truth.counts.held + truth.counts.duplicate)
  })

  test('is the same bytes for the same seed, and others for another', async () => {
    const hashes = ({ files }: NightTruth): string[] => files.map(({ path, sha256 }) => `${path} ${sha256}`)
    const again = await lay('again', 7)
    expect(again).toEqual(truth)
    const other = await lay('other', 8)
    expect(other.files.map(({ path }) => path)).toEqual(truth.files.map(({ path }) => path))
    expect(hashes(other).filter((hash) => hashes(truth).includes(hash))).toHaveLength(2) // both vendor masters
    expect([...new Set(other.expected.map(({ code }) => code))].sort()).toEqual(codes)
  })

  test('adds up: amounts by fate are the sums of the invoices', () => {
    for (const fate of ['clean', 'held', 'waiting', 'duplicate', 'refused'] as const) {
      const invoices = truth.invoices.filter((invoice) => invoice.fate === fate)
      expect(invoices).toHaveLength(truth.counts[fate])
      const sum = sumOf(invoices.map(({ credit, total }) => (credit ? (`-${total}` as DecimalText) : total)))
      expect(truth.amounts[fate]).toBe(sum)
    }
  })

  test('holds the same bytes under two names once', async () => {
    const doubled = truth.files.filter(({ sha256 }) => truth.files.filter((file) => file.sha256 === sha256).length > 1)
    expect(doubled).toHaveLength(2)
    expect(truth.expected.find(({ code }) => code === 'FILE-DUPLICATE')?.keys.file).toBe(
      doubled[1]?.path.split('/').at(-1),
    )
  })
})

/** Segments of every interchange in a file, read by the delimiters its own ISA declares. */
function interchanges(bytes: Buffer): string[][][] {
  const found: string[][][] = []
  let text = bytes.toString('utf8')
  while (text.startsWith('ISA')) {
    const [element, terminator] = [text.charAt(3), text.charAt(105)]
    const end = text.indexOf(`${terminator === '\n' ? '\n' : terminator}`, text.search(/IEA[*|]/))
    found.push(
      text
        .slice(0, end)
        .split(terminator)
        .map((segment) => segment.trimStart().split(element)),
    )
    text = text.slice(end + 1).trimStart()
  }
  return found
}

describe('The X12 of a simulated night', () => {
  const x12 = () => truth.files.filter(({ path }) => path.endsWith('.edi'))
  const faulty = () =>
    new Set(
      truth.expected
        .filter(({ code }) => code === 'FILE-TRUNCATED' || code === 'X12-ENVELOPE')
        .map(({ keys }) => keys.file),
    )

  test('uses several delimiters, line ends and interchanges in a file', async () => {
    const styles = new Set<string>()
    let several = 0
    for (const { path } of x12()) {
      const bytes = await read(path)
      const text = bytes.toString('utf8')
      if (interchanges(bytes).length > 1) several++
      styles.add(text.charAt(3) + text.charAt(105) + text.charAt(106).replace(/[A-Z]/, ''))
    }
    expect([...styles].sort()).toEqual(['*~', '*~\n', '|~\r'])
    expect(several).toBe(4)
  })

  test('counts its segments, and totals its invoices as the truth says', async () => {
    const totals = new Map(truth.invoices.map(({ invoice, total }) => [invoice, total]))
    let invoices = 0
    for (const { path } of x12().filter((file) => !faulty().has(file.path.split('/').at(-1)))) {
      const segments = interchanges(await read(path)).flat()
      for (const [index, [id, count]] of segments.entries()) {
        if (id !== 'SE') continue
        const begin = segments.slice(0, index).findLastIndex((segment) => segment[0] === 'ST')
        expect(count, `${path} segment ${index}`).toBe(String(index - begin + 1))
        const transaction = segments.slice(begin, index)
        const number = transaction.find((segment) => segment[0] === 'BIG')?.[2]
        if (number === undefined) continue
        invoices++
        const cents = transaction.find((segment) => segment[0] === 'TDS')?.[1] ?? ''
        expect(decimal(`${cents.slice(0, -2)}.${cents.slice(-2)}`)).toBe(totals.get(number))
      }
    }
    expect(invoices).toBeGreaterThan(400)
  })

  test('has one transaction set whose SE01 is wrong among good ones, and one file that breaks off', async () => {
    const wrong = truth.expected.find(({ code }) => code === 'X12-ENVELOPE')?.keys.file
    const file = truth.files.find(({ path }) => path.endsWith(wrong ?? 'none'))
    const segments = interchanges(await read(file?.path ?? '')).flat()
    const miscounted = segments.filter(([id, count], index) => {
      const begin = segments.slice(0, index).findLastIndex((segment) => segment[0] === 'ST')
      return id === 'SE' && count !== String(index - begin + 1)
    })
    expect(miscounted).toHaveLength(1)
    expect(segments.filter(([id]) => id === 'SE').length).toBeGreaterThan(10)
    const cut = truth.expected.find(({ code }) => code === 'FILE-TRUNCATED')?.keys.file
    const torn = truth.files.find(({ path }) => path.endsWith(cut ?? 'none'))
    expect((await read(torn?.path ?? '')).toString('utf8')).not.toMatch(/^(SE|GE|IEA)[*|]/m)
  })
})
