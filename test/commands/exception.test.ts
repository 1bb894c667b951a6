import { expect, it } from 'vitest'
import type { ExceptionDetail } from '../../src/app/exceptions/list-exceptions.js'
import { exceptionText } from '../../src/commands/render/exception.js'

it('what people wrote into a workbook cannot command the terminal of whoever looks at the exception', () => {
  const wrote = (text: string) => `\u001b[2J${text}`
  const exception: ExceptionDetail = {
    id: 'EX-000001',
    code: 'INV-PRICE',
    queue: 'contracts',
    severity: 'error',
    status: 'decided',
    fingerprint: '00',
    keys: {},
    message: wrote('message'),
    amountAtRisk: { amount: '1.00' as ExceptionDetail['amountAtRisk']['amount'], currency: 'USD' },
    firstSeen: '2026-11-20T08:00:00Z',
    lastSeen: '2026-11-20T08:00:00Z',
    dueAt: null,
    values: {},
    tolerance: null,
    evidence: [],
    cluster: null,
    decision: {
      decision: 'waive',
      state: 'standing',
      decidedBy: wrote('decider'),
      decidedAt: '2026-11-20T08:00:00Z',
      agreedBy: null,
      agreedAt: null,
      note: null,
      via: wrote('workbook.xlsx'),
      rule: null,
      amount: '1.00' as ExceptionDetail['amountAtRisk']['amount'],
      facts: {},
    },
    assignee: wrote('assignee'),
    note: wrote('note'),
    escalation: null,
    matched: null,
    decisions: [],
    history: [],
  }
  const text = exceptionText(exception, 'UTC')
  for (const written of ['message', 'decider', 'workbook.xlsx', 'assignee', 'note']) expect(text).toContain(written)
  expect(text).not.toContain('\u001b[2J')
})
