import { describe, expect, it } from 'vitest'
import { decimal, type FindingKeys } from '../../src/canonical/index.js'
import { fingerprint } from '../../src/exceptions/index.js'
import { job, priceFinding } from './finding.js'

const print = (keys: FindingKeys): string => fingerprint(job, { code: 'INV-PRICE', keys })

describe('the fingerprint of an exception', () => {
  const tonight = fingerprint(job, priceFinding())

  it('is 32 hex digits and the same on every machine: it is stored for years', () => {
    expect(tonight).toMatch(/^[0-9a-f]{32}$/)
    expect(print({ po: '4500001', line: '3' })).toBe('fefa19573dfbf57e9cabf8103bef14f6')
  })

  it('does not depend on the order in which a rule names its keys', () => {
    const reversed = Object.fromEntries(Object.entries(priceFinding().keys).reverse())
    expect(fingerprint(job, priceFinding({ keys: reversed }))).toBe(tonight)
  })

  it('stays the same when money, words, compared values, tolerance or the place in the file change', () => {
    const tomorrow = {
      ...priceFinding({ message: 'billed 13.00 each', values: { 'billed price': '13.00' }, tolerance: null }),
      amountAtRisk: decimal('999999.99'),
      evidence: [{ file: 'MED20261121.810', byteOffset: 9 }],
    }
    expect(fingerprint(job, tomorrow)).toBe(tonight)
  })

  it('takes an empty key for no key: an ERP that writes no release means none', () => {
    expect(print({ po: '4500001', release: '' })).toBe(print({ po: '4500001' }))
  })

  it('differs by code, job, key and value', () => {
    const others = [
      fingerprint(job, priceFinding({ code: 'PRICE-CONTRACT' })),
      fingerprint('contract-price-sync', priceFinding()),
      fingerprint(job, priceFinding({ keys: { ...priceFinding().keys, line: '4' } })),
      fingerprint(job, priceFinding({ keys: { ...priceFinding().keys, release: '1' } })),
      fingerprint(job, priceFinding({ keys: { ...priceFinding().keys, company: '20' } })),
    ]
    expect(new Set([tonight, ...others]).size).toBe(6)
  })

  it('does not mix up values that run together: PO 45 line 12 is not PO 451 line 2', () => {
    expect(print({ po: '45', line: '12' })).not.toBe(print({ po: '451', line: '2' }))
    expect(print({ po: '45' })).not.toBe(print({ line: '45' }))
  })
})
