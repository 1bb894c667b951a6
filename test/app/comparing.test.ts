import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareExceptions } from '../../src/app/comparing/compare-exceptions.js'
import { compareSettings } from '../../src/app/comparing/compare-settings.js'
import { compareTwoRuns } from '../../src/app/comparing/compare-two-runs.js'
import { totalsOf } from '../../src/app/comparing/run-totals.js'
import type { ComparableRun, StoredException } from '../../src/state/index.js'
import { edit, smallNight } from './small-night.js'
import { invoices, type X12Workspace } from './x12-workspace.js'

describe('two workspaces that ran side by side', () => {
  let [old, fresh]: X12Workspace[] = []
  beforeAll(async () => {
    old = await smallNight()
    fresh = await smallNight()
    old.put('first.810', invoices(101))
    fresh.put('first.810', invoices(101))
    fresh.put('second.810', invoices(202))
    edit(fresh, 'matchbook.yaml', (yaml) =>
      yaml.replace(`over: { percent: "1", absolute`, `over: { percent: "3", absolute`),
    )
    await old.run()
    await fresh.run()
  })
  afterAll(() => {
    old?.remove()
    fresh?.remove()
  })
  const compared = (output?: string) =>
    compareTwoRuns({
      workspace: old?.folder,
      left: 'receipt-to-invoice',
      right: undefined,
      other: fresh?.folder,
      output,
    })

  it('are compared by what they read, judged and were judged by, wherever they lie', async () => {
    const comparison = await compared()
    expect(comparison.files).toEqual({ left: [], right: ['second.810'], both: 1 })
    expect(comparison.settings).toEqual([{ name: 'matchbook.yaml', headings: ['tolerances'] }])
    expect(comparison.totals).toContainEqual({ what: 'files taken', left: '1', right: '2', difference: '1' })
    expect(comparison.alike).toBe(false)
  })

  it('can have every difference written to a file', async () => {
    const file = path.join(old?.folder ?? '', 'differences.csv')
    const { differences } = await compared(file)
    const lines = readFileSync(file, 'utf8').trim().split('\n')
    expect(lines[0]).toBe('kind,where,subject,left,right,amount,because')
    expect(lines).toHaveLength(differences.length + 1)
  })

  it('are refused where there is nothing to compare', async () => {
    const request = { workspace: old?.folder, right: undefined, other: undefined, output: undefined }
    await expect(compareTwoRuns({ ...request, left: 'gl-posting' })).rejects.toMatchObject({ code: 'RUN-UNKNOWN' })
    await expect(compareTwoRuns({ ...request, left: 'receipt-to-invoice' })).rejects.toMatchObject({ code: 'USAGE' })
  })
})

const exception = (change: Partial<StoredException>): StoredException =>
  ({
    fingerprint: String(change.code),
    status: 'new',
    queue: 'finance',
    severity: 'error',
    keys: { invoice: '7', invoiceLine: '1', supplier: '10432' },
    amountAtRisk: '10',
    currency: 'USD',
    values: { price: '2' },
    evidence: [{ file: 'a.810', sha256: 'aa' }],
    decision: null,
    ...change,
  }) as StoredException
const side = (exceptions: readonly StoredException[], change: Partial<ComparableRun> = {}): ComparableRun =>
  ({
    isLast: true,
    exceptions,
    files: [{ name: 'a.810', sha256: 'aa' }],
    documents: new Set(['7']),
    ...change,
  }) as ComparableRun

describe('why an exception waits on one side alone', () => {
  const price = exception({ code: 'INV-PRICE' })
  const other = [{ name: 'matchbook.yaml', headings: ['tolerances'] }]
  const because = (right: ComparableRun, settings: Parameters<typeof compareExceptions>[2] = []) =>
    compareExceptions(side([price]), right, settings).differences.find(({ where }) => where === 'left')?.because

  it.each([
    ['it is decided there', side([{ ...price, status: 'decided' }]), [], 'there it is decided'],
    ['its file is missing there', side([], { files: [] }), [], 'a.810 has not come there'],
    ['its invoice is not read there', side([], { documents: new Set() }), [], 'invoice 7 is not read there'],
    ['the line is judged otherwise', side([exception({ code: 'INV-EXTENDED' })]), other, 'there it is INV-EXTENDED'],
    ['settings differ', side([]), other, 'the same data by other settings: matchbook.yaml (tolerances)'],
    ['nothing tells', side([]), [], 'not known: files, documents and settings are the same'],
    ['settings were not kept', side([]), null, 'not known: one side kept no settings'],
  ] as const)('%s', (_, right, settings, expected) => {
    expect(because(right, settings)).toBe(expected)
  })

  it('and in what it differs where it waits on both', () => {
    const right = side([{ ...price, queue: 'contracts', values: { price: '3' } }])
    const { same, differences } = compareExceptions(side([price]), right, [])
    expect(same).toBe(0)
    expect(differences[0]).toMatchObject({ where: 'both', because: 'another queue; price 2 against 3' })
  })
})

describe('settings', () => {
  const text = (settings: object) => ({ name: 'jobs/a.yaml', sha256: '', text: JSON.stringify(settings) })
  it('that only say where things lie are no difference', () => {
    const left = text({ title: 'A', inputs: { x: { contract: 'c', from: [{ endpoint: 'old' }] } } })
    const right = text({ title: 'A', inputs: { x: { contract: 'c', from: [{ endpoint: 'new' }] } } })
    expect(compareSettings([left], [right])).toEqual([])
    expect(compareSettings([left], [text({ title: 'B' })])).toEqual([
      { name: 'jobs/a.yaml', headings: ['title', 'inputs'] },
    ])
    expect(compareSettings([], [right])).toBeNull()
  })
})

it('totals of a run without a summary are none', () => {
  expect(totalsOf(undefined, undefined)).toEqual([])
})
