import type { z } from 'zod'
import type { Tolerance, WorkspaceSettings } from '../config/workspace.js'
import { companies, healthSystem, type PartnerName, type Supplier, suppliers } from './parties.js'

type Settings = z.input<typeof WorkspaceSettings>

export interface DemoServer {
  readonly port: number
  /** SHA256:... of the host key. */
  readonly fingerprint: string
  /** Private key to log in with; relative to the workspace, or absolute. */
  readonly keyFile: string
  readonly username?: string
}

/** matchbook.yaml of the demo: everything lies on one SFTP server. */
export const demoSettings = (server: DemoServer): Settings =>
  healthSystemSettings({ exchange: endpoint(server) }, (partner) => ({
    endpoint: 'exchange',
    folder: `suppliers/${partner}/inbound`,
  }))

type SendTo = { readonly endpoint: string; readonly folder: string }

/** matchbook.yaml of Lakeside Health: what a simulated night is to be measured by. */
export function healthSystemSettings(
  endpoints: Settings['endpoints'],
  sendTo: (partner: PartnerName) => SendTo,
): Settings {
  return {
    workspace: healthSystem,
    profile: 'production',
    timezone: 'America/Chicago',
    currency: 'USD',
    state: { folder: 'state' },
    identity: companies.map(({ isa, company }) => ({ isa, company })),
    endpoints,
    partners: Object.fromEntries(
      suppliers.map((supplier) => [supplier.partner, partner(supplier, sendTo(supplier.partner))]),
    ),
    queues: demoQueues,
    exceptions: { 'PRICE-CONTRACT': { 'sla-hours': 24 } },
    tolerances,
    calendars: { office: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '07:00', to: '17:00' } },
    units: {
      aliases: { EACH: 'EA', BOX: 'BX', CASE: 'CS', DOZ: 'DZ' },
      conversions: [{ from: 'DZ', to: 'EA', factor: '12' }],
    },
  }
}

const endpoint = ({ port, fingerprint, keyFile, username }: DemoServer): Settings['endpoints'][string] => ({
  kind: 'sftp',
  host: '127.0.0.1',
  port,
  username: username ?? 'matchbook',
  'host-key': { fingerprint },
  login: { key: { file: keyFile } },
})

const partner = (
  { name, isa, vendor, terms, freightLimit }: Supplier,
  sendTo: SendTo,
): Settings['partners'][string] => ({
  name,
  isa: [isa],
  vendors: companies.map(({ company }) => ({ company, vendor: vendor[company] })),
  terms: {
    ...(terms.discountPercent !== undefined && { 'discount-percent': terms.discountPercent }),
    ...(terms.discountDays !== undefined && { 'discount-days': terms.discountDays }),
    'net-days': terms.netDays,
  },
  ...(freightLimit !== undefined && { 'freight-limit': freightLimit }),
  'tax-exempt': true,
  x12: {
    acknowledge: '997',
    ta1: 'asked',
    check: 'standard',
    // Their files go to other customers too.
    sequence: 'gaps-allowed',
    'send-to': sendTo,
  },
})

const owners = {
  integration: 'Integration team',
  steward: 'Data steward',
  finance: 'Accounts payable',
  contracts: 'Contracts and value analysis',
  receiving: 'Receiving dock',
  'supply-chain': 'Purchasing',
  'item-master': 'Item master',
  clinical: 'Perioperative services',
  privacy: 'Privacy office',
  compliance: 'Compliance office',
  revenue: 'Revenue integrity',
}

const demoQueues: Settings['queues'] = Object.fromEntries(
  Object.entries(owners).map(([name, owner]) => [
    name,
    { owner, email: `${name}@lakeside-health.example`, ...(name !== 'privacy' && { calendar: 'office' }) },
  ]),
)

type Rule = z.input<typeof Tolerance>

/** The vendor numbers of a supplier in both companies get the same rule. */
const forSupplier = (partnerName: Supplier['partner'], rule: Rule): Rule[] =>
  suppliers
    .filter(({ partner: name }) => name === partnerName)
    .flatMap(({ vendor }) => companies.map(({ company }) => ({ ...rule, company, supplier: vendor[company] })))

const tolerances: Rule[] = [
  {
    rule: 'price',
    over: { percent: '1', absolute: '0.50', combine: 'stricter' },
    under: { percent: '10' },
  },
  // Implants are bought at fixed prices: not a cent more.
  ...forSupplier('orthotech', { rule: 'price', over: 'zero', under: { percent: '10' } }),
  { rule: 'quantity-ordered', over: 'zero', under: 'off' },
  // CareFirst ships whole inner packs and may go a little over.
  ...forSupplier('carefirst', { rule: 'quantity-ordered', over: { percent: '5' }, under: 'off' }),
  { rule: 'quantity-received', over: 'zero', under: 'off' },
  { rule: 'extended-amount', over: { percent: '2' }, under: 'off' },
  { rule: 'total', over: 'zero', under: 'zero' },
  { rule: 'freight', over: 'zero', under: 'off' },
  { rule: 'tax', over: 'zero', under: 'off' },
  { rule: 'contract-price', over: 'zero', under: 'off' },
]
