import { editDistance } from '../../errors/index.js'
import { fieldNames, relationNames } from './field-names.js'

/** How column names shorten words. */
const shortFor: Readonly<Record<string, string>> = {
  nbr: 'number',
  num: 'number',
  no: 'number',
  nr: 'number',
  numb: 'number',
  id: 'number',
  '#': 'number',
  qty: 'quantity',
  quan: 'quantity',
  qnty: 'quantity',
  amt: 'amount',
  amnt: 'amount',
  dt: 'date',
  dte: 'date',
  dttm: 'date',
  datetime: 'date',
  day: 'date',
  timestamp: 'date',
  on: 'date',
  cd: 'code',
  cde: 'code',
  descr: 'description',
  desc: 'description',
  descrip: 'description',
  dsc: 'description',
  descr254: 'description',
  vndr: 'vendor',
  vend: 'vendor',
  ven: 'vendor',
  vnd: 'vendor',
  supp: 'supplier',
  suppl: 'supplier',
  splr: 'supplier',
  mfr: 'manufacturer',
  mfg: 'manufacturer',
  manuf: 'manufacturer',
  manufr: 'manufacturer',
  mfgr: 'manufacturer',
  uom: 'unit',
  um: 'unit',
  units: 'units',
  prc: 'price',
  pr: 'price',
  cst: 'cost',
  cmpy: 'company',
  comp: 'company',
  co: 'company',
  cmp: 'company',
  bu: 'business unit',
  rec: 'receipt',
  recv: 'received',
  rcv: 'received',
  rcvd: 'received',
  recd: 'received',
  rcpt: 'receipt',
  receiving: 'receipt',
  inv: 'invoice',
  invc: 'invoice',
  vchr: 'voucher',
  req: 'requisition',
  rq: 'requisition',
  reqn: 'requisition',
  requisitioned: 'requisition',
  loc: 'location',
  acct: 'account',
  acctg: 'accounting',
  dept: 'department',
  deptid: 'department',
  fl: 'flag',
  flg: 'flag',
  ind: 'flag',
  indicator: 'flag',
  yn: 'flag',
  ln: 'line',
  lne: 'line',
  seq: 'sequence',
  itm: 'item',
  cat: 'catalog',
  ctlg: 'catalog',
  catalogue: 'catalog',
  pymt: 'payment',
  pmt: 'payment',
  pay: 'pay',
  chk: 'check',
  eff: 'effective',
  exp: 'expiration',
  expire: 'expiration',
  expiry: 'expiration',
  beg: 'begin',
  cntrct: 'contract',
  agmt: 'agreement',
  agrmt: 'agreement',
  agr: 'agreement',
  curr: 'currency',
  cur: 'currency',
  crncy: 'currency',
  ord: 'order',
  ordered: 'ordered',
  purch: 'purchase',
  xref: 'cross reference',
  emp: 'employee',
  empl: 'employee',
  emplid: 'employee number',
  hrs: 'hours',
  dr: 'debit',
  cr: 'credit',
  trans: 'transaction',
  tran: 'transaction',
  trx: 'transaction',
  txn: 'transaction',
  mult: 'multiplier',
  conv: 'conversion',
  ext: 'extended',
  orig: 'original',
  stat: 'status',
  sts: 'status',
  cxl: 'cancelled',
  canc: 'cancelled',
  enc: 'encounter',
  pt: 'patient',
  pat: 'patient',
  fac: 'facility',
  whse: 'warehouse',
  cc: 'cost center',
  ctr: 'center',
  cntr: 'center',
  cost_ctr: 'cost center',
  centre: 'center',
  per: 'period',
  yr: 'year',
}

/** Words that name no thing by themselves. */
const weak: ReadonlySet<string> = new Set(['number', 'code', 'flag', 'the', 'of', 'erp', 'text', 'key', 'data'])

const vocabulary = new Set([
  ...Object.keys(shortFor).filter((word) => word.length > 1),
  ...[...Object.values(fieldNames), ...Object.values(relationNames)].flat().flatMap((name) => name.split(' ')),
])

/** The words of a name, long forms for short ones: "PO_NBR" and "poNumber" are both po, number. */
export function wordsOf(name: string): string[] {
  const apart = name
    .replaceAll(/['’]s\b/g, '')
    .replaceAll(/\bUo([MI])\b/g, 'UO$1')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll(/[^A-Za-z0-9#]+/g, ' ')
    .trim()
    .toLowerCase()
  return apart
    .split(' ')
    .filter((word) => word !== '')
    .flatMap((word) => (vocabulary.has(word) ? [word] : (taken(word) ?? [word])))
    .flatMap((word) => (shortFor[word] ?? word).split(' '))
}

/** A word made of known ones, such as "ponumber"; undefined where some of it is unknown. The fewest words win. */
function taken(word: string): string[] | undefined {
  const best: (string[] | undefined)[] = [[]]
  for (let end = 1; end <= word.length; end++) {
    for (let start = 0; start < end; start++) {
      const before = best[start]
      const piece = word.slice(start, end)
      if (before === undefined || !vocabulary.has(piece)) continue
      if (best[end] === undefined || before.length + 1 < (best[end]?.length ?? 0)) best[end] = [...before, piece]
    }
  }
  return best[word.length]
}

/** How far two names mean the same: 1 the same, 0 nothing in common. */
export function likeness(a: readonly string[], b: readonly string[]): number {
  const [one, other] = [a.join(' '), b.join(' ')]
  if (one === other) return 1
  const [bare, otherBare] = [strong(a), strong(b)]
  if (bare.length > 0 && same(bare, otherBare)) return 0.93
  const shared = bare.filter((word) => otherBare.includes(word)).length
  const all = new Set([...bare, ...otherBare]).size
  const words = all === 0 ? 0 : (shared / all) * 0.9
  const [short, long] = [one.replaceAll(' ', ''), other.replaceAll(' ', '')]
  const near =
    Math.min(short.length, long.length) >= 5 &&
    editDistance(short, long) <= Math.floor(Math.max(short.length, long.length) / 6)
      ? 0.8
      : 0
  return Math.max(words, near)
}

const strong = (words: readonly string[]): string[] => words.filter((word) => !weak.has(word))
const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((word) => b.includes(word))
