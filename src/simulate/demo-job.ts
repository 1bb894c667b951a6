import type { z } from 'zod'
import type { JobSettings } from '../config/job.js'
import { extractFolder, extractPattern } from './erp-habits.js'
import { extractKinds } from './extract-files.js'
import { companies, suppliers } from './parties.js'

type Job = z.input<typeof JobSettings>
type Inputs = Job['inputs']

/** jobs/receipt-to-invoice.yaml of the demo: three suppliers' drops, two ERPs' extracts, one load. */
export const demoJob = (): Job => ({
  job: 'receipt-to-invoice',
  title: 'Receipts and invoices against purchase orders',
  matcher: 'three-way',
  inputs: { documents: documents(), ...extracts() },
  settings: {
    'receipt-grace-days': 3,
    'received-not-invoiced-days': 30,
    'duplicate-window-days': 90,
    'no-po-window-days': 60,
  },
  report: { name: 'receipt-to-invoice' },
  loads: [
    {
      template: 'oracle-fusion-ap-invoices',
      endpoint: 'exchange',
      folder: 'erp/inbound',
      values: { source: 'MATCHBOOK', 'pay-group': 'SUPPLIES' },
      'values-by-company': Object.fromEntries(
        companies.map(({ company, name }) => [company, { 'operating-unit': `${name} BU` }]),
      ),
    },
  ],
})

/** The server is still while the demo runs, so a file is stable as it lies there. */
const still = { endpoint: 'exchange', 'stable-seconds': 0 } as const

const documents = (): Inputs[string] => ({
  kind: 'x12',
  sets: ['810', '855'],
  from: suppliers.map(({ partner }) => ({
    ...still,
    folder: `suppliers/${partner}/outbound`,
    include: ['*.edi'],
    partner,
    after: { move: `suppliers/${partner}/processed` },
  })),
})

const extracts = (): Inputs =>
  Object.fromEntries(
    companies.flatMap(({ erp }) =>
      extractKinds.map((kind): [string, Inputs[string]] => [
        `${erp}-${kind}`,
        {
          kind: 'extract',
          contract: `${erp}-${kind}`,
          from: [{ ...still, folder: extractFolder(erp), include: [extractPattern(erp, kind)], after: 'leave' }],
        },
      ]),
    ),
  )
