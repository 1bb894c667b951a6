import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writePlannedCells } from '../../../src/outputs/load/index.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'matchbook-planned-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it('keeps a note that was written on several lines in its cell, so that no line of it begins a row or runs', async () => {
  const file = path.join(folder, 'plan.csv')
  const behind = 'accept-price by R. Ortiz (PRICE-CONTRACT EX-000001): seen\n=1+1'
  const cell = { load: 'L1', file: 'PRICES.csv', number: 1, about: 'contract-price C1 1001', change: 'changed' }
  await writePlannedCells(file, 'Prices', () => [{ ...cell, column: 'PRICE', old: '-12.00', new: '12.60', behind }])
  const [header, ...rows] = parse(await readFile(file, 'utf8')) as string[][]
  expect(header?.length).toBe(9)
  expect(rows).toEqual([['L1', 'PRICES.csv', '1', cell.about, 'changed', 'PRICE', '-12.00', '12.60', behind]])
})
