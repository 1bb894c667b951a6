import { createHash } from 'node:crypto'
import type pg from 'pg'

/** Longer ones are inserts of many rows, hardly two of which have as many. */
const LONGEST = 2000
const MOST = 300

/**
 * Lets the server keep what it has parsed and planned: a night says the same few sentences some thousand times. Not those that ask for
 * all columns of a table: they would fail from the moment on at which a newer version adds one.
 */
export function prepareStatements(client: pg.PoolClient): void {
  const names = new Map<string, string>()
  const nameOf = (text: string): string | undefined => {
    const known = names.get(text)
    if (known !== undefined || text.length > LONGEST || text.includes('*') || names.size >= MOST) return known
    // The server looks at no more than 63 letters of a name.
    const name = createHash('sha1').update(text).digest('hex')
    names.set(text, name)
    return name
  }
  const plain = client.query.bind(client) as (query: unknown, values?: unknown) => unknown
  const prepared = (text: unknown, values?: unknown): unknown => {
    if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0) return plain(text, values)
    return plain({ text, values, name: nameOf(text) })
  }
  client.query = prepared as typeof client.query
}
