import { expect, test } from 'vitest'
import { totalsAdvice } from '../../../src/formats/x12/index.js'
import { fileOf, setsOf } from './checked.js'

/** What is advised of the totals of such a set. */
async function advised(set: string, segments: readonly string[]): Promise<string[]> {
  const [read] = await setsOf(fileOf('004010', set, segments))
  return read === undefined ? ['no set'] : totalsAdvice(read.transaction).map(({ message }) => message)
}

const order = (ctt: string) => advised('850', ['BEG*00*NE*1**20261120', 'PO1*1*10*EA', 'PO1*2*2.5*EA', ctt])
const shipment = (ctt: string) =>
  advised('856', ['BSN*00*1*20261120*1000', 'HL*1**S', 'HL*2*1*O', 'HL*3*2*I', 'LIN**VN*A', 'SN1**4*EA', ctt])

test('a CTT that counts another number of lines is told', async () => {
  expect(await order('CTT*2')).toEqual([])
  expect(await order('CTT*02')).toEqual([])
  expect(await order('CTT*3')).toEqual(['CTT01 counts 3 lines, the set has 2 of PO1'])
})

test('a hash total may be the sum of the quantities, or of their digits', async () => {
  expect(await order('CTT*2*12.5')).toEqual([])
  expect(await order('CTT*2*35')).toEqual([])
  expect(await order('CTT*2*12')).toEqual(['CTT02 says 12, the quantities of the lines are 12.5 together'])
})

test('a ship notice counts its levels or its items', async () => {
  expect(await shipment('CTT*3')).toEqual([])
  expect(await shipment('CTT*1')).toEqual([])
  expect(await shipment('CTT*2')).toEqual(['CTT01 counts 2 lines, the set has 3 levels and 1 items'])
})

test('nothing is said where a quantity is no number, of sets without lines, and of sets that count something else', async () => {
  expect(await advised('850', ['BEG*00*NE*1**20261120', 'PO1*1*1O*EA', 'CTT*1*10'])).toEqual([])
  expect(await advised('850', ['BEG*00*NE*1**20261120', 'CTT*1'])).toEqual([])
  expect(await advised('830', ['BFR*00', 'CTT*7'])).toEqual([])
})
