import { describe, expect, it } from 'vitest'
import { sequenceGaps } from '../../src/app/acknowledging/sequence-gaps.js'
import fc from '../properties.js'

const gaps = (...controls: number[]) => sequenceGaps(controls).map(({ first, last }) => [first, last])

describe('numbers of a sender', () => {
  it.each([
    ['in order have no gap', [5, 6, 7], []],
    ['may begin anywhere', [4711], []],
    [
      'that skip show what is missing',
      [5, 8, 9, 11],
      [
        [6, 7],
        [10, 10],
      ],
    ],
    ['that come late close their gap', [5, 8, 7, 6, 9], []],
    [
      'that come late in part leave the rest',
      [5, 9, 7],
      [
        [6, 6],
        [8, 8],
      ],
    ],
    ['go on at 1 after 999999999', [999_999_998, 999_999_999, 1, 2], []],
    ['may skip over the end', [999_999_998, 2], [[999_999_999, 1]]],
    ['that come again say nothing new', [5, 6, 6, 5, 7], []],
    ['that are set back count from there', [5000, 5001, 1, 2, 4], [[3, 3]]],
    ['that jump far ahead were set anew', [5, 500_000, 500_002], [[500_001, 500_001]]],
  ])('%s', (_case, controls, expected) => {
    expect(gaps(...controls)).toEqual(expected)
  })

  it('are all there in the end whatever the order in which a night brings them', () => {
    const night = fc.shuffledSubarray(
      Array.from({ length: 20 }, (_, n) => n + 2),
      { minLength: 20 },
    )
    fc.assert(
      fc.property(night, (controls) => {
        expect(gaps(1, ...controls)).toEqual([])
      }),
    )
  })
})
