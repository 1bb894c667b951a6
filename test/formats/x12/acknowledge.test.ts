import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  type AckAgreement,
  acknowledgmentOf,
  type EnvelopeItem,
  groupVerdict,
  InterchangeReporter,
  numberInterchange,
  readEnvelopes,
  readFunctionalAcknowledgment,
  readInterchangeAcknowledgment,
  writeInterchange,
  type X12Finding,
} from '../../../src/formats/x12/index.js'
import fc from '../../properties.js'
import { fileText, readAll, transactionsOf, twoInvoices } from './two-invoices.js'

const agreement: AckAgreement = { acknowledge: '997', ta1: 'never', rejectOn: 'unreadable' }
const numbers = { control: 1, groupControls: [1, 2, 3], date: '2026-11-20', time: '0230' }

async function envelopes(text: string | Uint8Array): Promise<EnvelopeItem[]> {
  const items: EnvelopeItem[] = []
  for await (const item of readEnvelopes(Buffer.from(text))) items.push(item)
  return items
}

/** What a file is answered with, when `findings` were found within its first set. */
async function answer(
  text: string,
  findings: readonly Partial<X12Finding>[] = [],
  wanted: Partial<AckAgreement> = {},
): Promise<string[]> {
  const reporter = new InterchangeReporter()
  for (const item of await envelopes(text)) {
    reporter.take(item)
    if (item.kind !== 'transaction' || reporter.group?.sets.length !== 1) continue
    for (const finding of findings) reporter.set?.findings.push({ ...anyFinding, ...finding })
  }
  return reporter.reports.flatMap((report) => {
    const acknowledgment = acknowledgmentOf(report, { ...agreement, ...wanted })
    if (acknowledgment === undefined) return []
    const written = writeInterchange(numberInterchange(acknowledgment, numbers)).toString()
    return written.split('~').filter((segment) => /^(TA1|AK|IK)/.test(segment))
  })
}

const anyFinding: X12Finding = {
  code: 'X12-SYNTAX',
  standardCode: 'AK403:7',
  scope: 'transaction',
  message: '',
  segment: 'IT1',
  segmentPosition: 4,
  byteOffset: 0,
  byteLength: 0,
  line: 1,
}
const FILE = fileText()

describe('the bounds of what is read', () => {
  it('say to which group and set a finding belongs, also of sets that are not handed over', async () => {
    const items = await envelopes(FILE.replace('SE*7*0001', 'SE*8*0001'))
    expect(items.map(({ kind }) => kind)).toEqual([
      'interchange-open',
      'group-open',
      'set-open',
      'refused',
      'finding',
      'set-close',
      'set-open',
      'transaction',
      'set-close',
      'group-close',
      'interchange-close',
    ])
  })

  it('nest, and what is opened is closed, whatever happened to the file', async () => {
    const file = Buffer.from(FILE + FILE)
    const damage = fc.record({ at: fc.nat(file.length), cut: fc.nat(200) })
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { maxLength: 3 }), async (cuts) => {
        const bytes = cuts.reduce(
          (bytes, { at, cut }) => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + cut)]),
          file,
        )
        const open: string[] = []
        for (const { kind } of await envelopes(bytes)) {
          const [what, bound] = kind.split('-')
          if (bound === 'open') open.push(what ?? '')
          if (bound === 'close') expect(open.pop()).toBe(what)
          if (kind === 'transaction') expect(open).toEqual(['interchange', 'group', 'set'])
        }
        expect(open).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('tell of a set number used twice and of a set in a group for others, and hand both over', async () => {
    const kinds = async (text: string) =>
      (await readAll(text)).map((item) => (item.kind === 'finding' ? item.finding.standardCode : item.kind))
    const twice = FILE.replaceAll('0002~', '0001~')
    expect(await kinds(twice)).toEqual(['transaction', 'AK502:23', 'transaction'])
    expect(await kinds(FILE.replace('GS*IN', 'GS*PO'))).toEqual(['AK502:6', 'transaction', 'AK502:6', 'transaction'])
    const [head = '', group = ''] = FILE.split(/(?=GS\*)|(?=IEA)/)
    expect(await kinds(`${head}${group}${group}IEA*2*000000905~`)).toEqual([
      'transaction',
      'transaction',
      'AK905:19',
      'transaction',
      'transaction',
    ])
  })
})

describe('an answer', () => {
  it('names position, element and component, data element, code and value', async () => {
    const finding = { element: 6, component: 2, dataElement: '355', value: 'QQ', loop: 'IT1' }
    expect(await answer(FILE, [finding])).toEqual([
      'AK1*IN*17',
      'AK2*810*0001',
      'AK3*IT1*4*IT1*8',
      'AK4*6>2*355*7*QQ',
      'AK5*E*5',
      'AK2*810*0002',
      'AK5*A',
      'AK9*E*2*2*2',
    ])
  })

  it('gives the number of a data element only where it is one: a composite has none', async () => {
    const finding = { element: 5, dataElement: 'C001', standardCode: 'AK403:2' }
    expect(await answer(FILE, [finding])).toContain('AK4*5**2')
  })

  it('rejects what has errors where that is agreed', async () => {
    const segments = await answer(FILE, [{ element: 6 }], { rejectOn: 'any-error' })
    expect(segments.filter((segment) => /^AK[59]/.test(segment))).toEqual(['AK5*R*5', 'AK5*A', 'AK9*P*2*2*1'])
  })

  it('gathers the elements of a segment, in the order of the segments', async () => {
    const findings = [
      { segmentPosition: 5, segment: 'TDS', standardCode: 'AK304:5' },
      { element: 2 },
      { element: 4, standardCode: 'AK403:1' },
    ]
    expect((await answer(FILE, findings)).slice(2, 7)).toEqual([
      'AK3*IT1*4**8',
      'AK4*2**7',
      'AK4*4**1',
      'AK3*TDS*5**5',
      'AK5*E*5',
    ])
  })

  it.each([
    ['a delimiter of ours', 'A*B', 'AK4*2**7'],
    ['our component separator', 'A>B', 'AK4*2**7'],
    ['a control character', 'A\x01B', 'AK4*2**7'],
    ['more than 99 characters', 'X'.repeat(120), `AK4*2**7*${'X'.repeat(99)}`],
  ])('repeats no value with %s whole', async (_case, value, expected) => {
    expect(await answer(FILE, [{ element: 2, value }])).toContain(expected)
  })

  it('says in a 997 only what a 997 can say', async () => {
    const findings = [
      { element: 2, standardCode: 'AK403:I6' },
      { element: 3, standardCode: 'AK403:12' },
      { segmentPosition: 5, segment: 'REF', standardCode: 'AK304:I4' },
    ]
    expect((await answer(FILE, findings)).slice(2, 6)).toEqual(['AK3*IT1*4**8', 'AK4*2**7', 'AK4*3**3', 'AK3*REF*5**2'])
    const of999 = await answer(FILE, findings, { acknowledge: '999' })
    expect(of999.slice(2, 6)).toEqual(['IK3*IT1*4**8', 'IK4*2**I6', 'IK4*3**12', 'IK3*REF*5**I4'])
  })

  it('has at most five codes for a set', async () => {
    const findings = ['1', '2', '3', '4', '6', '7'].map((code) => ({ standardCode: `AK502:${code}` }))
    expect(await answer(FILE, findings)).toContain('AK5*E*1*2*3*4*6')
  })

  it('is written whatever the ids and numbers it repeats', async () => {
    const odd = FILE.replaceAll('*', '|')
      .replaceAll('ST|810|0001', 'ST|8*0|0001')
      .replace('GS|IN|SUPPLIER', 'GS|I~N|SUP*LIER')
    const segments = await answer(odd.replaceAll('~', "'").replace("I'N", 'I*N'))
    expect(segments[0]).toBe('AK1**17')
  })

  it('is X12 without fault, whatever bytes came', async () => {
    const file = Buffer.from(FILE)
    const edit = fc.record({ at: fc.nat(file.length), cut: fc.nat(20), put: fc.uint8Array({ maxLength: 6 }) })
    const set = fc.constantFrom('997', '999')
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), set, async (edits, acknowledge) => {
        const bytes = edits.reduce(
          (bytes, { at, cut, put }) => Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)]),
          file,
        )
        const reporter = new InterchangeReporter()
        for (const item of await envelopes(bytes)) reporter.take(item)
        for (const report of reporter.reports) {
          const answer = acknowledgmentOf(report, { acknowledge, ta1: 'always', rejectOn: 'unreadable' })
          if (answer === undefined) continue
          const items = await readAll(writeInterchange(numberInterchange(answer, numbers)))
          // An id that cannot be repeated stays blank; a partner we know has a good one.
          const faults = items.filter(
            (item) => item.kind === 'finding' && !/^TA105:00[68]$/.test(item.finding.standardCode),
          )
          expect(faults).toEqual([])
        }
      }),
      { numRuns: 400 },
    )
  })

  it('is not A or E for a group of which something may be missing, wherever the file was cut', async () => {
    for (let length = FILE.indexOf('GS*') + 60; length < FILE.indexOf('GE*') + 6; length++) {
      const reporter = new InterchangeReporter()
      for (const item of await envelopes(FILE.slice(0, length))) reporter.take(item)
      for (const group of reporter.reports[0]?.groups ?? [])
        expect(groupVerdict(group, 'unreadable').code).toMatch(/P|R/)
    }
  })
})

describe('an acknowledgment that comes in', () => {
  const read = async (text: string) => transactionsOf(await readAll(text)).map(readFunctionalAcknowledgment)

  it('says again what was answered, whatever was found', async () => {
    const code = fc.constantFrom('AK304:5', 'AK403:1', 'AK403:7')
    const finding = fc.record({
      segmentPosition: fc.integer({ min: 2, max: 6 }),
      standardCode: code,
      element: fc.integer({ min: 1, max: 9 }),
    })
    const place = (found: { segmentPosition: number; standardCode: string; element: number }) =>
      `${found.segmentPosition} ${found.standardCode} ${found.standardCode.startsWith('AK304') ? '' : found.element}`
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(finding, { maxLength: 4, selector: place }),
        fc.constantFrom('997', '999'),
        async (findings, acknowledge) => {
          const reporter = new InterchangeReporter()
          for (const item of await envelopes(FILE)) {
            reporter.take(item)
            if (item.kind === 'transaction')
              reporter.set?.findings.push(...findings.map((found) => ({ ...anyFinding, ...found })))
          }
          const report = reporter.reports[0]
          const written = report && acknowledgmentOf(report, { ...agreement, acknowledge })
          if (written === undefined) throw new Error('no answer')
          const [back] = await read(writeInterchange(numberInterchange(written, numbers)).toString())
          const verdict = findings.length === 0 ? 'accepted' : 'accepted-with-errors'
          expect(back).toMatchObject({ set: acknowledge, functionalId: 'IN', groupControl: '17', verdict })
          expect(back?.sets.map((set) => [set.set, set.control, set.verdict])).toEqual([
            ['810', '0001', verdict],
            ['810', '0002', verdict],
          ])
          for (const { segments } of back?.sets ?? []) {
            const codes = segments.flatMap(({ standardCode, elements }) =>
              standardCode === 'AK304:8' ? elements.map((element) => element.standardCode) : [standardCode],
            )
            expect(codes.sort()).toEqual(findings.map(({ standardCode }) => standardCode).sort())
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  const samples = path.resolve(import.meta.dirname, '../../../../shared/samples')
  it.skipIf(!existsSync(samples))(
    'is read as others write it: a 999 of three sets, two rejected, with contexts',
    async () => {
      const file = path.join(samples, 'xlate__staedi', 'src__test__resources__x12__simple999.edi')
      const [back] = await read(readFileSync(file, 'latin1'))
      expect(back).toMatchObject({ set: '999', groupControl: '17456', verdict: 'partially-accepted', code: 'P' })
      expect(back?.sets.map(({ verdict }) => verdict)).toEqual(['accepted', 'rejected', 'rejected'])
      expect(back?.sets[1]?.segments).toMatchObject([
        {
          segment: 'CLM',
          position: '22',
          standardCode: 'AK304:8',
          contexts: ['CLM01:123456789'],
          elements: [{ element: '2', dataElement: '782', means: 'a mandatory element is missing' }],
        },
      ])
    },
  )

  it('is rejected when it says what nobody knows', async () => {
    const odd = fileText({
      ...twoInvoices,
      groups: [
        {
          functionalId: 'FA',
          sender: 'A',
          receiver: 'B',
          control: 1,
          transactions: [
            {
              set: '997',
              control: '0001',
              segments: [
                ['AK1', 'PO', '7'],
                ['AK9', 'Z', '1', '1', '1'],
              ],
            },
          ],
        },
      ],
    })
    expect(await read(odd)).toMatchObject([{ groupControl: '7', verdict: 'rejected', code: 'Z' }])
  })

  it('may be a TA1, which says one thing of one interchange', async () => {
    const text = fileText({
      ...twoInvoices,
      groups: [],
      services: [['TA1', '000000012', '261119', '2114', 'R', '006']],
    })
    const services = (await envelopes(text)).flatMap((item) => (item.kind === 'service' ? [item.segment] : []))
    expect(services.map(readInterchangeAcknowledgment)).toEqual([
      {
        interchangeControl: '000000012',
        verdict: 'rejected',
        error: { standardCode: 'TA105:006', means: 'the sender is unknown' },
      },
    ])
  })
})
