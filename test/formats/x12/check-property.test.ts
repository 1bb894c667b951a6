import { describe, expect, test } from 'vitest'
import { ruleOf } from '../../../src/formats/x12/check/segment-rule.js'
import { checkTransaction, decodedSegment, guidesHeld, type Transaction } from '../../../src/formats/x12/index.js'
import fc from '../../properties.js'
import { guideFor, short } from './checked.js'
import { setFromGuide } from './set-from-guide.js'

const delimiters = { element: 0x2a, component: 0x3e, segment: 0x7e, repetition: 0x5e }

/** With `careful`, no segment is said to be simple: each is looked at with all care. */
function transactionOf(version: string, set: string, body: readonly string[], careful = false): Transaction {
  const bounded = set === 'TA1' ? body : [`ST*${set}*0001`, ...body, `SE*${body.length + 2}*0001`]
  const segments = bounded.map((text, i) => {
    const [id = '', ...elements] = text.split('*')
    const simple = !careful && !/[>^]|[^ -~]/.test(text)
    return decodedSegment({ id, elements, span: { byteOffset: i, byteLength: 1, line: i + 1 } }, simple)
  })
  const party = {
    senderQualifier: 'ZZ',
    sender: 'A',
    receiverQualifier: 'ZZ',
    receiver: 'B',
    groupSender: 'A',
    groupReceiver: 'B',
  }
  const control = { interchangeControl: '1', groupControl: '1', transactionControl: '0001', usage: 'P', version }
  return { set, envelope: { ...party, ...control }, segments, span: { byteOffset: 0, byteLength: 1, line: 1 } }
}

describe('whatever a guide allows', () => {
  test.each(guidesHeld())('$set in $version has no finding', async ({ version, set }) => {
    const guide = await guideFor(version, set)
    let segments = 0
    fc.assert(
      fc.property(setFromGuide(guide), (body) => {
        const transaction = transactionOf(version, set, body)
        segments += body.length
        const found = checkTransaction(transaction, guide, delimiters)
        const told = found.map((finding) => `${short(finding)} ${finding.message}`)
        expect(told, body.slice(0, 60).join('\n')).toEqual([])
      }),
      { numRuns: 25 },
    )
    expect(segments).toBeGreaterThan(0)
  })
})

describe('whatever comes', () => {
  const sets = guidesHeld().filter(({ set }) => set !== 'TA1')

  test.each(sets)(
    'in $set of $version a segment of another set anywhere is one finding, no more',
    async ({ version, set }) => {
      const guide = await guideFor(version, set)
      fc.assert(
        fc.property(setFromGuide(guide), fc.nat(), (body, at) => {
          const place = at % (body.length + 1)
          const transaction = transactionOf(version, set, body.toSpliced(place, 0, 'W05*N*1'))
          expect(checkTransaction(transaction, guide, delimiters).map(short)).toEqual([`AK304:6 W05 @${place + 2}`])
        }),
        { numRuns: 12 },
      )
    },
  )

  test.each(sets)(
    'segments of a $set in $version in any order and with anything in them are told, not thrown',
    async ({ version, set }) => {
      const guide = await guideFor(version, set)
      const element = fc.oneof(
        fc.string({ maxLength: 20 }),
        fc.constantFrom('', ' ', '>', 'a>b', '1^2', '-', '20260230'),
      )
      const junk = fc.tuple(fc.constantFrom(...guide.ids, 'W05', 'XQZ', ''), fc.array(element, { maxLength: 12 }))
      fc.assert(
        fc.property(
          setFromGuide(guide),
          fc.array(junk, { maxLength: 30 }),
          fc.infiniteStream(fc.nat()),
          (body, bag, order) => {
            const lines = [
              ...body,
              ...bag.map(([id, elements]) => [id, ...elements.map((text) => text.replaceAll('*', ''))].join('*')),
            ]
            const shuffled = lines
              .map((text) => ({ text, key: order.next().value ?? 0 }))
              .sort((a, b) => a.key - b.key)
              .map(({ text }) => text)
            for (const finding of checkTransaction(transactionOf(version, set, shuffled), guide, delimiters)) {
              expect(finding.standardCode).toMatch(/^AK(304:[1-7]|403:([1-9]|1[023]))$/)
              expect(finding.segmentPosition).toBeGreaterThan(0)
              expect(finding.segmentPosition).toBeLessThanOrEqual(shuffled.length + 2)
              // What stands in the file may be these words.
              expect(finding.message.replace(finding.value ?? '', '')).not.toMatch(/undefined|NaN/)
            }
          },
        ),
        { numRuns: 12 },
      )
    },
  )

  test.each(sets)('a glance at a $set in $version lets nothing pass that care would tell', async ({ version, set }) => {
    const guide = await guideFor(version, set)
    const element = fc.oneof(
      fc.string({ maxLength: 8 }).map((text) => text.replaceAll('*', '')),
      fc.constantFrom('', ' ', 'ZZ ', '-1', '1.5', '.', '1.', '007', '1.2.3', '20260230', '20260228', '260228', '1E5'),
    )
    const change = fc.record({ line: fc.nat(), position: fc.nat({ max: 20 }), element })
    fc.assert(
      fc.property(setFromGuide(guide), fc.array(change, { minLength: 1, maxLength: 8 }), (body, changes) => {
        const spoilt = body.map((text) => text.split('*'))
        for (const { line, position, element } of changes) {
          const elements = spoilt[line % spoilt.length]
          if (elements !== undefined && elements.length > 1) elements[1 + (position % elements.length)] = element
        }
        const lines = spoilt.map((elements) => elements.join('*'))
        const [quick, careful] = [false, true].map((care) =>
          checkTransaction(transactionOf(version, set, lines, care), guide, delimiters),
        )
        expect(quick).toEqual(careful)
      }),
      { numRuns: 12 },
    )
  })

  test.each(sets)(
    'what others taught of the way through a $set in $version changes nothing',
    async ({ version, set }) => {
      const guide = await guideFor(version, set)
      const change = fc.record({ line: fc.nat(), to: fc.nat(), times: fc.constantFrom(0, 1, 2, 3, 30) })
      let found = 0
      fc.assert(
        fc.property(setFromGuide(guide), fc.array(change, { maxLength: 4 }), (body, changes) => {
          const lines = [...body]
          for (const { line, to, times } of changes) {
            const [moved = 'W05*N*1'] = lines.splice(line % lines.length, 1)
            lines.splice(to % (lines.length + 1), 0, ...new Array<string>(times).fill(moved))
          }
          const transaction = transactionOf(version, set, lines)
          const told = checkTransaction(transaction, guide, delimiters)
          found += told.length
          expect(told).toEqual(checkTransaction(transaction, { ...guide }, delimiters))
        }),
        { numRuns: 12 },
      )
      expect(found).toBeGreaterThan(0)
    },
  )

  test.each(sets)('most segments of a $set in $version are seen to be right at a glance', async ({ version, set }) => {
    const guide = await guideFor(version, set)
    let [all, right] = [0, 0]
    for (const body of fc.sample(setFromGuide(guide), { numRuns: 10, seed: 7 })) {
      for (const segment of transactionOf(version, set, body).segments) {
        const segmentGuide = guide.segments.get(segment.id)
        if (segmentGuide === undefined) continue
        all++
        if (ruleOf(segmentGuide).holds(segment)) right++
      }
    }
    expect(right / all).toBeGreaterThan(0.5)
  })
})
