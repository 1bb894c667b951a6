import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type NightTruth, simulateNextNight, simulateNight } from '../../src/simulate/index.js'

let folder: string
let first: NightTruth
let next: NightTruth
const request = { seed: 7, asOf: '2026-11-20' }
const counted = (truth: NightTruth, code: string): number => truth.expected.filter((one) => one.code === code).length

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matchbook-next-night-'))
  first = await simulateNight({ ...request, folder: join(folder, 'first') })
  next = await simulateNextNight({ ...request, folder: join(folder, 'next') })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('The night after', () => {
  test('brings new extracts of the next day and nothing from the suppliers', () => {
    expect(next.asOf).toBe('2026-11-21')
    expect(next.files).toHaveLength(12)
    expect(next.files.every(({ path }) => path.startsWith('erp/') && path.includes('_20261121.'))).toBe(true)
  })

  test('heals receipts that came, the contract and the records that were mended; the rest stays open', () => {
    expect([...new Set(next.healed.map(({ code }) => code))].sort()).toEqual([
      'INV-NO-RECEIPT',
      'INV-QTY-RECEIVED',
      'PRICE-CONTRACT',
    ])
    expect(counted(next, 'INV-NO-RECEIPT')).toBe(2)
    expect(counted(next, 'DATA-TYPE')).toBe(0)
    for (const code of ['INV-PRICE', 'INV-TOTAL', 'GRNI-AGED', 'INV-CREDIT', 'INV-DUPLICATE'])
      expect(counted(next, code), code).toBe(counted(first, code))
    const before = first.expected.map((one) => JSON.stringify(one))
    for (const healed of next.healed) expect(before).toContain(JSON.stringify(healed))
  })

  test('has a voucher for every clean invoice of the first night, and frees those that waited', async () => {
    const vouchers = await Promise.all(
      next.files
        .filter(({ path }) => /MAINVDTL|VOUCHER_LINE/.test(path))
        .map(({ path }) => readFile(join(folder, 'next', path), 'latin1')),
    )
    const paid = new Set(vouchers.join('\n').split(/[|,"\r\n]+/))
    const clean = first.invoices.filter(({ fate }) => fate === 'clean')
    expect(clean.length).toBeGreaterThan(300)
    for (const { invoice } of clean) expect(paid).toContain(invoice)
    expect(next.counts.clean).toBe(first.counts.waiting + next.healed.length)
    expect(next.counts.waiting + next.counts.refused).toBe(0)
  })
})
