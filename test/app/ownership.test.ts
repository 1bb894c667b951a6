import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { lintCatalog } from '../../src/app/catalog/lint.js'
import { listOwnership } from '../../src/app/catalog/ownership.js'
import { init } from '../../src/app/workspace/init.js'

const base = mkdtempSync(path.join(tmpdir(), 'matchbook-ownership-'))
const folder = path.join(base, 'lakeside')
const job = (name: string) => path.join(folder, 'jobs', `${name}.yaml`)

beforeAll(() => init({ folder, name: 'Lakeside', jobs: ['item-master-sync', 'vendor-master-sync'] }))
afterAll(() => rmSync(base, { recursive: true }))

it('shows which system owns each field of the masters, and by which contracts it comes', async () => {
  const fields = await listOwnership(folder)
  expect(fields.find(({ record, field }) => record === 'item' && field === 'gtin')).toMatchObject({
    owners: [{ job: 'item-master-sync', owner: 'supplier' }],
    saidBy: expect.arrayContaining([
      { contract: 'supplier-catalog', system: expect.any(String) },
      { contract: 'ehr-items', system: expect.any(String) },
    ]),
  })
  expect(fields.find(({ record, field }) => record === 'vendor' && field === 'name')?.owners).toEqual([
    { job: 'vendor-master-sync', owner: 'procurement' },
  ])
})

it('finds a field without an owner, one with two, and one whose owner sends no list', async () => {
  copyFileSync(job('item-master-sync'), job('item-master-copy'))
  const copy = readFileSync(job('item-master-copy'), 'utf8')
  writeFileSync(
    job('item-master-copy'),
    copy.replace('job: item-master-sync', 'job: item-master-copy').replace('hibc: supplier', 'hibc: erp'),
  )
  const text = readFileSync(job('vendor-master-sync'), 'utf8')
  writeFileSync(job('vendor-master-sync'), text.replace('tax_id: procurement', 'tax_id: workday'))
  const { ownership, exit } = await lintCatalog(folder)
  expect(exit).toBe(5)
  expect(ownership.map(({ record, field, message }) => `${record}.${field} ${message}`)).toEqual([
    'item.hibc has two owners: erp (item-master-copy), supplier (item-master-sync)',
    'item.category has no owner: it is not compared, and whoever changes it last is right',
    'vendor.tax_id is owned by workday, and no input of the job is the list of that system',
  ])
})
