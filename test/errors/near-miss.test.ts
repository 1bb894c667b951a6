import { describe, expect, it } from 'vitest'
import { editDistance, nearMiss } from '../../src/errors/near-miss.js'
import fc from '../properties.js'

describe('a near miss', () => {
  it.each([
    ['contrat', ['contract', 'required', 'from'], 'contract'],
    ['recieved', ['receive', 'received'], 'received'],
    ['host_key', ['host', 'host-key'], 'host-key'],
    ['INV-PRIZE', ['INV-PRICE', 'INV-QTY'], 'INV-PRICE'],
    ['KIND', ['kind', 'find'], 'kind'],
    ['Chicago', ['America/Chicago', 'America/Denver'], 'America/Chicago'],
    ['po-lines', ['lawson-po-lines', 'peoplesoft-po-lines'], undefined],
    ['finance', ['receiving', 'clinical'], undefined],
    ['a', ['b'], undefined],
    ['x', [], undefined],
  ])('of %s among %j is %s', (word, candidates, meant) => {
    expect(nearMiss(word, candidates)).toBe(meant)
  })

  it('is measured by a distance that is the same both ways and 0 only for the same word', () => {
    const word = fc.string({ maxLength: 8 })
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a))
        expect(editDistance(a, b) === 0).toBe(a === b)
        expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length))
      }),
    )
  })

  it('counts two neighbours swapped as one slip', () => {
    expect(editDistance('recieve', 'receive')).toBe(1)
  })
})
