import {
  type InterchangeToWrite,
  readInterchanges,
  writeInterchange,
  type X12Item,
} from '../../../src/formats/x12/index.js'

const invoice = (control: string, number: string) => ({
  set: '810',
  control,
  segments: [
    ['BIG', '20240304', number, '20240229', 'PO4711', '', '', 'DI'],
    ['N1', 'ST', 'MERCY GENERAL', '92', 'DOCK-2'],
    ['IT1', '1', '10', 'BX', '12.5', 'PE', 'IN', '100234', 'VN', 'AB-77'],
    ['TDS', '12500'],
    ['CTT', '1'],
  ],
})

/** One interchange, one group, two invoices: the file the envelope cases start from. */
export const twoInvoices: InterchangeToWrite = {
  sender: { qualifier: 'ZZ', id: 'SUPPLIER' },
  receiver: { qualifier: '01', id: '123456789' },
  usage: 'P',
  version: '004010',
  date: '2024-03-04',
  time: '0312',
  control: 905,
  groups: [
    {
      functionalId: 'IN',
      sender: 'SUPPLIER',
      receiver: 'HEALTH',
      control: 17,
      transactions: [invoice('0001', 'INV-1'), invoice('0002', 'INV-2')],
    },
  ],
}

/** Each segment on a line of its own. */
export const fileText = (interchange: InterchangeToWrite = twoInvoices, newline = '\n'): string =>
  writeInterchange({ ...interchange, delimiters: { ...interchange.delimiters, newline } }).toString('latin1')

export async function readAll(source: Uint8Array | string | AsyncIterable<Uint8Array>): Promise<X12Item[]> {
  const items: X12Item[] = []
  const bytes = typeof source === 'string' ? Buffer.from(source, 'latin1') : source
  for await (const item of readInterchanges(bytes)) items.push(item)
  return items
}

export const transactionsOf = (items: readonly X12Item[]) =>
  items.flatMap((item) => (item.kind === 'transaction' ? [item.transaction] : []))

export const findingsOf = (items: readonly X12Item[]) =>
  items.flatMap((item) => (item.kind === 'finding' ? [item.finding] : []))

/** What came out, short: sets by control number, findings by code. */
export const outcome = async (source: Parameters<typeof readAll>[0]): Promise<string[]> =>
  (await readAll(source)).map((item) =>
    item.kind === 'transaction'
      ? `${item.transaction.set} ${item.transaction.envelope.transactionControl}`
      : `${item.finding.code} ${item.finding.standardCode} ${item.finding.scope}`,
  )
