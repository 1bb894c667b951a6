import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkTransaction, loadGuide } from '../../../src/formats/x12/index.js'
import { setsOf, short } from './checked.js'

const folder = path.resolve(import.meta.dirname, '../../../../shared/samples')
const files = existsSync(folder)
  ? readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name }) => readdirSync(path.join(folder, name)).map((file) => `${name}/${file}`))
  : []

if (files.length === 0) console.warn(`public samples are not checked: there is no ${folder}`)

/** What is wrong in these files, each looked at by hand. Every other file of a set we hold a guide for is as it should be. */
const faults: Readonly<Record<string, readonly string[]>> = {
  // The component separator is @ and stands in an e-mail address.
  'EDIandXML__OBOE/testFiles__5-850.x12': ['850 AK403:6 PER04 @5'],
  // ZZZ is no reference qualifier; ZZ is.
  'aaronhuggins__node-x12/test__test-data__855.edi': ['855 AK403:7 REF01 @4'],
  // NM1 stands behind RMR: in the loop of one ENT all NM1 come before.
  'cosyte__x12/test__fixtures__golden__820.edi': ['820 AK304:7 NM1 @14'],
  'cosyte__x12/test__fixtures__premium__820-canonical.edi': ['820 AK304:7 NM1 @14'],
  // DTM and ADX without what they are about.
  'cosyte__x12/test__fixtures__premium__820-edge.edi': [
    '820 AK403:2 DTM02 @14',
    '820 AK403:1 ADX01 @15',
    '820 AK403:1 ADX02 @15',
  ],
  // RMR before any ENT, two N4 in one party, a party within ENT.
  'cosyte__x12/test__fixtures__premium__820-loop.edi': [
    '820 AK304:2 RMR @4',
    '820 AK304:5 N4 @9',
    '820 AK304:7 N1 @12',
  ],
  // The state is the word "State".
  'indice-co__EDI.Net/test__indice.Edi.Tests__Samples__x12.850a.edi': ['850 AK403:5 N402 @22'],
  // Made to break conditions: PO107 without PO106, PO406 that PO405 and PO407 ask for.
  'olmelabs__EdiEngine/EdiEngine.Tests__TestData__850.SyntaxNotes.ERR.edi': [
    '850 AK403:2 PO107 @13',
    '850 AK403:2 PO406 @30',
    '850 AK403:2 PO406 @30',
  ],
  // Nothing between ST and SE.
  'xlate__staedi/src__test__resources__x12__empty997.edi': ['997 AK304:3 AK1 @2', '997 AK304:3 AK9 @2'],
  // Repetitions in elements that have one value.
  'xlate__staedi/src__test__resources__x12__extraDelimiter997.edi': [
    '997 AK403:12 AK302 @4',
    '997 AK403:12 AK304 @4',
    '997 AK403:12 AK404 @5',
  ],
  'xlate__staedi/src__test__resources__x12__invalid997.edi': ['997 AK403:5 AK101 @2', '997 AK403:6 AK402 @5'],
  'xlate__staedi/src__test__resources__x12__invalid997_min.edi': ['997 AK403:5 AK101 @2'],
  // N103 without N104.
  'xlate__staedi/src__test__resources__x12__invoice810_po850_dual.edi': ['850 AK403:2 N104 @9'],
}

describe.skipIf(files.length === 0)('X12 files of public projects, held against their guides', () => {
  test.each(files)('%s', async (file) => {
    const found: string[] = []
    for (const { transaction, delimiters } of await setsOf(readFileSync(path.join(folder, file)))) {
      const guide = await loadGuide(transaction.envelope.version, transaction.set)
      if (guide === undefined) continue
      for (const finding of checkTransaction(transaction, guide, delimiters)) {
        found.push(`${transaction.set} ${short(finding)}`)
      }
    }
    expect(found).toEqual(faults[file] ?? [])
  })

  test('enough of them are of sets we hold a guide for', async () => {
    let checked = 0
    for (const file of files) {
      for (const { transaction } of await setsOf(readFileSync(path.join(folder, file)))) {
        if ((await loadGuide(transaction.envelope.version, transaction.set)) !== undefined) checked++
      }
    }
    expect(checked).toBeGreaterThan(50)
  })
})
