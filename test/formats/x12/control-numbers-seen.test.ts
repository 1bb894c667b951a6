import { expect, it } from 'vitest'
import { ControlNumbersSeen } from '../../../src/formats/x12/control-numbers-seen.js'
import fc from '../../properties.js'

it('knows a control number that came before, however they are ordered and padded', () => {
  const control = fc.oneof(
    fc.nat(12).map((number) => String(number)),
    fc.nat(12).map((number) => String(number).padStart(4, '0')),
    fc.constantFrom('', 'A1', 'B-2'),
  )
  fc.assert(
    fc.property(fc.array(control, { maxLength: 40 }), (controls) => {
      const seen = new ControlNumbersSeen()
      const plain = new Set<string>()
      for (const control of controls) {
        const key = /^\d+$/.test(control) ? String(Number(control)) : control
        expect(seen.add(control)).toBe(plain.has(key))
        plain.add(key)
      }
    }),
  )
})
