import { describe, expect, it } from 'vitest'
import { checkPartner, type Parties } from '../../src/app/read/partner-check.js'

const parties: Parties = {
  senders: new Map([
    ['01:054321987', 'medsupply'],
    ['ZZ:ORTHOTECH', 'orthotech'],
  ]),
  receivers: new Map([['01:081123450', '10']]),
  usage: 'P',
}
const fromUs = {
  senderQualifier: '01',
  sender: '081123450',
  receiverQualifier: '01',
  receiver: '054321987',
  usage: 'P',
}
const toUs = { ...fromUs, sender: '054321987', receiver: '081123450' }

describe('who may have sent an interchange', () => {
  it('a partner, to us', () => {
    expect(checkPartner(toUs, 'medsupply', ['855'], parties)).toMatchObject({
      partner: 'medsupply',
      company: '10',
      finding: undefined,
      isCopy: false,
    })
  })

  it('we ourselves, to a partner, where copies of orders are taken', () => {
    expect(checkPartner(fromUs, null, ['850'], parties)).toMatchObject({
      partner: 'medsupply',
      company: '10',
      finding: undefined,
      isCopy: true,
    })
  })

  it.each([
    ['where no orders are taken', fromUs, null, ['855', '856'], 'TA105:006'],
    ['to nobody we know', { ...fromUs, receiver: 'NOBODY' }, null, ['850'], 'TA105:008'],
    ['to another partner than the drop is of', fromUs, 'orthotech', ['850'], 'TA105:008'],
    ['as a test', { ...fromUs, usage: 'T' }, null, ['850'], 'TA105:020'],
  ])('not we ourselves %s', (_, envelope, drop, sets, standardCode) => {
    expect(checkPartner(envelope, drop, sets, parties).finding).toMatchObject({ code: 'X12-PARTNER', standardCode })
  })
})
