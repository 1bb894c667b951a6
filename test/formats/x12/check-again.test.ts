import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import {
  checkTransaction,
  decodedSegment,
  loadGuide,
  readInterchanges,
  type Transaction,
} from '../../../src/formats/x12/index.js'
import { mutated } from './fuzz-mutator.js'

const FOLDER = 'edi-samples'

const samples = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.edi'))
  .sort()
  .map((name) => readFileSync(`${FOLDER}/${name}`))

async function transactionsOf(files: readonly Buffer[]): Promise<Transaction[]> {
  const transactions: Transaction[] = []
  for (const file of files) {
    for await (const item of readInterchanges(file))
      if (item.kind === 'transaction') transactions.push(item.transaction)
  }
  return transactions
}

async function check(transaction: Transaction): Promise<string> {
  const guide = await loadGuide(transaction.envelope.version, transaction.set)
  return JSON.stringify(guide === undefined ? [] : checkTransaction(transaction, guide))
}

/** What a check has learned of the sets before must not show in what it finds. */
it('finds the same in a set whatever was checked before it', async () => {
  const transactions = await transactionsOf(samples)
  expect(transactions.length).toBeGreaterThan(40)
  const found = new Map<Transaction, string>()
  for (const transaction of transactions) found.set(transaction, await check(transaction))
  for (const transaction of transactions.toReversed()) {
    expect(await check(transaction)).toBe(found.get(transaction))
    expect(await check(transaction)).toBe(found.get(transaction))
  }
})

/** Segments of a file share their shapes, and a shape is looked at once. */
it('finds in each segment what it finds in it alone, also where something happened to the file', async () => {
  const files = Array.from({ length: 200 }, (_, number) => mutated(samples, 5, number))
  const transactions = await transactionsOf([...samples, ...files])
  let wrong = 0
  for (const transaction of transactions) {
    const segments = transaction.segments.map(({ id, elements, span }) => decodedSegment({ id, elements, span }))
    const found = await check(transaction)
    if (found !== '[]') wrong++
    expect(found).toBe(await check({ ...transaction, segments }))
  }
  expect(wrong).toBeGreaterThan(20)
})
