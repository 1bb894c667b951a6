import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decideExceptions } from '../../src/app/deciding/decide-exceptions.js'
import { exceptionId } from '../../src/app/exceptions/list-exceptions.js'
import { type RunOutcome, runJobs } from '../../src/app/run-jobs.js'
import { whatIf } from '../../src/app/whatif/whatif.js'
import { init } from '../../src/app/workspace/init.js'
import { writeInterchange } from '../../src/formats/x12/index.js'
import { listExceptions, type StoredException } from '../../src/state/index.js'
import { openX12Tools, quietly } from './x12-exchange.js'

const base = mkdtempSync(path.join(tmpdir(), 'matchbook-ack-'))
const folder = path.join(base, 'lakeside')
const drops = path.join(folder, 'drops')
afterAll(() => rmSync(base, { recursive: true, force: true }))

let written = 0
function put(file: string, content: string): void {
  const target = path.join(drops, file)
  mkdirSync(path.dirname(target), { recursive: true })
  writeFileSync(target, content)
  // Each file is newer than the one before, and stands still.
  const at = new Date(Date.now() - 60_000 + written++ * 1000)
  utimesSync(target, at, at)
}

const run = async (asOf: string): Promise<RunOutcome['runs'][number]> => {
  const { runs } = await runJobs({
    ...quietly,
    workspace: folder,
    jobs: ['po-acknowledgment'],
    all: false,
    asOf,
    failOn: 'none',
  })
  const [first] = runs
  if (first === undefined) throw new Error('no run')
  return first
}

async function exceptions(): Promise<StoredException[]> {
  const tools = await openX12Tools(folder)
  try {
    return await listExceptions(tools.state.database)
  } finally {
    await tools.close()
  }
}

/** Lawson's open lines of company 10; `price` is that of PO 4500001 line 1. */
const lawson = (price: string): string =>
  [
    'COMPANY|PO_NUMBER|PO_RELEASE|LINE_NBR|VENDOR|ITEM|VEN_ITEM|MANUF_NBR|GTIN|NDC|HIBC|DESCRIPTION|QUANTITY|CXL_QTY|ENT_BUY_UOM|EBUY_UOM_MULT|ENT_UNIT_CST|PRICE_BASIS|CLOSED_FL|MATCHING|LOCATION|REQ_LOCATION|PURCH_MAJCL|ACCT_UNIT|PO_DATE|TERM_CODE|TAX_EXEMPT_FL|FREIGHT_CAP|BILL_ONLY_FL|CURRENCY_CODE|EARLY_DL_DATE',
    ...[
      ['4500001', '001', '1001', 'V-1001', '10', price],
      ['4500001', '002', '1002', 'V-1002', '4', '30'],
      ['4500002', '001', '1001', 'V-1001', '5', '12'],
      ['4500003', '001', '1001', 'V-1001', '3', '12'],
    ].map(
      ([po, line, item, vendorItem, quantity, cost]) =>
        `10|${po}|0000|${line}|    10432|${item}|${vendorItem}|||||Gauze|${quantity}|0|BX|10|${cost}||N|Y|WH1|OR|MS|7001|03/09/2026|N30|Y||N|USD|03/16/2026`,
    ),
    'TRL|4|22',
  ].join('\n')

/** PeopleSoft's of company 20, with the two dates of PO_LINE_SHIP. */
const peoplesoft = `${[
  '20,P100,,1,0000010432,2026-03-09,001001,V-1001,,,,,Gauze,20,0,BX,10,12,,A,Y,WH2,OR,MS,7002,N30,Y,,N,USD,2026-03-16,',
  'TRAILER,1,20',
].join('\n')}\n`

const us = { '10': { qualifier: '01', id: '081123450' }, '20': { qualifier: 'ZZ', id: 'LAKESIDESOUTH' } }
const medsupply = { qualifier: '01', id: '054321987' }

function interchange(set: '850' | '855', company: '10' | '20', control: number, transactions: string[][][]): string {
  const [sender, receiver] = set === '850' ? [us[company], medsupply] : [medsupply, us[company]]
  return writeInterchange({
    sender,
    receiver,
    usage: 'P',
    version: '004010',
    date: '2026-03-10',
    time: '0900',
    delimiters: { newline: '\n' },
    control,
    groups: [
      {
        functionalId: set === '850' ? 'PO' : 'PR',
        sender: sender.id,
        receiver: receiver.id,
        control,
        transactions: transactions.map((segments, index) => ({ set, control: `000${index + 1}`, segments })),
      },
    ],
  }).toString()
}

const po1 = (line: string, quantity: string, price: string, item: string): string[] => [
  'PO1',
  line,
  quantity,
  'BX',
  price,
  '',
  'IN',
  item,
  'VN',
  `V-${item}`,
]
const sentOrder = (po: string, lines: string[][]): string[][] => [
  ['BEG', '00', 'SA', po, '', '20260309'],
  ...lines,
  ['CTT', String(lines.length)],
]

describe('a night of orders and what suppliers say to them', () => {
  beforeAll(async () => {
    await init({ folder, name: 'Lakeside', jobs: ['po-acknowledgment'] })
    put('erp/lawson/extracts/POLINE_0310.txt', `${lawson('12')}\n`)
    put('erp/peoplesoft/extracts/PO_LINE_DISTRIB_0310.csv', peoplesoft)
    put(
      'erp/orders-sent/0309.850',
      interchange('850', '10', 77, [
        sentOrder('4500001', [po1('1', '10', '12', '1001'), po1('2', '4', '30', '1002')]),
        sentOrder('4500002', [po1('1', '5', '12', '1001')]),
      ]) + interchange('850', '20', 78, [sentOrder('P100', [po1('1', '20', '12', '1001')])]),
    )
    // Line 1 at another price; line 2 in a second file.
    put(
      'suppliers/medsupply/outbound/a.855',
      interchange('855', '10', 501, [
        [
          ['BAK', '00', 'AC', '4500001', '20260309', '', '', '', '', '20260310'],
          po1('1', '10', '12.5', '1001'),
          ['ACK', 'IP', '10', 'BX', '067', '20260316'],
          ['CTT', '1'],
        ],
      ]),
    )
    put(
      'suppliers/medsupply/outbound/b.855',
      interchange('855', '10', 502, [
        [
          ['BAK', '00', 'AC', '4500001', '20260309', '', '', '', '', '20260310'],
          po1('2', '4', '30', '1002'),
          ['ACK', 'IA', '4', 'BX'],
          ['CTT', '1'],
        ],
      ]) +
        interchange('855', '20', 503, [
          [
            ['BAK', '00', 'AC', 'P100', '20260309', '', '', '', '', '20260310'],
            po1('1', '20', '12', '1001'),
            ['ACK', 'IA', '12', 'BX', '067', '20260316'],
            ['ACK', 'IB', '8', 'BX', '067', '20260401'],
            ['CTT', '1'],
          ],
        ]),
    )
  })

  it('finds what was not sent, not answered, and answered otherwise, in both layouts', async () => {
    const summary = await run('2026-03-11')
    expect(summary.failures).toEqual([])
    expect((await exceptions()).map(({ code, keys, message }) => [code, keys.po, message]).sort()).toEqual([
      ['ACK-BACKORDERED', 'P100', expect.stringContaining('8 BX of 20 backordered, expected 2026-04-01')],
      ['ACK-OVERDUE', '4500002', expect.stringContaining('it was due 2026-03-11 00:00')],
      ['ACK-PRICE', '4500001', expect.stringContaining('acknowledged at 12.50 per BX, ordered at 12.00')],
      ['PO-NOT-SENT', '4500003', expect.stringContaining('no 850 was sent')],
    ])
    expect(summary.outcomes?.map(({ label, count }) => [label, count])).toEqual([
      ['Accepted', 1],
      ['Different', 1],
      ['Not coming', 1],
      ['Open at the supplier', 1],
      ['Not sent', 1],
      ['Awaited', 0],
    ])
    expect(summary.loads).toEqual([])
  })

  it('does nothing twice', async () => {
    expect(await run('2026-03-11')).toMatchObject({ files: { taken: 0 }, exceptions: { raised: 0 }, loads: [] })
  })

  it('brings the price to the ERP once somebody has accepted it, and only then', async () => {
    const [price] = (await exceptions()).filter(({ code }) => code === 'ACK-PRICE')
    await decideExceptions({
      ...quietly,
      workspace: folder,
      subjects: [exceptionId(price?.id ?? 0)],
      decision: 'accept-price',
      as: 'R. Ortiz',
    })
    expect((await run('2026-03-11')).loads).toMatchObject([{ lines: 1, status: 'sent' }])
    const [name = ''] = readdirSync(path.join(drops, 'erp', 'inbound'))
    const [header, change] = readFileSync(path.join(drops, 'erp', 'inbound', name), 'utf8').split('\n')
    expect(header).toContain('COMPANY,PO_NUMBER,RELEASE,LINE,CHANGE')
    expect(change).toMatch(/,10,4500001,,1,price,10432,1001,BX,10\.0000,,12\.000000,12\.500000,/)
    expect((await run('2026-03-11')).loads).toEqual([])
  })

  it('is done when the next extract shows it', async () => {
    put('erp/lawson/extracts/POLINE_0312.txt', `${lawson('12.5')}\n`)
    // Nor is it held against the 850, which has the old price, or against the supplier, who said that it changed it.
    expect((await run('2026-03-12')).exceptions).toMatchObject({ raised: 0 })
    expect(readdirSync(path.join(drops, 'erp', 'inbound'))).toHaveLength(1)
    expect((await exceptions()).filter(({ code }) => code === 'ACK-PRICE')).toMatchObject([{ status: 'healed' }])
  })

  it('with a price 5 percent over nobody would have been asked about it; nights that saw what was acknowledged before come to the same again', async () => {
    const found = await whatIf({
      ...quietly,
      workspace: folder,
      changes: ['price=5%'],
      overlay: undefined,
      from: '2026-03-11',
      to: '2026-03-12',
      jobs: [],
      csv: undefined,
    })
    expect(found.nights.map(({ left, differs }) => [left, differs])).toEqual(found.nights.map(() => [null, null]))
    expect(found.exceptions).toMatchObject([
      { change: 'removed', code: 'ACK-PRICE', keys: { po: '4500001' }, amount: '5' },
    ])
  })
})
