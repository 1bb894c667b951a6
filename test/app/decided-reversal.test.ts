import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openReading } from '../../src/app/compose.js'
import { approveLoad, rejectLoad } from '../../src/app/loads/approve-load.js'
import { listLoads } from '../../src/app/loads/list-loads.js'
import { showLoad } from '../../src/app/loads/show-load.js'
import { silent } from '../../src/app/progress.js'
import type { Reading } from '../../src/app/reading.js'
import { InvoiceNight } from './invoice-night.js'

const night = new InvoiceNight()
const options = {
  workspace: night.folder,
  dryRun: false,
  progress: silent,
  logLevel: 'silent',
  logFormat: 'text',
} as const
afterAll(() => night.remove())

async function read<T>(use: (reading: Reading) => Promise<T>): Promise<T> {
  const reading = await openReading(night.folder)
  try {
    return await use(reading)
  } finally {
    await reading.state.close()
  }
}
const loads = async () => (await read((reading) => listLoads(reading, {}))).loads
const refusal = async () => (await night.exceptions()).find(({ code }) => code === 'LOAD-REJECTED')

beforeAll(async () => {
  await night.lay()
  night.folderAt('erp/results')
  const job = path.join(night.folder, 'jobs', 'receipt-to-invoice.yaml')
  const results =
    'inputs:\n  load-results:\n    kind: load-results\n    contract: load-results\n    from:\n      - { endpoint: erp, folder: results, include: ["*.csv"], stable-seconds: 0 }\n'
  writeFileSync(job, readFileSync(job, 'utf8').replace('inputs:\n', results))
  night.invoice('INV-1', [{ line: '1', quantity: '1', price: '80', ids: ['VN', 'OT-356'] }])
  night.invoice('INV-2', [{ line: '2', quantity: '2', price: '15', ids: ['VN', 'OT-3520'] }])
  await night.run(night.today)
}, 60_000)

it('a load of which the ERP refused some is taken back by the night after somebody decided so, once', async () => {
  const [load] = await loads()
  expect(load).toMatchObject({ status: 'sent', invoices: 2 })
  const { writes } = await read((reading) => showLoad(reading, load?.id ?? ''))
  const references = (writes ?? []).flatMap(({ file, values }) =>
    file === 'ApInvoicesInterface.csv' ? values.INVOICE_ID : [],
  )
  const [taken, refused] = references
  night.put('erp/results/import.csv', [
    'LOAD,REFERENCE,STATUS,REASON_CODE,REASON,ERP_NUMBER',
    `${load?.id},${taken},LOADED,,,9001`,
    `${load?.id},${refused},REJECTED,SITE,the pay site is closed,`,
  ])
  await night.run(night.today)
  expect(await refusal()).toMatchObject({ keys: { load: load?.id } })
  await night.decide('LOAD-REJECTED', 'revert')
  const summary = await night.run(night.today)
  expect(summary.loads).toMatchObject([{ invoices: 1, amount: '-80', status: 'waiting' }])
  const [back] = await loads()
  expect(back).toMatchObject({
    reverses: load?.id,
    requestedBy: 'R. Ortiz',
    approval: `it takes load ${load?.id} back`,
  })
  // It waits, and is not planned a second time; who decided may not approve it.
  expect((await night.run(night.today)).loads).toEqual([])
  const approving = { ...options, load: back?.id ?? '', reason: 'seen' }
  await expect(approveLoad({ ...approving, as: 'R. Ortiz' })).rejects.toMatchObject({ code: 'APPROVER-DECIDED' })
  await rejectLoad({ ...options, load: back?.id ?? '', reason: 'it is paid already', as: 'M. Chen' })
  expect((await night.run(night.today)).loads).toEqual([])
  // What was decided stands: it is not open again.
  expect(await refusal()).toBeUndefined()
}, 120_000)
