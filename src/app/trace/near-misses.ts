import { knownFileNames, knownKeys, knownNumbers, type StateDatabase } from '../../state/index.js'
import type { Subject } from './timeline.js'

const SHOWN = 5

const orderKinds = ['purchase-order', 'purchase-order-change', 'order-change-acknowledgment', 'acknowledgment']

/** Numbers the store knows that are nearly the one asked for, nearest first. */
export async function nearMisses(database: StateDatabase, subject: Subject, wanted: string): Promise<string[]> {
  const known = await candidates(database, subject)
  return [...new Set(known)]
    .map((one) => ({ one, far: distance(wanted.toUpperCase(), one.toUpperCase()) }))
    .filter(({ far }) => far <= 2)
    .sort((a, b) => a.far - b.far || (a.one < b.one ? -1 : 1))
    .slice(0, SHOWN)
    .map(({ one }) => one)
}

async function candidates(database: StateDatabase, subject: Subject): Promise<string[]> {
  if (subject === 'file') return knownFileNames(database)
  const keys = await knownKeys(database, subject)
  if (subject === 'po') return [...keys, ...(await knownNumbers(database, orderKinds))]
  return subject === 'invoice' ? [...keys, ...(await knownNumbers(database, ['invoice']))] : keys
}

/** Signs to change, add or leave out; 0 also where one is part of the other, as a number without its zeros is. */
function distance(a: string, b: string): number {
  if (a.length > 3 && b.length > 3 && (a.includes(b) || b.includes(a))) return 0
  if (Math.abs(a.length - b.length) > 2) return 3
  let row = Array.from({ length: b.length + 1 }, (_, n) => n)
  for (const [i, sign] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) {
      const changed = (row[j] ?? 0) + (sign === other ? 0 : 1)
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
