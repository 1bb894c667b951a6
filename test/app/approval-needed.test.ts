import { describe, expect, it } from 'vitest'
import { approvalNeeded } from '../../src/app/loads/approval-needed.js'
import { decimal } from '../../src/canonical/index.js'

describe('a load that is approved over USD 50000.00', () => {
  const load = { approval: { over: '50000.00' } } as const
  const needed = (moved: string | undefined, ...currencies: string[]) =>
    approvalNeeded(load, { moved: moved === undefined ? undefined : decimal(moved), currencies }, 'USD')

  it('is sent by itself up to the limit, and waits above it', () => {
    expect(needed('50000.00', 'USD')).toBeNull()
    expect(needed('50000.01', 'USD')).toBe('it moves 50000.01, over 50000.00')
  })

  it('waits when its money cannot be counted in dollars: none said, or some of it in another currency', () => {
    expect(needed(undefined)).toContain('say no money')
    expect(needed('300.00', 'USD', 'JPY', 'CAD')).toBe('it moves CAD and JPY, and loads over USD 50000.00 are approved')
    expect(needed('300.00', 'CAD')).not.toBeNull()
  })
})
