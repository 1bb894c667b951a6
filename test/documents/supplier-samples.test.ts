import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseDecimal, parseImplied } from '../../src/canonical/index.js'
import { readDocument } from '../../src/documents/index.js'
import { readInterchanges, type Transaction } from '../../src/formats/x12/index.js'
import { readFile } from './read-file.js'

/** X12 files of public projects, kept beside the checkout and not part of it. */
const folder = path.resolve(import.meta.dirname, '../../../shared/samples')
const EDI_NET = 'indice-co__EDI.Net/test__indice.Edi.Tests__Samples__x12.'

/** Each with the documents it comes to and what is found against it. */
const samples: readonly (readonly [file: string, kinds: readonly string[], findings: readonly string[]])[] = [
  ['aaronhuggins__node-x12/test__test-data__856.edi', ['ship-notice'], []],
  ['apimeister__x12-types/test-data__004060_856.edi', ['ship-notice'], []],
  ['olmelabs__EdiEngine/EdiEngine.Tests__TestData__856.Crossdock.OK.edi', ['ship-notice'], []],
  // Its SE01 says 17 segments, and there are 12.
  [`${EDI_NET}832.edi`, [], ['AK502:4']],
  [`${EDI_NET}810a.edi`, ['invoice'], []],
  [`${EDI_NET}810b.edi`, ['invoice'], []],
  [`${EDI_NET}810c.edi`, ['invoice'], []],
  [`${EDI_NET}810d.edi`, ['invoice'], []],
  ['moov-io__x12/examples__example_4010_810__sample.txt', ['invoice', 'invoice'], []],
  ['xlate__staedi/src__test__resources__x12__simple810.edi', ['invoice', 'invoice'], []],
  // Its 850 is a 003010 whose dates have no century.
  ['xlate__staedi/src__test__resources__x12__invoice810_po850_dual.edi', ['invoice', 'invoice', 'purchase-order'], []],
]
const there = existsSync(folder)
if (!there) console.warn(`public samples are not tested: there is no ${folder}`)

const bytesOf = (file: string) => readFileSync(path.join(folder, file))

/** Each way in which a value of the file may stand in a document. */
const waysToSay = (value: string): readonly (string | undefined)[] => [
  value,
  parseDecimal(value),
  parseImplied(value, 2),
  `${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6)}`,
  `20${value.slice(0, 2)}-${value.slice(2, 4)}-${value.slice(4)}`,
]
const said = (text: string, value: string): boolean =>
  waysToSay(value).some((way) => way !== undefined && text.includes(JSON.stringify(way).slice(1, -1)))

/** Qualifiers of product numbers become names of fields; CUR01 SE goes without saying. */
const NAMES = ['VP', 'VN', 'UP', 'UA', 'EN', 'SE']

/** What is found against the set itself; that the ISA of some is malformed is another matter. */
const against = (findings: Awaited<ReturnType<typeof readFile>>['findings']) =>
  findings
    .filter((finding) => !('scope' in finding) || finding.scope === 'transaction')
    .map((each) => each.standardCode)

describe.skipIf(!there)('the 810, 856 and 832 of public projects', () => {
  it.each(samples)('%s', async (file, kinds, findings) => {
    const read = await readFile(bytesOf(file))
    expect(read.documents.map(({ kind }) => kind)).toEqual(kinds)
    expect(against(read.findings)).toEqual(findings)
  })

  it.each(samples.filter(([, kinds]) => kinds.length > 0))('%s: no value is lost', async (file) => {
    for (const transaction of await transactionsIn(bytesOf(file))) {
      const { document } = readDocument(transaction)
      if (document === undefined) continue
      const text = JSON.stringify(document)
      const values = transaction.segments
        .filter(({ id }) => !['ST', 'SE', 'HL', 'CTT'].includes(id))
        .flatMap(({ elements }) => elements.map((value) => value.trim()).filter((value) => value !== ''))
      expect(values.filter((value) => !NAMES.includes(value) && !said(text, value))).toEqual([])
    }
  })

  it('says of the charges that 810a and 810b repeat that they count once, and does not guess at 810c and 810d', async () => {
    const repeated = await Promise.all(
      ['a', 'b', 'c', 'd'].map(async (which) => {
        const { documents } = await readFile(bytesOf(`${EDI_NET}810${which}.edi`))
        const [invoice] = documents
        return invoice?.kind === 'invoice' && invoice.chargesRepeated
      }),
    )
    expect(repeated).toEqual([true, true, undefined, undefined])
  })

  it('finds each item of the cross-dock 856 in its order and its carton', async () => {
    const { documents } = await readFile(bytesOf('olmelabs__EdiEngine/EdiEngine.Tests__TestData__856.Crossdock.OK.edi'))
    expect(documents).toMatchObject([
      {
        items: [
          [2, 3],
          [2, 5],
          [2, 7],
          [2, 9],
          [11, 12],
        ].map(([inOrder, inPack]) => ({ inOrder, inPack })),
      },
    ])
  })
})

async function transactionsIn(bytes: Uint8Array): Promise<Transaction[]> {
  const transactions: Transaction[] = []
  for await (const item of readInterchanges(bytes)) if (item.kind === 'transaction') transactions.push(item.transaction)
  return transactions
}
