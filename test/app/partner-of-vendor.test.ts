import { describe, expect, it } from 'vitest'
import { partnerOfVendor } from '../../src/app/suppliers/partner-of-vendor.js'
import { Partner } from '../../src/config/workspace.js'

const partner = (...vendors: { company?: string; vendor: string }[]) =>
  Partner.parse({ name: 'a supplier', isa: [{ qualifier: 'ZZ', id: 'ASUPPLIER' }], vendors })

describe('whose vendor number it is', () => {
  const partnerOf = partnerOfVendor({
    medsupply: partner({ company: '10', vendor: '100' }, { company: '20', vendor: '0000100' }),
    orthotech: partner({ company: '20', vendor: '100' }, { vendor: '777' }),
    carefirst: partner({ vendor: '777' }, { vendor: '888' }),
  })

  it('is told by the company, since two ERPs give one number to two suppliers', () => {
    expect(partnerOf({ company: '10', supplier: '100' })).toBe('medsupply')
    expect(partnerOf({ company: '20', supplier: '100' })).toBe('orthotech')
    expect(partnerOf({ company: '30', supplier: '100' })).toBeUndefined()
  })

  it('counts in each company where the settings name none', () => {
    expect(partnerOf({ company: '20', supplier: '888' })).toBe('carefirst')
  })

  it('is nobody’s where no company is said and several have it, or all claim it', () => {
    expect(partnerOf({ supplier: '100' })).toBeUndefined()
    expect(partnerOf({ company: '', supplier: '0000100' })).toBe('medsupply')
    expect(partnerOf({ company: '10', supplier: '777' })).toBeUndefined()
  })

  it('is nobody’s where there is no number, or one that nobody has', () => {
    expect(partnerOf({})).toBeUndefined()
    expect(partnerOf({ company: '10', supplier: '0100' })).toBeUndefined()
  })
})
