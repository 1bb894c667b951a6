import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { parse, parseDocument } from 'yaml'
import { init } from '../../src/app/workspace/init.js'
import { writeInterchange } from '../../src/formats/x12/index.js'
import { type ExtractLayout, type ExtractRecord, writeExtract } from '../../src/simulate/extract-writer.js'
import type { PostgresPlace } from '../../src/state/postgres/postgres-place.js'
import { owe } from '../e2e/many-jobs.js'
import { keepIn } from '../e2e/shared-state.js'
import type { OpenSshServer } from '../servers/openssh.js'

export interface ManyPartners {
  readonly partners: number
  /** All together; each has an invoice. */
  readonly files: number
  readonly shares: number
}

const root = path.join(import.meta.dirname, '..', '..')
const JOB = 'receipt-to-invoice'
const named = (p: number): string => `p${String(p).padStart(4, '0')}`
const dayBefore = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
const x12Day = (iso: string): string => iso.replaceAll('-', '')

/**
 * A workspace, in SQLite unless a place in PostgreSQL is given, that is due once, over a server on which each partner has left its files
 * and an ERP its extracts: of ten invoices eight are clean, one is billed too dear and one not received. It answers each file with a 997.
 */
export async function manyPartners(
  { partners, files, shares }: ManyPartners,
  server: OpenSshServer,
  place: PostgresPlace | undefined,
): Promise<string> {
  const folder = path.join(path.dirname(server.root), 'lakeside')
  await init({ folder, name: 'Lakeside', jobs: [] })
  const all = Array.from({ length: partners }, (_, n) => named(n + 1))
  settings(folder, all, server)
  job(folder, all, shares)
  if (place !== undefined) keepIn(place, folder)
  leaveFiles(server.root, all, files)
  await leaveExtracts(path.join(server.root, 'erp', 'lawson', 'extracts'), all, files)
  await owe(place ?? path.join(folder, 'state'), folder)
  return folder
}

function settings(folder: string, partners: readonly string[], server: OpenSshServer): void {
  const file = path.join(folder, 'matchbook.yaml')
  const yaml = parseDocument(readFileSync(file, 'utf8'))
  const sftp = {
    kind: 'sftp',
    host: server.host,
    port: server.port,
    username: server.username,
    'host-key': { fingerprint: server.fingerprint },
    login: { key: { file: server.privateKeyFile } },
    'idle-seconds': 20,
  }
  yaml.set('endpoints', { erp: sftp, suppliers: sftp })
  yaml.set(
    'partners',
    Object.fromEntries(
      partners.map((name) => [
        name,
        {
          name: `Supplier ${name}`,
          isa: [{ qualifier: 'ZZ', id: name.toUpperCase() }],
          vendors: [{ company: '10', vendor: vendorOf(name) }],
          x12: {
            acknowledge: '997',
            sequence: 'gaps-allowed',
            'send-to': { endpoint: 'suppliers', folder: `suppliers/${name}/inbound` },
          },
        },
      ]),
    ),
  )
  yaml.set('schedule', { 'at-once': 1, 'retry-seconds': 1, tries: 100 })
  writeFileSync(file, yaml.toString())
}

const vendorOf = (partner: string): string => `7${partner.slice(1)}`
const kinds = ['po-lines', 'receipts', 'vouchers', 'vendors', 'items', 'contract-prices'] as const

function job(folder: string, partners: readonly string[], shares: number): void {
  const jobs = path.join(folder, 'jobs')
  const yaml = parse(readFileSync(path.join(jobs, `${JOB}.yaml`), 'utf8'))
  rmSync(jobs, { recursive: true })
  mkdirSync(jobs)
  // Half a day away from now, so that no second one comes while it works.
  const hour = (new Date().getUTCHours() + 12) % 24
  const extracts = kinds.map((kind) => [
    `lawson-${kind}`,
    {
      kind: 'extract',
      contract: `lawson-${kind}`,
      required: kind !== 'contract-prices' && kind !== 'vouchers',
      from: [{ endpoint: 'erp', folder: 'erp/lawson/extracts', include: [`${kind}.txt`], 'stable-seconds': 0 }],
    },
  ])
  const invoices = {
    kind: 'x12',
    sets: ['810'],
    from: partners.map((partner) => ({
      endpoint: 'suppliers',
      folder: `suppliers/${partner}/outbound`,
      include: ['*.810'],
      partner,
      sequence: '(\\d+)\\.810',
      after: { move: `suppliers/${partner}/processed` },
      'stable-seconds': 0,
    })),
  }
  const [load] = yaml.loads
  const made = {
    ...yaml,
    schedule: { cron: `0 ${hour} * * *`, timezone: 'UTC' },
    ...(shares > 1 ? { shares: { by: 'partner', of: shares } } : {}),
    inputs: { invoices, ...Object.fromEntries(extracts) },
    loads: [{ ...load, folder: 'erp/inbound' }],
  }
  writeFileSync(path.join(jobs, `${JOB}.yaml`), JSON.stringify(made, null, 1))
}

/** Which partner a file is of, and the how manyth of that partner: dealt out one after the other. */
const partnerOf = (n: number, partners: readonly string[]) => ({
  partner: partners[n % partners.length] ?? '',
  number: Math.floor(n / partners.length) + 1,
})
const poOf = (n: number): string => String(4_000_000 + n)

function leaveFiles(serverRoot: string, partners: readonly string[], files: number): void {
  for (const partner of partners)
    for (const one of ['inbound', 'outbound', 'processed'])
      mkdirSync(path.join(serverRoot, 'suppliers', partner, one), { recursive: true })
  mkdirSync(path.join(serverRoot, 'erp', 'inbound'), { recursive: true })
  for (let n = 0; n < files; n++) {
    const { partner, number } = partnerOf(n, partners)
    const name = `${String(number).padStart(6, '0')}.810`
    writeFileSync(path.join(serverRoot, 'suppliers', partner, 'outbound', name), invoiceFile(n, partner, number))
  }
}

const isDear = (n: number): boolean => n % 10 === 3
const isMissing = (n: number): boolean => n % 10 === 7

function invoiceFile(n: number, partner: string, number: number): Buffer {
  const sender = partner.toUpperCase()
  const [price, total] = isDear(n) ? ['18.5', '18500'] : ['12.5', '12500']
  const segments = [
    ['BIG', x12Day(dayBefore(3)), `${sender}-${number}`, x12Day(dayBefore(20)), poOf(n)],
    ['N1', 'RE', `SUPPLIER ${sender}`, '92', vendorOf(partner)],
    ['ITD', '01', '3', '', '', '', '', '30'],
    ['IT1', '1', '10', 'EA', price, '', 'IN', itemOf(n), 'VP', `VP-${itemOf(n)}`],
    ['TDS', total],
    ['CTT', '1'],
  ]
  return writeInterchange({
    sender: { qualifier: 'ZZ', id: sender },
    receiver: { qualifier: '01', id: '081123450' },
    usage: 'P',
    version: '004010',
    date: dayBefore(3),
    time: '2114',
    delimiters: { newline: '\n' },
    control: number,
    groups: [
      {
        functionalId: 'IN',
        sender,
        receiver: '081123450',
        control: number,
        transactions: [{ set: '810', control: '0001', segments }],
      },
    ],
  })
}

const ITEMS = 50
const itemOf = (n: number): string => String(100_000 + (n % ITEMS))

async function leaveExtracts(folder: string, partners: readonly string[], files: number): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const orders = Array.from({ length: files }, (_, n) => n)
  const line = (n: number) => ({ company: '10', po_number: poOf(n), release: '0', line_number: '1' })
  const records: Record<(typeof kinds)[number], readonly ExtractRecord['rows'][]> = {
    'po-lines': orders.map((n) => ({ po_line: [{ ...line(n), ...ordered(n, partnerOf(n, partners).partner) }] })),
    receipts: orders
      .filter((n) => !isMissing(n))
      .map((n) => ({
        receipt_line: [
          {
            ...line(n),
            receipt_number: `9${poOf(n)}`,
            receipt_line: '1',
            quantity: '10',
            uom: 'EA',
            received_on: dayBefore(10),
          },
        ],
      })),
    vouchers: [],
    vendors: partners.map((partner) => ({
      vendor: [
        { company: '10', supplier: vendorOf(partner), name: `Supplier ${partner}`, terms: 'N30', status: 'active' },
      ],
    })),
    items: Array.from({ length: ITEMS }, (_, n) => ({
      item: [{ item: itemOf(n), description: `ITEM ${n}`, base_uom: 'EA', status: 'active', bill_only: 'false' }],
      item_uom: [{ item: itemOf(n), uom: 'EA', factor: '1' }],
    })),
    'contract-prices': [],
  }
  for (const kind of kinds) {
    const contract = path.join(root, 'templates', 'extracts', `lawson-${kind}.yaml`)
    const layout = parse(await readFile(contract, 'utf8')) as ExtractLayout
    const rows = records[kind].map((of): ExtractRecord => ({ rows: of }))
    if (rows.length === 0) continue
    const { bytes } = writeExtract(layout, rows, { newline: '\n', quoteAll: false })
    writeFileSync(path.join(folder, `${kind}.txt`), bytes)
  }
}

const ordered = (n: number, partner: string) => ({
  supplier: vendorOf(partner),
  item: itemOf(n),
  vendor_item: `VP-${itemOf(n)}`,
  description: 'ITEM',
  quantity: '10',
  uom: 'EA',
  uom_factor: '1',
  unit_price: '12.5',
  status: 'open',
  matching: 'three-way',
  po_date: dayBefore(20),
  tax_exempt: 'true',
  bill_only: 'false',
  currency: 'USD',
})
