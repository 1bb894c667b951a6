import { createHash } from 'node:crypto'
import { add, compare, type DecimalText, type ExceptionCode, type FindingKeys } from '../canonical/index.js'
import type { MatchException } from './exception.js'

/** What may lie behind several exceptions at once. */
export type CauseKind =
  | 'price'
  | 'pack size'
  | 'cross-reference'
  | 'receipts'
  | 'supplier'
  | 'freight'
  | 'order'
  | 'file'
  | 'extract'

interface CauseKey {
  readonly kind: CauseKind
  /** Keys that must be the same for the cause to be. */
  readonly keys: readonly (keyof FindingKeys)[]
}

const price: CauseKey = { kind: 'price', keys: ['company', 'supplier', 'item'] }
const contract: CauseKey = { kind: 'price', keys: ['supplier', 'contract'] }
const packSize: CauseKey = { kind: 'pack size', keys: ['item'] }
const crossReference: CauseKey = { kind: 'cross-reference', keys: ['supplier', 'item'] }
const receipts: CauseKey = { kind: 'receipts', keys: ['company', 'facility'] }
const supplier: CauseKey = { kind: 'supplier', keys: ['company', 'supplier'] }
const freight: CauseKey = { kind: 'freight', keys: ['company', 'supplier'] }
const order: CauseKey = { kind: 'order', keys: ['company', 'po'] }
const file: CauseKey = { kind: 'file', keys: ['file'] }
const extract: CauseKey = { kind: 'extract', keys: ['file', 'field'] }

/** The cause each code is gathered by. A code that is not here stands alone: each of its exceptions has a cause of its own. */
const causeKeys: Partial<Readonly<Record<ExceptionCode, CauseKey>>> = {
  'INV-PRICE': price,
  'ACK-PRICE': price,
  'PRICE-CONTRACT': contract,
  'PRICE-EXPIRED': contract,
  'PRICE-OVERLAP': contract,
  'PRICE-OFF-CONTRACT': contract,
  'INV-UOM': packSize,
  'ACK-UOM': packSize,
  'XREF-UOM': packSize,
  'XREF-ITEM': crossReference,
  'XREF-AMBIGUOUS': crossReference,
  'ACK-PART': crossReference,
  'ITEM-INACTIVE': crossReference,
  'INV-SUBSTITUTE': crossReference,
  'INV-NO-RECEIPT': receipts,
  'INV-QTY-RECEIVED': receipts,
  'GRNI-AGED': supplier,
  'INV-SUPPLIER': supplier,
  'XREF-SUPPLIER': supplier,
  'INV-TERMS': supplier,
  'INV-TAX': supplier,
  'INV-FREIGHT': freight,
  'INV-PO-STATUS': order,
  'INV-UNKNOWN-PO': order,
  'ACK-OVERDUE': supplier,
  'X12-ENVELOPE': file,
  'X12-SYNTAX': file,
  'DATA-COLUMN-MISSING': file,
  'DATA-COLUMN-NEW': file,
  'DATA-TYPE': extract,
  'DATA-REQUIRED': extract,
  'DATA-REFERENCE': extract,
}

/** Exceptions that share one cause. */
export interface Cluster<Member extends MatchException = MatchException> {
  /** CL- and 10 hex digits that follow from job, code and cause: the same cause is the same cluster every night. */
  readonly id: string
  readonly job: string
  readonly code: ExceptionCode
  readonly cause: CauseKind
  readonly keys: FindingKeys
  readonly queue: string
  readonly members: readonly Member[]
  /** By currency. */
  readonly amountAtRisk: Readonly<Record<string, DecimalText>>
}

/** The cluster an exception belongs to, alone or not; undefined: its code is gathered by nothing, or a key of the cause is missing. */
export function clusterOf({ job, code, keys }: Pick<MatchException, 'job' | 'code' | 'keys'>): string | undefined {
  const cause = causeKeys[code]
  if (cause === undefined || cause.keys.some((key) => !keys[key])) return undefined
  const shared = cause.keys.map((key) => keys[key])
  const digest = createHash('sha256')
    .update(JSON.stringify([job, code, cause.kind, shared]))
    .digest('hex')
  return `CL-${digest.slice(0, 10)}`
}

/** Clusters of two and more, most money first. */
export function clusters<Member extends MatchException>(exceptions: Iterable<Member>): Cluster<Member>[] {
  const gathered = new Map<string, Member[]>()
  for (const exception of exceptions) {
    const id = clusterOf(exception)
    if (id === undefined) continue
    const members = gathered.get(id)
    if (members === undefined) gathered.set(id, [exception])
    else members.push(exception)
  }
  return [...gathered]
    .flatMap(([id, members]) => {
      const [first] = members
      return first === undefined || members.length < 2 ? [] : [clusterFrom(id, first, members)]
    })
    .sort((a, b) => compare(most(b), most(a)) || b.members.length - a.members.length || (a.id < b.id ? -1 : 1))
}

function clusterFrom<Member extends MatchException>(id: string, first: Member, members: Member[]): Cluster<Member> {
  const { kind, keys } = causeKeys[first.code] ?? order
  const amountAtRisk: Record<string, DecimalText> = {}
  for (const { currency, amountAtRisk: amount } of members) {
    const sum = amountAtRisk[currency]
    amountAtRisk[currency] = sum === undefined ? amount : add(sum, amount)
  }
  return {
    id,
    job: first.job,
    code: first.code,
    cause: kind,
    keys: Object.fromEntries(keys.map((key) => [key, first.keys[key]])),
    queue: first.queue,
    members,
    amountAtRisk,
  }
}

const most = ({ amountAtRisk }: Cluster): DecimalText =>
  Object.values(amountAtRisk).reduce((a, b) => (compare(a, b) >= 0 ? a : b))
