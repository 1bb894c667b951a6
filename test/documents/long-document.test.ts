import { expect, it } from 'vitest'
import { readSegments } from './read-set.js'

/** More than one call takes as arguments: the engine ends at some 120,000. */
const MANY = 150_000

it('an invoice of very many lines is read to its end, its lines counted and its quantities summed', async () => {
  const lines = Array.from({ length: MANY }, (_, n) => ['IT1', `${n + 1}`, '2', 'BX', '24.50'])
  const { documents, findings } = await readSegments('810', [
    ['BIG', '20261119', 'INV-1', '20261102', '4500012345'],
    ...lines,
    ['TDS', `${MANY * 4900}`],
    ['CTT', `${MANY}`, `${MANY * 2}`],
  ])
  expect(findings).toEqual([])
  expect(documents).toMatchObject([{ kind: 'invoice', credit: false, total: `${MANY * 49}` }])
  expect(documents.flatMap((one) => (one.kind === 'invoice' ? one.lines : []))).toHaveLength(MANY)
}, 60_000)
