import { describe, expect, it } from 'vitest'
import type { Invoice } from '../../src/canonical/index.js'
import { readInvoice } from './read-set.js'

const big = (type: string) => `BIG*20261119*CM-1*20261102*4500012345***${type}`
const amountsOf = ({ credit, total, lines, charges }: Invoice) => ({
  credit,
  total,
  lines: lines.map(({ quantity, unitPrice, charges: own }) => [
    quantity,
    unitPrice,
    ...own.map(({ kind, amount }) => kind + amount),
  ]),
  charges: charges.map(({ kind, amount }) => kind + amount),
})

describe('a credit reads the same whatever sign the supplier gives its numbers', () => {
  const goods = { credit: true, total: '49', lines: [['2', '24.5']], charges: [] }

  it.each([
    ['type CR, all positive', 'CR', 'IT1*1*2*BX*24.50', 'TDS*4900'],
    ['type CN, all negative', 'CN', 'IT1*1*-2*BX*24.50', 'TDS*-4900'],
    ['type CR, quantity negative, total positive', 'CR', 'IT1*1*-2*BX*24.50', 'TDS*4900'],
    ['type CR, quantity positive, total negative', 'CR', 'IT1*1*2*BX*24.50', 'TDS*-4900'],
    ['type CR, price negative', 'CR', 'IT1*1*2*BX*-24.50', 'TDS*-4900'],
    ['consolidated credit memo', 'CG', 'IT1*1*2*BX*24.50', 'TDS*4900'],
    ['no type, negative total', '', 'IT1*1*-2*BX*24.50', 'TDS*-4900'],
    ['a debit by its type, negative by its total', 'DI', 'IT1*1*-2*BX*24.50', 'TDS*-4900'],
  ])('%s', async (_case, type, line, total) => {
    expect(amountsOf(await readInvoice(big(type), line, total))).toEqual(goods)
  })

  it('turns the freight that is credited along with the goods', async () => {
    const credited = { credit: true, total: '54', lines: [['2', '24.5']], charges: ['C5'] }
    expect(amountsOf(await readInvoice(big('CR'), 'IT1*1*2*BX*24.50', 'TDS*5400', 'SAC*C*D240***500'))).toEqual(
      credited,
    )
    expect(amountsOf(await readInvoice(big('CR'), 'IT1*1*-2*BX*24.50', 'TDS*-5400', 'SAC*C*D240***-500'))).toEqual(
      credited,
    )
  })

  it('takes a restocking charge off the credit, in both ways of writing it', async () => {
    const kept = { credit: true, total: '34', lines: [['2', '24.5']], charges: ['A15'] }
    expect(amountsOf(await readInvoice(big('CR'), 'IT1*1*-2*BX*24.50', 'TDS*-3400', 'SAC*C*G740***1500'))).toEqual(kept)
    expect(amountsOf(await readInvoice(big('CR'), 'IT1*1*2*BX*24.50', 'TDS*3400', 'SAC*C*G740***-1500'))).toEqual(kept)
  })

  it('leaves what is billed again inside a credit going the other way', async () => {
    const rebilled = {
      credit: true,
      total: '39',
      lines: [
        ['2', '24.5'],
        ['-1', '10'],
      ],
      charges: [],
    }
    const lines = (a: string, b: string) => [`IT1*1*${a}*BX*24.50`, `IT1*2*${b}*EA*10`]
    expect(amountsOf(await readInvoice(big('CR'), ...lines('2', '-1'), 'TDS*3900'))).toEqual(rebilled)
    expect(amountsOf(await readInvoice(big('CR'), ...lines('-2', '1'), 'TDS*-3900'))).toEqual(rebilled)
  })

  it('reads a rebate without lines, written as an allowance', async () => {
    const rebate = { credit: true, total: '500', lines: [], charges: ['C500'] }
    expect(amountsOf(await readInvoice(big('CR'), 'TDS*50000', 'SAC*A*C310***50000'))).toEqual(rebate)
    expect(amountsOf(await readInvoice(big('CR'), 'TDS*-50000', 'SAC*A*C310***50000'))).toEqual(rebate)
  })

  it('knows the direction of a line that has no price', async () => {
    expect(amountsOf(await readInvoice(big('CR'), 'IT1*1*-2*BX', 'TDS*-4900')).lines).toEqual([['2', undefined]])
  })
})

describe('an invoice that is no credit', () => {
  it('keeps a returned line negative', async () => {
    const invoice = await readInvoice(big('DI'), 'IT1*1*10*BX*24.50', 'IT1*2*-1*EA*10', 'TDS*23500')
    expect(amountsOf(invoice)).toEqual({
      credit: false,
      total: '235',
      lines: [
        ['10', '24.5'],
        ['-1', '10'],
      ],
      charges: [],
    })
  })

  it('reads a negative price as a line that goes the other way', async () => {
    const invoice = await readInvoice(big('DI'), 'IT1*1*10*BX*24.50', 'IT1*2*1*EA*-10', 'TDS*23500')
    expect(amountsOf(invoice).lines[1]).toEqual(['-1', '10'])
  })

  it('reads a negative charge or tax as an allowance and a negative allowance as a charge', async () => {
    const invoice = await readInvoice(
      big('DI'),
      'IT1*1*10*BX*24.50',
      'SAC*A*C310***-100',
      'TDS*23800',
      'TXI*ST*-3.00',
      'SAC*C*D240***-500',
    )
    expect(amountsOf(invoice)).toEqual({
      credit: false,
      total: '238',
      lines: [['10', '24.5', 'C1']],
      charges: ['A3', 'A5'],
    })
  })

  it('stays an invoice when it comes to nothing', async () => {
    expect((await readInvoice(big('DI'), 'IT1*1*0*BX*24.50', 'TDS*0')).credit).toBe(false)
  })
})
