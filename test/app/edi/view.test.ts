import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { rawSegments } from '../../../src/app/edi/raw-segments.js'
import type { Viewed } from '../../../src/app/edi/view-file.js'
import { rawLine } from '../../../src/commands/render/edi-raw-text.js'
import { pageEnd, pageStart, sheetHtml } from '../../../src/commands/render/edi-sheet-html.js'
import { sheetText } from '../../../src/commands/render/edi-sheet-text.js'
import { documentJson, viewWriter } from '../../../src/commands/render/edi-view.js'
import { interchange, sample, sampleText, viewedFile, withBytes, withOpened } from './viewed.js'

const golden = [
  '850/notes-terms-and-routing',
  '855/rejected-and-price-changed',
  '810/invoice-with-freight-and-tax',
  '856/cartons-of-one-order',
  '832/contract-prices-with-quantity-breaks',
]

const sheetsOf = (all: readonly Viewed[]) => all.flatMap((one) => (one.kind === 'finding' ? [] : [one.sheet]))
const textOf = (all: readonly Viewed[]) =>
  sheetsOf(all)
    .map((sheet) => sheetText(sheet, 100))
    .join('\n\n')
const textOfBytes = (bytes: string, partners?: ReadonlyMap<string, string>) =>
  withBytes(bytes, async (file) => textOf(await viewedFile(file, undefined, partners)))

/** REGENERATE=1 writes what is shown; look at the difference before it is kept. */
describe('a document reads as people know it', () => {
  it.each(golden)('%s', async (name) => {
    const shown = `${textOf(await viewedFile(sample(`${name}.edi`)))}\n`
    const expected = sample(`${name}.view.txt`)
    if (process.env.REGENERATE === '1') writeFileSync(expected, shown)
    expect(existsSync(expected), `${expected} is missing: run with REGENERATE=1`).toBe(true)
    expect(shown).toBe(readFileSync(expected, 'utf8'))
  })

  it('says a purchase order in one line', async () => {
    const [sheet] = sheetsOf(await viewedFile(sample('850/plain.edi')))
    expect(sheet?.title).toBe('Purchase order 4500012345')
    expect(sheet?.summary).toBe('new order, 2 lines, from ST BRIGID HEALTH to 087654321')
  })

  it('names sender and receiver as the workspace does', async () => {
    const partners = new Map([['01:087654321', 'Carden Medical']])
    const [sheet] = sheetsOf(await viewedFile(sample('850/plain.edi'), undefined, partners))
    expect(sheet?.summary).toContain('to Carden Medical')
  })

  it('shows acknowledgment statuses in words, with their colour', async () => {
    const [sheet] = sheetsOf(await viewedFile(sample('855/backordered-in-two-acks.edi')))
    const table = sheet?.blocks[0]
    const notes = table?.kind === 'table' ? table.rows.flatMap((row) => row.notes) : []
    expect(notes).toEqual([
      { text: 'Accepted (IA): 6 box, current ship schedule 2026-11-05', tone: 'good' },
      { text: 'Backordered (IB): 4 box, current ship schedule 2026-11-26', tone: 'notice' },
    ])
  })

  it('says by how much an invoice does not add up', async () => {
    const wrong = sampleText('810/invoice-with-freight-and-tax.edi').replace('TDS*75115~', 'TDS*76115~')
    const text = await textOfBytes(wrong)
    expect(text).toContain('lines and charges come to USD 751.15: USD 10.00 are not explained')
    expect(textOf(await viewedFile(sample('810/invoice-with-freight-and-tax.edi')))).not.toContain('not explained')
  })

  it('shows a set that its SE does not fit as the document it is, marked as not used', async () => {
    const long = sampleText('810/invoice-with-freight-and-tax.edi').replace(
      /SE\*(\d+)/,
      (_, count) => `SE*${Number(count) + 1}`,
    )
    await withBytes(long, async (file) => {
      const [viewed] = await viewedFile(file)
      expect(viewed?.kind).toBe('finding')
      expect(viewed?.sheet?.marks[0]).toEqual({ text: 'NOT USED', tone: 'bad' })
      expect(viewed?.sheet?.problems[0]).toMatch(/^Line \d+, byte \d+: SE01 .*\(AK502:4\)$/)
      for (const form of ['text', 'html'] as const) {
        const lines: string[] = []
        const writer = viewWriter(form, 'long.810', (line) => lines.push(line))
        if (viewed !== undefined) writer.one(viewed)
        expect(lines.join('\n')).toMatch(/Total\b.*USD 751\.15/s)
      }
    })
  })

  it('extends a price per hundred by the hundred', async () => {
    const text = await textOfBytes(interchange('850', 'PO', ['BEG*00*NE*1**20261120', 'PO1*1*250*EA*4*HP*VP*A']))
    expect(text).toMatch(/250\s+each\s+4\.00 per hundred\s+10\.00/)
  })

  it('says allowances that are announced by their rate as what they are', async () => {
    const sac = ['SAC*A*C310****3*5', 'SAC*C*D240****3*4.5*0.05*LB', 'SAC*N*D500', 'SAC*C*D500***300*******05']
    const text = await textOfBytes(interchange('850', 'PO', ['BEG*00*NE*1**20261120', ...sac, 'PO1*1*2*EA*4**VP*A']))
    expect(text).toMatch(/Allowance: Discount, 5% +no amount/)
    expect(text).toMatch(/Charge: Freight, 4\.5%, 0\.05 a pound +no amount/)
    expect(text).toMatch(/No charge: Handling +0\.00/)
    expect(text).toMatch(/Charge: Handling, charge paid by vendor +0\.00 \(3\.00 stated\)/)
  })

  it('says what is taken off a price of a catalogue, and its terms', async () => {
    const price = ['CTP**CON*24.5*1*BX', 'CUR*SE*USD', 'SAC*A*C310***250', 'ITD*01*3*2**10**45']
    const text = await textOfBytes(interchange('832', 'SC', ['BCT*PS*C-2027', 'LIN*1*VP*A', ...price]))
    expect(text).toMatch(
      /Contract price 24\.50, .*allowance: Discount -USD 2\.50, terms 2% within 10 days, net 45 days/,
    )
  })

  it('says what the charges of the lines come to, between the lines and the total', async () => {
    const line = ['IT1*1*10*EA*4**VP*A', 'TXI*ST*3.3*8.25*VD*CA****TX-9', 'SAC*A*C310***250']
    const text = await textOfBytes(interchange('810', 'IN', ['BIG*20261120*1', ...line, 'TDS*4080']))
    expect(text).toMatch(/Tax: State sales tax, 8\.25%, jurisdiction CA, tax id TX-9: 3\.30/)
    expect(text).toMatch(/Lines +40\.00\n +Charges and allowances of the lines +0\.80\n +Total +40\.80/)
  })

  it('says which taxes are within a charge, and that charges said twice are counted once', async () => {
    const line = ['IT1*1*2*EA*100**VP*A', 'SAC*C*H850***2000', 'TXI*ST*16*8', 'TXI*FD*4*2']
    const sum = ['TDS*22000', 'SAC*C*H850***2000', 'TXI*ST*16*8', 'TXI*FD*4*2']
    const text = await textOfBytes(interchange('810', 'IN', ['BIG*20261120*1', ...line, ...sum]))
    expect(text).toMatch(/Tax, of which State sales tax 8% 16\.00 and Federal tax 2% 4\.00: 20\.00/)
    expect(text).toMatch(/Charges +said of the lines and once more of the invoice: they are counted once\n/)
    expect(text).not.toContain('Not mapped')
  })

  it('says which account an invoice is to be charged to', async () => {
    const line = ['IT1*1*2*EA*100**VP*A', 'FA1*DF', 'FA2*ZZ*45000-98Z890', 'FA2*84*1395.5']
    const text = await textOfBytes(interchange('810', 'IN', ['BIG*20261120*1', ...line, 'TDS*20000']))
    expect(text).toMatch(/Accounting: agency DF, codes type ZZ, code 45000-98Z890; type 84, code 1395\.5\n/)
  })

  it('says a number of a party once, with what describes it', async () => {
    const party = ['N1*ST*CLINIC', 'REF*DP*12*DEPARTMENT 12', 'REF*IA*9']
    const text = await textOfBytes(interchange('850', 'PO', ['BEG*00*NE*1**20261120', ...party, 'PO1*1*2*EA*4']))
    expect(text).toMatch(/Department 12, DEPARTMENT 12\n/)
    expect(text.match(/DEPARTMENT 12/g)).toHaveLength(1)
  })

  it('says how the goods are to be packed', async () => {
    const order = ['BEG*00*NE*1**20261120', 'PKG*F*68***STRETCH WRAP', 'PO1*1*2*EA*4', 'PKG*S**VI*BOX']
    const text = await textOfBytes(interchange('850', 'PO', order))
    expect(text).toMatch(/Packaging +STRETCH WRAP, characteristic 68\n/)
    expect(text).toMatch(/Packaging: agency VI, code BOX\n/)
    expect(text).not.toContain('Not mapped')
  })

  it('says what goods weigh, how soon they come and under which condition', async () => {
    const said = ['MEA*WT*G*3.5*LB', 'MEA*TE*MX*8*CE', 'MEA*PD*LN**IN*10*12', 'LDT*AF*10*DA', 'CTB*OR*CASES ONLY*57*20']
    const whom = ['LS*LM', 'LM*ZZ', 'LQ**TIER2', 'LE*LM', 'LS*N1', 'N1*BY*ST BRIGID*21*11', 'LE*N1']
    const price = ['CTP**CON*24.5*1*BX', 'LDT*AE*2*DW*20270101', 'CTB*NR', ...whom]
    const text = await textOfBytes(interchange('832', 'SC', ['BCT*PC*C-7', 'LIN*1*VP*A', ...said, ...price]))
    for (const line of [
      'Gross weight: 3.5 pound',
      'Temperature, maximum: 8 degree Celsius',
      'Length: 10 to 12 inch',
      'Lead time: 10 calendar days from receipt of the order to delivery',
      'Restriction: Ordering, CASES ONLY, minimum order 20',
      'lead time 2 working days from receipt of the order to shipment, as of 2027-01-01',
      'restriction Not returnable, code TIER2, of ZZ, for buyer ST BRIGID, 11',
    ]) {
      expect(text.replace(/\s+/g, ' ')).toContain(line)
    }
    expect(text).not.toContain('Not mapped')
  })

  it('says from when until when a price counts', async () => {
    const price = ['CTP**CON*76.25*1*CA', 'DTM*092*20260101', 'DTM*093*20261231']
    const text = await textOfBytes(interchange('832', 'SC', ['BCT*PC*C-7', 'LIN*1*VC*CM-4410', ...price]))
    expect(text).toContain('from 1 case, contract effective 2026-01-01, contract expires 2026-12-31')
  })

  it('says units and short dates of a set that has no document of its own', async () => {
    const stock = ['BIA*00*DD*1*261101', 'LIN**VC*CM-4410', 'QTY*33*120*CA']
    const old = interchange('846', 'IB', stock).replace('*X*004010', '*X*003040')
    const text = await textOfBytes(old)
    expect(text).toMatch(/Available for sale +120\n +Unit +case \(CA\)/)
    expect(text).toMatch(/Date +2026-11-01/)
  })

  it('keeps in view what no field holds, with its line', async () => {
    const text = await textOfBytes(interchange('850', 'PO', ['BEG*00*NE*1**20261120', 'PO1*1*2*EA*4**VP*A', 'SPI*ZZ']))
    expect(text).toMatch(/Not mapped to a field\n\s+line 6 {2}SPI\*ZZ/)
  })

  it('shows only the set that is asked for', async () => {
    const all = await viewedFile(sample('856/backordered-rest-shipped-later.edi'))
    const second = await viewedFile(sample('856/backordered-rest-shipped-later.edi'), 2)
    expect(all.length).toBe(2)
    expect(second.map((one) => (one.kind === 'set' ? one.number : 0))).toEqual([2])
    const third = viewedFile(sample('856/backordered-rest-shipped-later.edi'), 3)
    await expect(third).rejects.toMatchObject({ code: 'USAGE', message: expect.stringContaining('no set 3: 2 of') })
  })

  it('marks a test document and a cancelled order', async () => {
    const text = await textOfBytes(interchange('850', 'PO', ['BEG*01*NE*1**20261120', 'PO1*1*2*EA*4**VP*A'], 'T'))
    expect(text).toContain('[TEST] [CANCELLATION]')
  })
})

describe('acknowledgments of files', () => {
  it('a 997 says which segment and element was wrong', async () => {
    const text = await textOfBytes(
      interchange('997', 'FA', [
        'AK1*IN*905',
        'AK2*810*0042',
        'AK3*IT1*5**8',
        'AK4*4*212*6*1,50',
        'AK5*R*5',
        'AK2*810*0043',
        'AK5*A',
        'AK9*P*2*2*1',
      ]),
    )
    expect(text).toContain('[PARTIALLY ACCEPTED]')
    expect(text).toContain('2 included, 2 received, 1 accepted')
    expect(text).toContain('Segment 5, IT1 (Line): Segment has element errors')
    expect(text).toContain('IT104 (unit price): Invalid character, value "1,50"')
    expect(text).toMatch(/0042 +Invoice \(810\) +Rejected \(R\)/)
    expect(text).toMatch(/0043 +Invoice \(810\) +Accepted \(A\)/)
  })

  it('a TA1 says what became of the interchange', async () => {
    const [isa = '', ...rest] = interchange('850', 'PO', ['BEG*00*NE*1**20261120', 'PO1*1*2*EA*4**VP*A']).split('\n')
    const text = await textOfBytes([isa, 'TA1*000000905*261119*0930*R*006~', ...rest].join('\n'))
    expect(text).toContain('Interchange acknowledgment of 000000905  [REJECTED]')
    expect(text).toContain('Sender invalid (006)')
    expect(text).toContain('Purchase order 1')
  })
})

describe('a set that has no document of its own', () => {
  it('is shown by its segments, named and indented by loop', async () => {
    const text = await textOfBytes(
      interchange('824', 'AG', [
        'BGN*00*77*20261120',
        'N1*SE*CARDEN',
        'OTI*TR*IV*INV-1',
        'REF*PO*4500',
        'TED*010*TOTAL',
      ]),
    )
    expect(text).toContain('Application advice 824, control number 0001')
    expect(text).toMatch(/Original transaction \(OTI\)\n\s+Application result +Rejected \(TR\)/)
    expect(text).toMatch(/\n {4}Reference \(REF\)\n\s+Purchase order +4500/)
    expect(text).toMatch(/Error condition +Total out of balance \(010\)/)
  })

  it('also when nobody ever heard of it', async () => {
    const text = await textOfBytes(interchange('111', 'ZZ', ['ZZ1*A*B', 'REF*PO*45']))
    expect(text).toMatch(/ZZ1\n\s+ZZ101 +A\n\s+ZZ102 +B/)
    expect(text).toContain('Purchase order  45')
  })
})

const CONTROL = /\p{Cc}/u

describe('a file nobody can trust', () => {
  const page = (bytes: string) =>
    withBytes(bytes, async (file) => {
      const lines: string[] = []
      const writer = viewWriter('html', file, (text) => lines.push(text))
      for (const one of await viewedFile(file)) writer.one(one)
      writer.end()
      return lines.join('\n')
    })

  it('cannot command the terminal', async () => {
    const hostile = interchange('850', 'PO', ['BEG*00*NE*\x1b[31mRED\x07**20261120', 'PO1*1*2*EA*4**VP*A'])
    const lines = await withOpened(hostile, async (file) => {
      const raw: string[] = []
      for await (const segment of rawSegments(file)) raw.push(rawLine(segment))
      return raw
    })
    expect(lines.find((line) => line.includes('BEG'))).toContain('·[31mRED·')
    expect(lines.some((line) => CONTROL.test(line))).toBe(false)
    expect(CONTROL.test((await textOfBytes(hostile)).replaceAll('\n', ''))).toBe(false)
  })

  it('cannot run in the page, which loads nothing', async () => {
    const hostile = interchange('850', 'PO', [
      'BEG*00*NE*<script>alert(1)</script>**20261120',
      'N1*ST*RED" onload="x*92*1',
      "PO1*1*2*EA*4**VP*A&B'<img src=x onerror=alert(1)>",
    ])
    const html = await page(hostile.replaceAll('*>~', '*:~'))
    expect(html).toContain('Purchase order &lt;script&gt;alert(1)&lt;/script&gt;')
    expect(html).toContain('RED&quot; onload=&quot;x')
    expect(html).toContain('A&amp;B&#39;&lt;img')
    expect(html).not.toMatch(/<script|<link|<img|<iframe|https?:|url\(|@import/i)
    expect(html).toContain("default-src 'none'")
  })

  it('shows what could not be used, and its neighbours', async () => {
    const two = sampleText('856/backordered-rest-shipped-later.edi').replace(/SE\*\d+\*0001/, 'SE*99*0001')
    const viewed = await withBytes(two, (file) => viewedFile(file))
    expect(viewed.map(({ kind }) => kind)).toEqual(['finding', 'set'])
  })
})

describe('the page', () => {
  it('is whole and balanced', async () => {
    const sheets = sheetsOf(await viewedFile(sample('856/cartons-of-one-order.edi')))
    const page = [pageStart('shipment'), ...sheets.map(sheetHtml), pageEnd].join('\n')
    const open: string[] = []
    for (const [, close, tag = ''] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
      if (tag === 'meta') continue
      if (close === '') open.push(tag)
      else expect(open.pop()).toBe(tag)
    }
    expect(open).toEqual([])
    expect(page).toContain('@media print')
    expect(page).toContain('Pack 00008123450000004113')
  })
})

describe('as JSON', () => {
  it('gives the canonical document, or the segments of a set that has none', async () => {
    const [order] = await viewedFile(sample('850/plain.edi'))
    expect(order?.kind === 'set' && documentJson(order)).toMatchObject({
      number: 1,
      set: '850',
      document: { kind: 'purchase-order', poNumber: '4500012345' },
    })
    const advice = interchange('824', 'AG', ['BGN*00*77*20261120'])
    const [other] = await withBytes(advice, (file) => viewedFile(file))
    expect(other?.kind === 'set' && documentJson(other)).toMatchObject({
      document: null,
      segments: [
        ['ST', '824', '0001'],
        ['BGN', '00', '77', '20261120'],
        ['SE', '3', '0001'],
      ],
    })
  })
})
