import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { ExtractContract } from '../../src/config/extract-contract.js'
import { type Bench, openBench } from '../contracts/extract-fixture.js'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const page = readFileSync(path.join(import.meta.dirname, '..', '..', 'docs', 'how-to-add-an-erp-layout.md'), 'utf8')
const block = (language: string, holds: string): string =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))]
    .map(([, text = '']) => text)
    .find((text) => text.includes(holds)) ?? ''

describe('the examples of how to add an ERP layout are taken in as they stand', () => {
  test('receipts in JSON', async () => {
    const contract = ExtractContract.parse(parse(block('yaml', 'contract: our-receipts')))
    const check = await bench.check(contract, block('json', 'purchaseOrder'))
    expect(check).toMatchObject({ usable: true, records: 2, accepted: 2, findings: [], rows: { receipt_line: 2 } })
  })
})
