import { stat } from 'node:fs/promises'
import type { Arranged } from '../delimited/index.js'
import { type NameNode, NameTree } from './name-tree.js'
import type { NestedReader } from './nested-events.js'
import { NoRecords } from './no-records.js'
import { RecordCopy } from './record-copy.js'
import { RecordFinder } from './record-finder.js'

export interface RecordChoice {
  /** Keys that lead to the records, `/` between them; empty: they are what stands at the top. */
  readonly path: string
  /** Names of the values that are wanted. Those of the record that are not become columns too; of what stands above only the wanted. */
  readonly wanted: readonly string[]
  /** The wanted names are all there are to be. */
  readonly only?: boolean
  /** A line is used as a whole or not at all. */
  readonly byLine?: boolean
}

/**
 * Copies the records of a nested file as a delimited one, which is read as any other. The file is read twice: names that only its last
 * record has are columns of all.
 * @throws NoRecords
 */
export async function copyRecords(
  source: string,
  read: NestedReader,
  target: string,
  { path, wanted, only, byLine }: RecordChoice,
): Promise<Arranged> {
  const keys = stepsOf(path)
  const { names, single } = await findNames(read, keys, wanted, only === true)
  const { size } = await stat(source)
  const copy = new RecordCopy(target, names, size)
  try {
    const finder = new RecordFinder({
      path: keys,
      names: new NameTree(keys.length, names, 'not'),
      single,
      take: (record) => copy.take(record),
      whole: byLine === true,
    })
    await read(finder)
  } finally {
    copy.close()
  }
  return copy
}

const stepsOf = (path: string): string[] => (path === '' ? [] : path.split('/'))

/** The names that the file has, first the wanted; without any record it is not known which it would have, and it has all of them. */
async function findNames(
  read: NestedReader,
  path: readonly string[],
  wanted: readonly string[],
  only: boolean,
): Promise<{ readonly names: readonly string[]; readonly single: number }> {
  const tree = new NameTree(path.length, wanted, only ? 'not' : 'in records')
  let records = 0
  const finder = new RecordFinder({ path, names: tree, single: wanted.length, take: () => records++ })
  await read(finder)
  if (records === 0 && !finder.reached) throw new NoRecords(`there is nothing at ${path.join('/')}`, 1)
  if (records === 0) return { names: wanted, single: wanted.length }
  const found = new Set(tree.found.map(({ name }) => name))
  // A list of objects is told as an empty value first.
  const isMore = ({ name, column, below, filled }: NameNode): boolean =>
    column < 0 && (filled || below.size === 0) && !isNamedBy(name, wanted)
  const more = tree.found.filter(isMore).map(({ name }) => name)
  const there = wanted.filter((name) => found.has(name))
  return { names: [...there, ...more], single: there.length }
}

/** Of `ID[@type=WID]` the plain `ID` is no other value, nor is `E1EDKA1/NAME1` of `E1EDKA1[PARVW=LF]/PARTN`. */
const isNamedBy = (name: string, wanted: readonly string[]): boolean =>
  wanted.some((one) => {
    if (!one.includes('[')) return false
    const plain = one.slice(0, one.indexOf('['))
    return name === plain || (/\]\//.test(one) && name.startsWith(`${plain}/`))
  })
