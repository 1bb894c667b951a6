import { describe, expect, it } from 'vitest'
import type { Comparison } from '../../../src/app/edi/compare/difference.js'
import { compareFiles } from '../../../src/app/edi/compare-files.js'
import { loadWords } from '../../../src/app/edi/words.js'
import { diffText } from '../../../src/commands/render/edi-diff-text.js'
import { interchange, sample, sampleText, withBytes } from './viewed.js'

const compared = (left: string, right: string): Promise<Comparison> =>
  withBytes(left, (first) =>
    withBytes(right, async (second) => compareFiles({ file: first }, { file: second }, await loadWords())),
  )
const order = sampleText('850/plain.edi')
const acknowledgment = (...segments: readonly string[]) =>
  interchange('855', 'PR', ['BAK*00*AC*4500012345*20261102****20261103', ...segments])
const ONE = 'PO1*1*10*BX*24.50*PE*VP*CM-4410*IN*300117'
const TWO = 'PO1*2*4*CS*112*PE*VP*CM-7702*IN*300590'

describe('an acknowledgment against its order', () => {
  it('is the same where everything is accepted as ordered', async () => {
    const result = await compared(order, acknowledgment(ONE, 'ACK*IA*10*BX', TWO, 'ACK*IA*4*CS'))
    expect(result).toMatchObject({ same: true, left: { heading: 'Ordered' }, right: { heading: 'Acknowledged' } })
    expect(result.lines.map(({ state, statuses }) => [state, statuses])).toEqual([
      ['same', ['Accepted (IA): 10 box']],
      ['same', ['Accepted (IA): 4 case']],
    ])
  })

  it('says what is short, dearer and late, line by line', async () => {
    const result = await compared(
      order,
      acknowledgment(
        ONE.replace('24.50', '26.10'),
        'ACK*IP*6*BX',
        'ACK*IB*4*BX*067*20261120',
        TWO,
        'ACK*DR*4*CS*067*20261112',
      ),
    )
    expect(result.same).toBe(false)
    const [first, second] = result.lines
    expect(first?.differences).toEqual([
      { field: 'Quantity', left: '10 box', right: '6 box', says: '4 box less' },
      { field: 'Unit price', left: '24.50', right: '26.10', says: '+1.60 (+6.5%)' },
      { field: 'Date', left: '2026-11-06 (delivery requested)', right: '2026-11-20 (current delivery schedule)' },
    ])
    expect(second?.differences).toEqual([
      { field: 'Date', left: '2026-11-06 (delivery requested)', right: '2026-11-12 (current delivery schedule)' },
    ])
    expect(second?.statuses[0]).toContain('Accepted, date rescheduled (DR)')
  })

  it('is not surprised by an earlier date, or by zeros before a line number', async () => {
    const result = await compared(
      order,
      acknowledgment(ONE.replace('PO1*1*', 'PO1*0001*'), 'ACK*IA*10*BX*067*20261105', TWO, 'ACK*IA*4*CS'),
    )
    expect(result.same).toBe(true)
  })

  it('finds a line by its part where the supplier counts otherwise', async () => {
    const result = await compared(
      order,
      acknowledgment(TWO.replace('PO1*2*', 'PO1*1*'), 'ACK*IA*4*CS', ONE.replace('PO1*1*', 'PO1*2*'), 'ACK*IA*10*BX'),
    )
    expect(result.lines.map(({ line, state }) => [line, state])).toEqual([
      ['1', 'same'],
      ['2', 'same'],
    ])
  })

  it('says which line was not answered, and which was not ordered', async () => {
    const other = 'PO1*9*1*EA*5*PE*VP*CM-9999'
    const result = await compared(order, acknowledgment(ONE, 'ACK*IA*10*BX', other, 'ACK*IA*1*EA'))
    expect(result.lines.map(({ line, state }) => [line, state])).toEqual([
      ['1', 'same'],
      ['2', 'left-only'],
      ['9', 'right-only'],
    ])
    const text = diffText(result)
    expect(text).toMatch(/Line 2 .* only ordered/)
    expect(text).toMatch(/Line 9 .* only acknowledged/)
    expect(text).toContain('2 of 3 lines differ')
  })

  it('takes an acknowledgment without lines for all of them', async () => {
    const all = interchange('855', 'PR', ['BAK*00*AD*4500012345*20261102****20261103'])
    expect((await compared(order, all)).same).toBe(true)
    const none = interchange('855', 'PR', ['BAK*00*RJ*4500012345*20261102****20261103'])
    expect((await compared(order, none)).same).toBe(false)
  })

  it('refused means that nothing comes', async () => {
    const result = await compared(order, acknowledgment(ONE, 'ACK*IA*10*BX', TWO, 'ACK*R4*4*CS'))
    expect(result.lines[1]).toMatchObject({
      state: 'different',
      statuses: ['Rejected, contract item not available (R4): 4 case'],
      differences: [{ field: 'Quantity', right: '0 case' }],
    })
  })

  it('reads the same whichever way the two are named, and of another order says so', async () => {
    const other = acknowledgment(ONE, 'ACK*IA*10*BX', TWO, 'ACK*IA*4*CS').replace('4500012345', '4500099999')
    const result = await compared(other, order)
    expect(result.left.title).toBe('Purchase order 4500012345')
    expect(result.differences).toEqual([{ field: 'Purchase order', left: '4500012345', right: '4500099999' }])
  })
})

describe('an invoice against its order', () => {
  it('is the same where it bills what was ordered', async () => {
    const result = await compareFiles(
      { file: sample('850/plain.edi') },
      { file: sample('810/invoice-with-freight-and-tax.edi') },
      await loadWords(),
    )
    expect(result.same).toBe(true)
  })

  it('compares prices for one unit', async () => {
    const invoice = sampleText('810/invoice-with-freight-and-tax.edi')
    const perHundred = invoice.replace('IT1*1*10*BX*24.5*PE', 'IT1*1*10*BX*2450*HP')
    expect((await compared(order, perHundred)).same).toBe(true)
    const dearer = invoice.replace('IT1*1*10*BX*24.5*PE', 'IT1*1*12*BX*2500*HP')
    expect((await compared(order, dearer)).lines[0]?.differences).toEqual([
      { field: 'Quantity', left: '10 box', right: '12 box', says: '2 box more' },
      { field: 'Unit price', left: '24.50', right: '2,500.00 per hundred', says: '+0.50 (+2%)' },
    ])
  })
})

describe('a change against its order', () => {
  it('speaks of the lines that are changed, and in which way', async () => {
    const change = interchange('860', 'PC', [
      'BCH*04*CP*4500012345**1*20261102',
      'POC*1*QD*6*6*BX*24.50*PE*VP*CM-4410*IN*300117',
      'POC*3*AI*2**EA*9*PE*VP*CM-1000',
    ])
    const result = await compared(order, change)
    expect(result.lines).toMatchObject([
      {
        line: '1',
        state: 'different',
        statuses: ['Quantity decreased (QD)'],
        differences: [{ field: 'Quantity', left: '10 box', right: '6 box', says: '4 box less' }],
      },
      { line: '3', state: 'right-only', statuses: ['Items added (AI)'] },
    ])
  })
})

describe('two documents of a kind', () => {
  it('are the same when they say the same, whatever their envelopes', async () => {
    const again = order.replaceAll('000001027', '000001999').replaceAll('*1027', '*1999')
    expect((await compared(order, again)).same).toBe(true)
  })

  it('differ field by field in plain words', async () => {
    const changed = order
      .replace('DTM*002*20261106', 'DTM*002*20261109')
      .replace('N1*ST*ST BRIGID MAIN HOSPITAL', 'N1*ST*ST BRIGID EAST')
      .replace('PO1*2*4*CS*112', 'PO1*2*5*CS*112')
    const result = await compared(order, changed)
    expect(result.differences.map(({ field }) => field)).toEqual(['Delivery requested', 'Ship to', 'Lines'])
    expect(result.lines.map(({ state }) => state)).toEqual(['same', 'different'])
    expect(result.lines[1]?.differences).toContainEqual({ field: 'Quantity', left: '4', right: '5' })
  })

  it('that are shipments differ by what is in them', async () => {
    const shipment = sampleText('856/cartons-of-one-order.edi')
    expect((await compared(shipment, shipment)).same).toBe(true)
    const result = await compared(shipment, shipment.replace('L448121', 'L448122'))
    expect(result.same).toBe(false)
    expect(JSON.stringify(result.differences)).toContain('Lot L448122')
  })

  it('that are price files differ item by item', async () => {
    const prices = sampleText('832/contract-prices-with-quantity-breaks.edi')
    const result = await compared(prices, prices.replace('22.90', '23.10'))
    expect(result.lines.map(({ state }) => state)).toEqual(['different', 'same'])
  })
})

describe('what cannot be compared', () => {
  it('is said with what can', async () => {
    const call = compared(sampleText('832/contract-prices-with-quantity-breaks.edi'), order)
    await expect(call).rejects.toMatchObject({ code: 'USAGE', hint: expect.stringContaining('855, 810 or 860') })
  })

  it('also when a file holds no document', async () => {
    await expect(compared('nothing', order)).rejects.toMatchObject({ code: 'USAGE' })
  })

  it('of several documents the one about the same order is taken', async () => {
    const words = await loadWords()
    const other = order.replace('4500012345', '4500000001')
    const both = `${other}${order}`
    const result = await withBytes(both, (file) => compareFiles({ file: sample('850/plain.edi') }, { file }, words))
    expect(result.same).toBe(true)
    const second = await withBytes(both, (file) =>
      compareFiles({ file: sample('850/plain.edi') }, { file, set: 1 }, words),
    )
    expect(second.same).toBe(false)
  })
})
