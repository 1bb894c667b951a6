import { type InterchangeToWrite, writeInterchange } from '../formats/x12/write.js'
import { x12Date } from './days.js'
import type { Ledger } from './ledger.js'
import type { Acknowledged, Bill } from './ledger-entries.js'
import { type Company, type Supplier, suppliers } from './parties.js'
import { type SupplierSet, supplierHabits } from './supplier-habits.js'
import { acknowledgmentSegments } from './x12-acknowledgment.js'
import { invoiceSegments } from './x12-invoice.js'
import { shipNoticeSegments } from './x12-ship-notice.js'

/** A file of X12 in a supplier's outbound folder. */
export interface SupplierFile {
  readonly supplier: Supplier
  readonly set: SupplierSet
  readonly name: string
  readonly bytes: Buffer
  readonly bills: readonly Bill[]
  readonly acknowledgments: readonly Acknowledged[]
}

/** Everything the suppliers have put out, mishaps of the transmission included. */
export function supplierFiles(ledger: Ledger): SupplierFile[] {
  const sender = new Sender(ledger)
  return suppliers.flatMap((supplier) => [
    ...sender.acknowledgmentFiles(supplier),
    ...sender.shipNoticeFiles(supplier),
    ...sender.invoiceFiles(supplier),
    ...sender.mishaps(supplier),
  ])
}

type Envelope = Partial<Pick<InterchangeToWrite, 'sender' | 'usage' | 'control'>>

const notice = [
  ['BMG', '00', 'NOTICE'],
  ['MIT', '1'],
  ['MSG', 'CLOSED ON FRIDAY'],
]

/** Every supplier's first to a company. */
const firstControl = ({ company }: Company): number => (company === '10' ? 100_001 : 500_001)

class Sender {
  readonly #ledger: Ledger
  readonly #controls = new Map<string, number>()
  readonly #sequences = new Map<string, number>()
  /** Control number of the first invoices of a supplier to a company. */
  readonly #firstBilled = new Map<string, number>()

  constructor(ledger: Ledger) {
    this.#ledger = ledger
  }

  invoiceFiles(supplier: Supplier): SupplierFile[] {
    const habits = supplierHabits[supplier.partner]
    const chunks = this.#ledger.companies.map((company) => this.#chunks(supplier, company, habits.invoiceFiles))
    const drops = habits.bothCompaniesInOneFile
      ? chunks[0]?.map((first, index) => [first, ...chunks.slice(1).map((other) => other[index] ?? [])])
      : chunks.flat().map((chunk) => [chunk])
    return (drops ?? [])
      .filter((drop) => drop.some((bills) => bills.length > 0))
      .map((drop) => this.#invoiceFile(supplier, drop))
  }

  acknowledgmentFiles(supplier: Supplier): SupplierFile[] {
    return this.#ledger.companies.flatMap((company) => {
      const acknowledgments = this.#ledger.acknowledgments.filter(
        (one) => one.supplier === supplier && one.company === company,
      )
      if (acknowledgments.length === 0) return []
      const transactions = acknowledgments.map((one) => ({ set: '855', segments: acknowledgmentSegments(one) }))
      const bytes = this.#interchange(supplier, company, 'PR', transactions, 0)
      return [{ supplier, set: '855' as const, name: this.#name(supplier, '855'), bytes, bills: [], acknowledgments }]
    })
  }

  shipNoticeFiles(supplier: Supplier): SupplierFile[] {
    return this.#ledger.companies.flatMap((company): SupplierFile[] => {
      const shipped = this.#ledger.shipped.filter((one) => one.supplier === supplier && one.company === company)
      if (shipped.length === 0) return []
      const transactions = shipped.map((one) => ({ set: '856', segments: shipNoticeSegments(one) }))
      const bytes = this.#interchange(supplier, company, 'SH', transactions, 0)
      return [{ supplier, set: '856', name: this.#name(supplier, '856'), bytes, bills: [], acknowledgments: [] }]
    })
  }

  /** Transmissions that go wrong as a whole: cut off, from a stranger, or marked as a test. */
  mishaps(supplier: Supplier): SupplierFile[] {
    const went = this.#ledger.bills.filter((bill) => bill.supplier === supplier && bill.mishap !== undefined)
    return went
      .filter(({ mishap }) => mishap !== 'wrong-segment-count')
      .map((bill) => {
        const bytes = this.#gone(supplier, bill)
        return {
          supplier,
          set: '810' as const,
          name: this.#name(supplier, '810'),
          bytes,
          bills: [bill],
          acknowledgments: [],
        }
      })
  }

  #gone(supplier: Supplier, bill: Bill): Buffer {
    const { mishap, company } = bill
    const segments: readonly (readonly string[])[] = invoiceSegments(bill)
    const sent = (envelope: Envelope = {}, transactions = [{ set: '810', segments }], functionalId = 'IN'): Buffer =>
      this.#interchange(supplier, company, functionalId, transactions, 0, envelope)
    switch (mishap) {
      case 'unknown-sender':
        return sent({ sender: { qualifier: 'ZZ', id: 'NORTHSTARMED' } })
      case 'test-usage':
        return sent({ usage: 'T' })
      case 'cut-off': {
        // The line dropped two thirds through: no SE, no GE, no IEA, the last segment torn.
        const whole = sent()
        return whole.subarray(0, Math.floor((whole.length * 2) / 3))
      }
      case 'no-number': {
        const first = segments.findIndex(([id]) => id === 'IT1')
        const spoiled = segments.map((segment, index) => (index === first ? segment.with(2, 'TEN') : segment))
        return sent({}, [{ set: '810', segments: spoiled }])
      }
      case 'other-set':
        return sent({}, [{ set: '864', segments: notice }], 'TX')
      case 'control-again':
        return sent({ control: this.#firstBilled.get(supplier.partner + company.company) ?? firstControl(company) })
      case 'empty':
        return Buffer.alloc(0)
      default:
        return Buffer.from(`%PDF-1.4 invoice ${bill.number} as a picture\n`)
    }
  }

  /** A company's invoices in so many files. What comes twice comes first in the first file and again at the end of the last. */
  #chunks(supplier: Supplier, company: Company, count: number): Bill[][] {
    const { bills, random } = this.#ledger
    const all = bills.filter((bill) => bill.supplier === supplier && bill.company === company && !isAlone(bill))
    const again = all.filter((bill) => bill.fate === 'duplicate')
    const twice = new Set(again.map(({ number }) => number))
    const once = all.filter((bill) => bill.fate !== 'duplicate')
    const first = once.filter(({ number }) => twice.has(number))
    const rest = once.filter(({ number }) => !twice.has(number))
    // A set that is miscounted is not in the file that is sent again.
    const sampled = random.sample(rest, rest.length)
    const isMiscounted = (bill: Bill): boolean => bill.mishap !== undefined
    const good = sampled.filter((bill) => !isMiscounted(bill))
    const ordered = [...first, ...good, ...sampled.filter(isMiscounted), ...again]
    const size = Math.ceil(ordered.length / count)
    return Array.from({ length: count }, (_, index) => ordered.slice(index * size, (index + 1) * size))
  }

  #invoiceFile(supplier: Supplier, drop: readonly (readonly Bill[])[]): SupplierFile {
    const interchanges = drop.flatMap((bills, turn) => {
      const company = bills[0]?.company
      if (company === undefined) return []
      const transactions = bills.map((bill) => ({ set: '810', segments: invoiceSegments(bill) }))
      const bytes = this.#interchange(supplier, company, 'IN', transactions, turn)
      const key = supplier.partner + company.company
      if (!this.#firstBilled.has(key)) this.#firstBilled.set(key, this.#controls.get(key) ?? 0)
      const wrong = bills.findIndex(({ mishap }) => mishap === 'wrong-segment-count')
      return [wrong < 0 ? bytes : miscount(bytes, stControl(wrong))]
    })
    return {
      supplier,
      set: '810',
      name: this.#name(supplier, '810'),
      bytes: Buffer.concat(interchanges),
      bills: drop.flat(),
      acknowledgments: [],
    }
  }

  #interchange(
    supplier: Supplier,
    company: Company,
    functionalId: string,
    transactions: readonly { set: string; segments: readonly (readonly string[])[] }[],
    turn: number,
    envelope: Envelope = {},
  ): Buffer {
    const { delimiters } = supplierHabits[supplier.partner]
    const control = this.#control(supplier, company)
    const style = delimiters[turn % delimiters.length]
    return writeInterchange({
      sender: supplier.isa,
      receiver: company.isa,
      usage: 'P',
      version: '004010',
      date: this.#ledger.asOf,
      time: '0215',
      control,
      ...(style !== undefined && { delimiters: style }),
      groups: [
        {
          functionalId,
          sender: supplier.group,
          receiver: company.isa.id,
          control,
          transactions: transactions.map((transaction, index) => ({ ...transaction, control: stControl(index) })),
        },
      ],
      ...envelope,
    })
  }

  /** Without gaps between a sender and a receiver, and never the same to both receivers. */
  #control(supplier: Supplier, company: Company): number {
    const key = supplier.partner + company.company
    const next = (this.#controls.get(key) ?? firstControl(company) - 1) + 1
    this.#controls.set(key, next)
    return next
  }

  #name(supplier: Supplier, set: SupplierSet): string {
    const key = supplier.partner + set
    const sequence = (this.#sequences.get(key) ?? 0) + 1
    this.#sequences.set(key, sequence)
    const date = x12Date(this.#ledger.asOf)
    return supplierHabits[supplier.partner].fileName(set, date, String(sequence).padStart(2, '0'))
  }
}

/** Sent in a file of its own. */
const isAlone = ({ mishap }: Bill): boolean => mishap !== undefined && mishap !== 'wrong-segment-count'

const stControl = (index: number): string => String(index + 1).padStart(4, '0')

/** The same interchange with one segment too many counted in the SE of one transaction set. */
function miscount(bytes: Buffer, control: string): Buffer {
  const text = bytes.toString('utf8')
  const said = new RegExp(`(SE[*|])(\\d+)([*|]${control})`)
  return Buffer.from(
    text.replace(said, (_, id: string, count: string, rest: string) => `${id}${BigInt(count) + 1n}${rest}`),
  )
}
