import { describe, expect, it } from 'vitest'
import codes from '../../../src/formats/x12/code-meanings/codes.json' with { type: 'json' }
import { loadDictionary } from '../../../src/formats/x12/code-meanings/index.js'
import segments from '../../../src/formats/x12/code-meanings/segments.json' with { type: 'json' }
import { loadGuide } from '../../../src/formats/x12/guide/index.js'

const lists: Readonly<Record<string, Readonly<Record<string, string>>>> = codes

describe('codes in plain words', () => {
  it('mean what the trade says', async () => {
    const dictionary = await loadDictionary()
    expect(dictionary.meaningOf('668', 'IB')).toBe('Backordered')
    expect(dictionary.meaningOf('353', '00')).toBe('Original')
    expect(dictionary.meaningOf('1300', 'D240')).toBe('Freight')
    expect(dictionary.meaningAt('BEG', 2, 'NE')).toBe('New order')
    expect(dictionary.elementName('BIG', 1)).toBe('Invoice date')
    expect(dictionary.elementName('PO1', 4)).toBe('Unit price')
    expect(dictionary.segmentName('ITD')).toBe('Payment terms')
  })

  it('are nothing where there is no such code, not even by an accident of JavaScript', async () => {
    const dictionary = await loadDictionary()
    expect(dictionary.meaningOf('668', 'QQ')).toBeUndefined()
    expect(dictionary.meaningOf('constructor', 'name')).toBeUndefined()
    expect(dictionary.meaningOf('668', 'constructor')).toBeUndefined()
    expect(dictionary.segmentName('toString')).toBeUndefined()
    expect(dictionary.elementName('BIG', 99)).toBeUndefined()
  })

  it('are codes of the standard, where the guides list them', async () => {
    const known = new Map<string, Set<string>>()
    for (const version of ['004010', '005010']) {
      for (const set of ['850', '855', '856', '810', '832', '860', '865', '997', '820', '846', '824', '864', '999']) {
        const guide = await loadGuide(version, set)
        for (const { elements } of guide?.segments.values() ?? []) {
          for (const { number, codes: listed } of elements) {
            if (listed === undefined) continue
            known.set(number, new Set([...(known.get(number) ?? []), ...listed]))
          }
        }
      }
    }
    const checked = Object.entries(lists).filter(([element]) => known.has(element))
    expect(checked.length).toBeGreaterThan(15)
    const odd = checked.flatMap(([element, meanings]) =>
      Object.keys(meanings)
        .filter((code) => !known.get(element)?.has(code))
        .map((code) => `${element} ${code}`),
    )
    expect(odd).toEqual([])
  })

  it('and elements have the numbers the guides give them', async () => {
    const guide = await loadGuide('004010', '850')
    const order = ['BEG', 'CUR', 'REF', 'N1', 'DTM', 'PO1', 'PID', 'SAC', 'ITD', 'FOB', 'TD5', 'CTT']
    const ours: Readonly<Record<string, { readonly elements: readonly string[] }>> = segments
    for (const id of order) {
      const numbers = guide?.segments.get(id)?.elements.map(({ number }) => number) ?? []
      expect(numbers.length, id).toBeGreaterThan(0)
      expect(ours[id]?.elements.map((element) => element.split(' ')[0]).slice(0, numbers.length), id).toEqual(numbers)
    }
  })
})
