import { describe, expect, it } from 'vitest'
import { readAcknowledgment, readSet } from './read-set.js'

const BAK = 'BAK*00*AC*4500012345*20261102*****20261103'
const LINE = 'PO1*1*10*BX*24.50**VP*CM-4410*IN*300117'

describe('an 855', () => {
  it('keeps each answer to a line with its quantity and date', async () => {
    const { lines } = await readAcknowledgment(BAK, LINE, 'ACK*IA*6*BX*068*20261105', 'ACK*IB*4*BX*068*20261126')
    expect(lines[0]?.statuses.map(({ status, quantity, date }) => [status, quantity, date])).toEqual([
      ['IA', '6', '2026-11-05'],
      ['IB', '4', '2026-11-26'],
    ])
  })

  it('tells a substitute from the item ordered', async () => {
    const { lines } = await readAcknowledgment(BAK, LINE, 'ACK*IS*10*BX*068*20261107**VP*CM-4412*UP*812345678900')
    expect(lines[0]?.ids).toEqual({ vendorItem: 'CM-4410', buyerItem: '300117' })
    expect(lines[0]?.statuses[0]?.ids).toEqual({ vendorItem: 'CM-4412', gtin: '00812345678900' })
  })

  it('does not take the agency behind the ten id pairs of an ACK for an id', async () => {
    const ack = `ACK*IA*10*BX${'*'.repeat(24)}AX*SRC`
    const { lines, unmapped } = await readAcknowledgment(BAK, LINE, ack)
    expect(lines[0]?.statuses[0]).toMatchObject({ ids: {}, agency: 'AX', agencySubset: 'SRC' })
    expect(unmapped).toEqual([])
  })

  it('keeps the release and the order number of the supplier', async () => {
    const read = await readAcknowledgment('BAK*00*AC*4500012345*20261102*0014*RFQ-7*C-2026*SO-88120*20261103*RD')
    expect(read).toMatchObject({
      release: '0014',
      request: 'RFQ-7',
      contract: 'C-2026',
      supplierOrder: 'SO-88120',
      acknowledgedOn: '2026-11-03',
      transactionType: 'RD',
    })
  })

  it('takes the date behind an answer for the answer, and the one in front of it for the line', async () => {
    const { lines } = await readAcknowledgment(BAK, LINE, 'DTM*002*20261105', 'ACK*IB*10*BX', 'DTM*067*20261126')
    expect(lines[0]?.dates).toEqual([{ qualifier: '002', date: '2026-11-05' }])
    expect(lines[0]?.statuses[0]?.dates).toEqual([{ qualifier: '067', date: '2026-11-26' }])
  })

  it('with a header alone is an answer to the whole order', async () => {
    const { type, lines } = await readAcknowledgment('BAK*00*AT*4500012345*20261102')
    expect([type, lines]).toEqual(['AT', []])
  })

  it("does not take a sub-line's answer for the line's", async () => {
    const { lines, unmapped } = await readAcknowledgment(BAK, LINE, 'ACK*IR*10*BX', 'SLN*1**I*5*BX', 'ACK*IA*5*BX')
    expect(lines[0]?.statuses.map(({ status }) => status)).toEqual(['IR'])
    expect(lines[0]?.components?.[0]?.statuses?.map(({ status }) => status)).toEqual(['IA'])
    expect(unmapped).toEqual([])
  })

  it('an answer before any line answers nothing, and is kept', async () => {
    const { lines, unmapped } = await readAcknowledgment(BAK, 'ACK*IA*10*BX')
    expect([lines, unmapped.map(({ text }) => text)]).toEqual([[], ['ACK*IA*10*BX']])
  })

  it('without its order number is not read', async () => {
    const { documents, findings } = await readSet('855', 'BAK*00*AC**20261102', LINE)
    expect(documents).toEqual([])
    expect(findings).toMatchObject([{ segment: 'BAK', element: 3, standardCode: 'AK403:1' }])
  })
})
