import { describe, expect, it } from 'vitest'
import { type MakeOptions, makeFile } from '../../../src/app/edi/make-file.js'
import { sample, viewedFile, withBytes } from './viewed.js'

const options: MakeOptions = {
  sender: { qualifier: 'ZZ', id: 'HOSPITAL' },
  receiver: { qualifier: '01', id: '087654321' },
  version: '004010',
  usage: 'T',
  control: 41,
  groupControls: [7],
  date: '2026-11-20',
  time: '2130',
}
const order = {
  kind: 'purchase-order',
  poNumber: '4500099001',
  poDate: '2026-11-20',
  purpose: '00',
  type: 'NE',
  currency: 'USD',
  parties: [{ role: 'ST', name: 'ST BRIGID EAST', idQualifier: '92', id: '100-EAST' }],
  lines: [
    {
      assignedId: '1',
      quantity: '10',
      uom: 'BX',
      unitPrice: '24.50',
      ids: { vendorItem: 'CM-4410' },
      description: 'GLOVE',
    },
    { assignedId: '2', quantity: '4', uom: 'CA', unitPrice: '112', ids: { vendorItem: 'CM-7702' } },
  ],
}
const text = async (json: unknown, more: Partial<MakeOptions> = {}) =>
  (await makeFile(json, { ...options, ...more })).bytes.toString('utf8')

describe('a file made of JSON', () => {
  it('holds what a short document says, under the given numbers', async () => {
    const made = await makeFile(order, options)
    const lines = made.bytes.toString('utf8').split('~')
    expect(lines[0]).toBe(
      'ISA*00*          *00*          *ZZ*HOSPITAL       *01*087654321      *261120*2130*U*00401*000000041*0*T*>',
    )
    expect(lines[1]).toBe('GS*PO*HOSPITAL*087654321*20261120*2130*7*X*004010')
    expect(lines).toContain('BEG*00*NE*4500099001**20261120')
    expect(lines).toContain('PO1*1*10*BX*24.5**VP*CM-4410')
    expect(lines.slice(-3)).toEqual(['GE*1*7', 'IEA*1*000000041', ''])
    expect(made.sets).toEqual([{ set: '850', control: '0001', kind: 'purchase-order' }])
    expect(made.findings).toEqual([])
  })

  it('takes other delimiters', async () => {
    const made = await text(order, { delimiters: { element: '|', component: ':', segment: "'", newline: '\n' } })
    expect(made).toContain("BEG|00|NE|4500099001||20261120'\n")
  })

  it('puts documents of a kind into a group', async () => {
    const change = {
      ...order,
      kind: 'purchase-order-change',
      purpose: '04',
      lines: [{ ...order.lines[0], change: 'QD' }],
    }
    const made = await makeFile([order, change, { ...order, poNumber: '4500099002' }], {
      ...options,
      groupControls: [7, 8],
    })
    expect(made.sets.map(({ set }) => set)).toEqual(['850', '850', '860'])
    const bytes = made.bytes.toString('utf8')
    expect(bytes).toContain('GE*2*7~')
    expect(bytes).toContain('GS*PC*HOSPITAL*087654321*20261120*2130*8*X*004010~')
    expect(bytes).toContain('IEA*2*000000041~')
  })

  const round = [
    '850/plain',
    '850/notes-terms-and-routing',
    '850/price-breaks-and-schedules',
    '855/substitution',
    '810/invoice-with-freight-and-tax',
    '860/quantity-and-price-changed',
    '865/change-accepted-in-part',
    '856/cartons-on-pallets',
    '832/pharmacy-ndc-prices',
  ]
  it('says which segments no field holds, and are not written', async () => {
    const [viewed] = await viewedFile(sample('850/segments-nobody-maps-are-kept.edi'))
    if (viewed?.kind !== 'set') throw new Error('the sample holds a set')
    const { document } = viewed
    const { notWritten, bytes } = await makeFile(JSON.parse(JSON.stringify({ documents: [{ document }] })), options)
    expect(notWritten.length).toBeGreaterThan(0)
    expect(notWritten).toEqual(document?.unmapped.map(({ text }) => text))
    for (const text of notWritten) expect(bytes.toString()).not.toContain(text)
  })

  it.each(round)('comes to the same documents again: %s', async (name) => {
    const documents = (await viewedFile(sample(`${name}.edi`))).flatMap((one) =>
      one.kind === 'set' ? [one.document] : [],
    )
    const { sender: _sender, receiver: _receiver, version: _version, usage: _usage, ...numbers } = options
    const made = await makeFile(
      JSON.parse(JSON.stringify({ documents: documents.map((document) => ({ document })) })),
      numbers,
    )
    const again = await withBytes(made.bytes, (file) => viewedFile(file))
    const said = (document: unknown): unknown =>
      JSON.parse(
        JSON.stringify(document, (key, value: unknown) =>
          ['span', 'envelope', 'unmapped'].includes(key) ? undefined : value,
        ),
      )
    expect(again.flatMap((one) => (one.kind === 'set' ? [said(one.document)] : []))).toEqual(documents.map(said))
    const [before, after] = [
      documents[0]?.envelope,
      again.flatMap((one) => (one.kind === 'set' ? [one.document] : []))[0]?.envelope,
    ]
    expect([after?.sender, after?.receiver, after?.version]).toEqual([
      before?.sender,
      before?.receiver,
      before?.version,
    ])
  })
})

describe('a set without a canonical document', () => {
  const inventory = {
    set: '846',
    segments: [
      ['BIA', '00', 'DD', 'INV-1', '20261120'],
      ['N1', 'SU', 'CARDEN MEDICAL', '92', 'V-20017'],
      ['LIN', '1', 'VP', 'CM-4410'],
      ['QTY', '33', '120', 'BX', ''],
    ],
  }

  it('is made of its segments, and held against its guide', async () => {
    const made = await makeFile(inventory, options)
    const lines = made.bytes.toString('utf8').split('~')
    expect(lines[1]).toMatch(/^GS\*IB\*/)
    expect(lines).toContain('QTY*33*120*BX')
    expect(lines).toContain('SE*6*0001')
    expect(made.sets).toEqual([{ set: '846', control: '0001', kind: undefined }])
    expect(made.findings).toEqual([])
    const wrong = await makeFile({ ...inventory, segments: inventory.segments.slice(1) }, options)
    expect(wrong.findings.map(({ standardCode }) => standardCode)).toContain('AK304:3')
  })

  it('says where its segments are none', async () => {
    const call = (json: object) => makeFile(json, options)
    await expect(call({ ...inventory, set: '999999' })).rejects.toThrow('$.set: expected one of 810, 820')
    await expect(call({ ...inventory, segments: [['BIA', 1]] })).rejects.toThrow(
      '$.segments[0][1]: expected an element as text',
    )
    await expect(call([inventory, { ...inventory, segments: [['BIA', 'A*B']] }])).rejects.toThrow('holds the delimiter')
  })
})

describe('a document that cannot be made says where', () => {
  const line = order.lines[0]
  const cases: readonly (readonly [string, unknown, string])[] = [
    ['no kind', { poNumber: '1' }, '$.kind is missing; expected one of purchase-order'],
    ['an unknown kind', { kind: 'order' }, '$.kind is "order"; expected one of purchase-order'],
    ['a missing field', { ...order, poNumber: undefined }, '$.poNumber is missing'],
    [
      'money as a number',
      { ...order, lines: [{ ...line, unitPrice: 24.5 }] },
      '$.lines[0].unitPrice is 24.5; expected',
    ],
    ['no decimal', { ...order, lines: [line, { ...line, quantity: '1,5' }] }, '$.lines[1].quantity is "1,5"; expected'],
    ['a date of another form', { ...order, poDate: '11/20/2026' }, '$.poDate is "11/20/2026"; expected'],
    ['a date that does not exist', { ...order, poDate: '2026-02-30' }, '$.poDate is "2026-02-30"; expected'],
    ['null', { ...order, currency: null }, '$.currency is null; expected'],
    [
      'a misspelt field',
      { ...order, lines: [{ quantity: '1', uom: 'BX', ids: { vendorItem: 'CM-4410' }, descripton: 'GLOVE' }] },
      '$.lines[0].descripton is not known here; did you mean description?',
    ],
    ['a list in a list', [order, { ...order, poDate: 'x' }], '$[1].poDate is "x"; expected'],
    [
      'what edi view printed',
      { documents: [{ document: { ...order, poDate: 'x' } }] },
      '$.documents[0].document.poDate is "x"; expected',
    ],
    ['nothing', [], '$ holds no document'],
  ]
  it.each(cases)('%s', async (_, json, message) => {
    await expect(makeFile(JSON.parse(JSON.stringify(json)), options)).rejects.toMatchObject({
      code: 'X12-WRITE',
      message: expect.stringContaining(message),
    })
  })

  it('a delimiter in a value', async () => {
    const holding = { ...order, lines: [{ ...line, description: 'GLOVE*M' }] }
    await expect(makeFile(holding, options)).rejects.toMatchObject({
      code: 'X12-WRITE',
      message: expect.stringContaining('holds the delimiter "*"'),
    })
    expect(await text(holding, { delimiters: { element: '|' } })).toContain('GLOVE*M')
  })

  it('a sender known from nowhere', async () => {
    const { sender: _sender, ...nobody } = options
    await expect(makeFile(order, nobody)).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('--sender'),
    })
  })
})
