import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { checkTransaction, loadGuide, readInterchanges, type Transaction } from '../../../src/formats/x12/index.js'

const FOLDER = 'edi-samples'

async function transactionsOfSamples(): Promise<Transaction[]> {
  const transactions: Transaction[] = []
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.edi'))
  for (const file of files.sort()) {
    for await (const item of readInterchanges(readFileSync(`${FOLDER}/${file}`))) {
      if (item.kind === 'transaction') transactions.push(item.transaction)
    }
  }
  return transactions
}

/** What a check has learned of the sets before must not show in what it finds. */
it('finds the same in a set whatever was checked before it', async () => {
  const transactions = await transactionsOfSamples()
  expect(transactions.length).toBeGreaterThan(40)
  const check = async (transaction: Transaction) => {
    const guide = await loadGuide(transaction.envelope.version, transaction.set)
    return guide === undefined ? [] : checkTransaction(transaction, guide)
  }
  const found = new Map<Transaction, string>()
  for (const transaction of transactions) found.set(transaction, JSON.stringify(await check(transaction)))
  for (const transaction of transactions.toReversed()) {
    expect(JSON.stringify(await check(transaction))).toBe(found.get(transaction))
    expect(JSON.stringify(await check(transaction))).toBe(found.get(transaction))
  }
})
