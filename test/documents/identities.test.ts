import { expect, it } from 'vitest'
import type { CanonicalDocument } from '../../src/canonical/index.js'
import { identitiesIn, readDocument, withoutIdentities } from '../../src/documents/index.js'
import { readInterchanges } from '../../src/formats/x12/index.js'
import { writtenSet } from './read-set.js'

/** An 810 of an implant with these segments behind its line, as a night takes it: where patients are named, and what is kept. */
async function taken(...segments: readonly string[]) {
  const set = ['BIG*20261118*INV-1*20261102*4500012345***DI', 'IT1*1*1*EA*900**VP*CM-4410', ...segments, 'TDS*90000']
  const bytes = writtenSet(
    '810',
    set.map((segment) => segment.split('*')),
  )
  let kept: CanonicalDocument | undefined
  let places: string[] = []
  for await (const item of readInterchanges(bytes)) {
    if (item.kind !== 'transaction') continue
    const { document } = readDocument(item.transaction)
    const found = identitiesIn(item.transaction)
    places = found.map(({ segment, element }) => `${segment.id}0${element}`)
    if (document !== undefined) kept = withoutIdentities(document, found)
  }
  if (kept === undefined) throw new Error('no document')
  return { places, kept: JSON.stringify(kept) }
}

it.each([
  ['a description', 'PID*F****PLATE FOR SSN 523-45-6796', 'PID05'],
  ['a note that is mapped to nothing', 'NTE*GEN*PT MRN 9911224', 'NTE02'],
  ["a number that is a patient's by its qualifier", 'REF*EA*9911224', 'REF02'],
  ['the description of a reference', 'REF*LT*L77*DOE^JANE', 'REF03'],
  ['a patient as a party', 'N1*QC*JANE DOE', 'N102'],
])('a patient who is named in %s is told and left out; the invoice stays', async (_, segment, place) => {
  const { places, kept } = await taken(segment)
  expect(places).toEqual([place])
  expect(kept).not.toMatch(/523-45-6796|9911224|DOE/)
  expect(kept).toMatch(/"invoiceNumber":"INV-1".*"CM-4410"/)
})

it.each([
  'PID*F****PLATE 3.5MM 6 HOLE',
  'REF*LT*523-45-6796',
  'N1*ST*MERCY HOSPITAL*92*100',
  'NTE*GEN*CALL 312-555-0199',
])('what names nobody stays: %s', async (segment) => {
  const { places, kept } = await taken(segment)
  expect(places).toEqual([])
  expect(kept).not.toContain('removed')
})
