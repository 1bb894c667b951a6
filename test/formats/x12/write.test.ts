import { describe, expect, it } from 'vitest'
import { MatchbookError } from '../../../src/errors/index.js'
import { type InterchangeToWrite, writeInterchange } from '../../../src/formats/x12/index.js'
import fc from '../../properties.js'
import { findingsOf, readAll, transactionsOf, twoInvoices } from './two-invoices.js'

const DELIMITERS = ['*', '>', '~', '|', ':', '^', '\x1c', '\x1d', '\x1e', '!', '+', "'"]

const delimiters = fc
  .shuffledSubarray(DELIMITERS, { minLength: 3, maxLength: 3 })
  .chain(([element = '', component = '', segment = '']) =>
    fc.constantFrom('', '\n', '\r\n', '\r').map((newline) => ({ element, component, segment, newline })),
  )

const segmentId = fc
  .stringMatching(/^[A-Z][A-Z0-9]{1,2}$/)
  .filter((id) => !['ISA', 'GS', 'ST', 'SE', 'GE', 'IEA'].includes(id))
const value = (reserved: readonly string[]) =>
  fc.string({ unit: 'grapheme', maxLength: 30 }).filter((text) => {
    return !/\p{Cc}|\p{Cs}/u.test(text) && !reserved.some((delimiter) => text.includes(delimiter))
  })

const interchange: fc.Arbitrary<InterchangeToWrite> = fc
  .record({ delimiters, version: fc.constantFrom('004010', '005010') })
  .chain(({ delimiters, version }) => {
    const reserved = [...Object.values(delimiters), '^'].filter((text) => text !== '')
    const segment = fc
      .tuple(
        segmentId,
        fc.array(value(reserved), { maxLength: 8 }),
        value(reserved).filter((text) => text !== ''),
      )
      .map(([id, elements, last]) => [id, ...elements, last])
    const transaction = (set: string) => ({
      set: fc.constant(set),
      control: fc.stringMatching(/^[0-9]{4,9}$/),
      segments: fc.array(segment, { maxLength: 6 }),
    })
    const group = (set: string, functionalId: string) =>
      fc.record({
        functionalId: fc.constant(functionalId),
        sender: fc.constant('SUPPLIER'),
        receiver: fc.constant('HEALTH'),
        control: fc.integer({ min: 1, max: 999_999_999 }),
        transactions: fc.uniqueArray(fc.record(transaction(set)), {
          maxLength: 3,
          selector: ({ control }) => +control,
        }),
      })
    const groups = fc.uniqueArray(fc.oneof(group('810', 'IN'), group('850', 'PO'), group('855', 'PR')), {
      maxLength: 3,
      selector: ({ control }) => control,
    })
    return groups.map((groups) => ({ ...twoInvoices, version, delimiters, groups }))
  })
  .filter(({ delimiters, version }) => version === '004010' || !Object.values(delimiters ?? {}).includes('^'))

describe('an interchange that is written', () => {
  it('reads back as what was written, whatever the delimiters and line ends', async () => {
    await fc.assert(
      fc.asyncProperty(interchange, async (written) => {
        const items = await readAll(writeInterchange(written))
        expect(findingsOf(items)).toEqual([])
        const expected = written.groups.flatMap((group) =>
          group.transactions.map(({ set, control, segments }) => ({
            set,
            group: String(group.control),
            segments: [['ST', set, control], ...segments, ['SE', String(segments.length + 2), control]],
          })),
        )
        const read = transactionsOf(items).map(({ set, envelope, segments }) => ({
          set,
          group: envelope.groupControl,
          segments: segments.map(({ id, elements }) => [id, ...elements]),
        }))
        expect(read).toEqual(expected)
      }),
    )
  })

  it('carries who sent it to whom', async () => {
    const [first] = transactionsOf(await readAll(writeInterchange(twoInvoices)))
    expect(first?.envelope).toEqual({
      senderQualifier: 'ZZ',
      sender: 'SUPPLIER',
      receiverQualifier: '01',
      receiver: '123456789',
      groupSender: 'SUPPLIER',
      groupReceiver: 'HEALTH',
      interchangeControl: '000000905',
      groupControl: '17',
      transactionControl: '0001',
      usage: 'P',
      version: '004010',
    })
  })

  const refusals: [string, { description?: string; sender?: string; element?: string }, string][] = [
    ['an element separator in a description', { description: 'CATHETER 5*16' }, 'PID05 holds the delimiter "*"'],
    ['a segment terminator in a description', { description: 'A~B' }, 'PID05 holds the delimiter "~"'],
    ['a component separator in a description', { description: '>5 ML' }, 'PID05 holds the delimiter ">"'],
    ['a line end in a description', { description: 'A\nB' }, 'PID05 holds a control character'],
    ['a sender id that is too long', { sender: 'A-SENDER-OF-17-CH' }, 'ISA06 must have 15 characters'],
    ['two delimiters that are the same', { element: '~' }, 'the delimiters must differ'],
    ['a letter as delimiter', { element: 'X' }, 'a delimiter must be one ASCII character'],
  ]
  it.each(refusals)(
    'is refused with %s',
    (_case, { description = 'GLOVES', sender = 'SUPPLIER', element = '*' }, message) => {
      const [group] = twoInvoices.groups
      const transaction = { set: '810', control: '0001', segments: [['PID', 'F', '', '', '', description]] }
      const write = () =>
        writeInterchange({
          ...twoInvoices,
          sender: { qualifier: 'ZZ', id: sender },
          delimiters: { element },
          groups: group === undefined ? [] : [{ ...group, transactions: [transaction] }],
        })
      expect(write).toThrow(MatchbookError)
      expect(write).toThrow(message)
    },
  )
})
