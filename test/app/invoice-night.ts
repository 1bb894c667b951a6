import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { DateTime } from 'luxon'
import { writeInterchange } from '../../src/formats/x12/index.js'
import { JobNight } from './job-night.js'

const poHead =
  'COMPANY|PO_NUMBER|PO_RELEASE|LINE_NBR|VENDOR|ITEM|VEN_ITEM|MANUF_NBR|GTIN|NDC|HIBC|DESCRIPTION|QUANTITY|CXL_QTY|ENT_BUY_UOM|EBUY_UOM_MULT|ENT_UNIT_CST|PRICE_BASIS|CLOSED_FL|MATCHING|LOCATION|REQ_LOCATION|PURCH_MAJCL|ACCT_UNIT|PO_DATE|TERM_CODE|TAX_EXEMPT_FL|FREIGHT_CAP|BILL_ONLY_FL|CURRENCY_CODE'
const itemHead =
  'ITEM|DESCRIPTION|STOCK_UOM|ALT_UOM_1|ALT_CONV_1|ALT_GTIN_1|ALT_UOM_2|ALT_CONV_2|ALT_GTIN_2|MANUF_CODE|MANUF_NBR|GTIN|NDC|HIBC|PURCH_MAJCL|ACTIVE_STATUS|CONSIGNMENT_FL'

export interface BilledLine {
  readonly line: string
  readonly quantity: string
  readonly uom?: string
  readonly price: string
  /** Qualifier and id in turn. */
  readonly ids: readonly string[]
  readonly description?: string
}

/** A small night of receipt-to-invoice: two PO lines of OrthoTech in company 10, two items, and the invoices a case lays. Today is the day. */
export class InvoiceNight extends JobNight {
  /** In the zone of the workspace, which begins its days later than UTC. */
  readonly today = DateTime.now().setZone('America/Chicago').toFormat('yyyy-MM-dd')

  constructor() {
    super('receipt-to-invoice')
  }

  async lay(): Promise<void> {
    await this.make()
    const job = path.join(this.folder, 'jobs', 'receipt-to-invoice.yaml')
    writeFileSync(
      job,
      readFileSync(job, 'utf8')
        .replaceAll('kind: extract', 'kind: extract\n    required: false')
        .replaceAll('{ endpoint: ', '{ stable-seconds: 0, endpoint: '),
    )
    for (const place of ['erp/peoplesoft/extracts', 'erp/inbound', 'suppliers/medsupply/outbound']) this.folderAt(place)
    this.put('erp/lawson/extracts/ITEMMAST_1.txt', [
      itemHead,
      ...[
        ['1001', 'PLATE LOCKING 3.5MM 6 HOLE', 'SYN', 'LCP-356'],
        ['1002', 'SCREW CORTEX 3.5MM 20MM', 'SYN', 'CTX-3520'],
        ['1003', 'GLOVE EXAM NITRILE LARGE', 'MED', 'GL-77'],
      ].map(([item, description, maker, part]) => `${item}|${description}|EA|BX|10|||||${maker}|${part}|||||A|N`),
      'TRL|3|3',
    ])
    this.put('erp/lawson/extracts/POLINE_1.txt', [
      poHead,
      ...[
        ['001', '1001', 'OT-356', 'LCP-356', 'PLATE LOCKING 3.5MM 6 HOLE', '4', '80'],
        ['002', '1002', 'OT-3520', 'CTX-3520', 'SCREW CORTEX 3.5MM 20MM', '12', '15'],
      ].map(
        ([line, item, vendorItem, part, description, quantity, price]) =>
          `10|4500001|0000|${line}|20718|${item}|${vendorItem}|${part}||||${description}|${quantity}|0|EA|1|${price}||N|N|WH1|OR|MS|7001|${this.#american()}|N45|Y||N|USD`,
      ),
      'TRL|2|16',
    ])
  }

  invoice(number: string, lines: readonly BilledLine[], po = '4500001', currency?: string): void {
    const day = this.today.replaceAll('-', '')
    const total = lines.reduce((sum, { quantity, price }) => sum + Number(quantity) * Number(price) * 100, 0)
    const control = Number(number.replaceAll(/\D/g, ''))
    const bytes = writeInterchange({
      sender: { qualifier: 'ZZ', id: 'ORTHOTECH' },
      receiver: { qualifier: '01', id: '081123450' },
      usage: 'P',
      version: '004010',
      date: this.today,
      time: '0900',
      delimiters: { newline: '\n' },
      control,
      groups: [
        {
          functionalId: 'IN',
          sender: 'ORTHOTECH',
          receiver: '081123450',
          control,
          transactions: [
            {
              set: '810',
              control: '0001',
              segments: [
                ['BIG', day, number, day, po],
                ...(currency === undefined ? [] : [['CUR', 'BY', currency]]),
                ...lines.flatMap(({ line, quantity, uom = 'EA', price, ids, description }) => [
                  ['IT1', line, quantity, uom, price, '', ...ids],
                  ...(description === undefined ? [] : [['PID', 'F', '', '', '', description]]),
                ]),
                ['TDS', String(Math.round(total))],
                ['CTT', String(lines.length)],
              ],
            },
          ],
        },
      ],
    })
    this.put(`suppliers/orthotech/outbound/${number}.810`, bytes.toString().trimEnd().split('\n'))
  }

  #american = (): string => `${this.today.slice(5, 7)}/${this.today.slice(8)}/${this.today.slice(0, 4)}`
}
