import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { faultRates } from '../../src/app/simulate/fault-rates.js'
import { listFaults, simulate } from '../../src/app/simulate/simulate.js'
import { loadWorkspace } from '../../src/config/index.js'
import { allFaults } from '../../src/simulate/index.js'
import { SimulatedNight } from './simulated-night.js'

const nights: SimulatedNight[] = []
const night = (): SimulatedNight => {
  const made = new SimulatedNight()
  nights.push(made)
  return made
}
afterEach(() => {
  for (const made of nights.splice(0)) made.remove()
})

const rates = (...wishes: string[]) => faultRates(allFaults, wishes, { lines: 300, otherwise: 2 })

describe('what is planted', () => {
  it('is each fault once a company, without a wish', () => {
    expect(new Set(rates().values())).toEqual(new Set([2]))
  })

  it('is only what is named: a fault, a code or a job, as a share of the lines, rounded up', () => {
    const wished = rates('payment-terms=0.01', 'LAB-HOURS=0.0001', 'gl-posting=0.5')
    expect(wished.get('payment-terms')).toBe(3)
    expect(wished.get('hours-paid-over')).toBe(1)
    expect(wished.get('journal-posted-twice')).toBe(150)
    expect(wished.get('price-over-po')).toBe(0)
  })

  it('is what was said last', () => {
    const wished = rates('all=0.01', 'INV-PRICE=0')
    expect(wished.get('price-over-po')).toBe(0)
    expect(wished.get('invoice-total')).toBe(3)
  })

  it.each([
    ['payment-term=0.1', 'there is no fault "payment-term"', 'Did you mean payment-terms?'],
    ['INV-PRICES=0.1', 'there is no fault "INV-PRICES"', 'Did you mean INV-PRICE?'],
    ['payment-terms', '--fault payment-terms: a name and a rate', ''],
    ['payment-terms=2', '--fault payment-terms=2: a name and a rate', ''],
  ])('%s is refused, with what was probably meant', (wish, message, hint) => {
    expect(() => rates(wish)).toThrow(
      expect.objectContaining({ message: expect.stringContaining(message), hint: expect.stringContaining(hint) }),
    )
  })

  it('is told, with the code it raises, for the jobs named', () => {
    const faults = listFaults(['gl-posting'])
    expect(faults).toContainEqual({
      name: 'journal-posted-twice',
      job: 'gl-posting',
      code: 'GL-SEQUENCE',
      says: 'the ledger shows one journal twice',
    })
    expect(new Set(faults.map(({ job }) => job))).toEqual(new Set(['gl-posting']))
    expect(() => listFaults(['gl-postings'])).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('Did you mean gl-posting?') }),
    )
  })

  it('has a name of its own each', () => {
    expect(new Set(allFaults.map(({ name }) => name)).size).toBe(allFaults.length)
  })
})

describe('a simulated workspace', () => {
  it('is the same bytes for the same request, other bytes for another seed, and valid', async () => {
    const [first, again, other] = [night(), night(), night()]
    const truth = await first.make({ seed: 9 })
    expect(await again.make({ seed: 9 })).toEqual(truth)
    expect((await other.make({ seed: 10 })).files).not.toEqual(truth.files)
    for (const file of ['matchbook.yaml', 'jobs/receipt-to-invoice.yaml', 'keys/identity', 'truth.json'])
      expect(readFileSync(first.path(file), 'utf8')).toBe(readFileSync(again.path(file), 'utf8'))
    const { problems } = await loadWorkspace(first.folder, { explicit: true })
    expect(problems).toEqual([])
  })

  it.each(['lawson', 'peoplesoft'] as const)('has nothing of the other ERP on %s alone', async (layout) => {
    const made = night()
    const truth = await made.make({ layout, lines: 20 })
    const other = layout === 'lawson' ? 'peoplesoft' : 'lawson'
    expect(truth.files.filter(({ path }) => path.includes(other))).toEqual([])
    expect(readFileSync(made.path('jobs/gl-posting.yaml'), 'utf8')).not.toContain(`${other}-`)
    expect(new Set(truth.expected.flatMap(({ keys }) => keys.company ?? [])).size).toBe(1)
  })

  it('is not made over a workspace that is there', async () => {
    const made = night()
    await made.make({ lines: 5, jobs: ['gl-posting'] })
    const before = readFileSync(made.path('truth.json'), 'utf8')
    const request = {
      folder: made.folder,
      seed: 2,
      layout: 'both',
      lines: 5,
      jobs: ['all'],
      faults: [],
      asOf: undefined,
    } as const
    await expect(simulate(request)).rejects.toMatchObject({ code: 'WORKSPACE-EXISTS' })
    expect(readFileSync(made.path('truth.json'), 'utf8')).toBe(before)
    expect(readdirSync(made.path('drops/ehr'))).toEqual([])
  })
})
