import { exactly, type FieldTolerance, parseFieldTolerance, toleranceForms, ZERO } from '../../canonical/index.js'
import { MatchbookError, nearMiss } from '../../errors/index.js'
import type { ComparedField, KeyColumn, SideName, Window } from '../../match/index.js'
import type { DiffRequest } from './diff-request.js'
import { type InputLayout, same } from './input-layout.js'

export interface ChosenColumns {
  readonly keys: readonly KeyColumn[]
  readonly fields: readonly ComparedField[]
  /** Columns of one file that are held against nothing. */
  readonly notCompared: { readonly left: readonly string[]; readonly right: readonly string[] }
}

interface NamedFile {
  readonly name: string
  readonly layout: Pick<InputLayout, 'columns'>
}

/** @throws USAGE when a column is not there, or a tolerance cannot be read */
export function chooseColumns(request: DiffRequest, left: NamedFile, right: NamedFile): ChosenColumns {
  const pair = (written: string) => {
    const [inLeft = '', inRight = inLeft] = written.split('=').map((name) => name.trim())
    const [l, r] = [columnOf(left, inLeft), columnOf(right, inRight)]
    return { name: l.name, left: l.sql, right: r.sql, rightName: r.name }
  }
  const tolerances = new Map(request.tolerances.map(readTolerance))
  const toleranceOf = (name: string): FieldTolerance => {
    const found = [...tolerances].find(([column]) => same(column, name))
    if (found !== undefined) tolerances.delete(found[0])
    return found?.[1] ?? exactly
  }
  const keys = request.keys.map(pair)
  const isKey = (name: string) => keys.some((key) => same(key.name, name) || same(key.rightName, name))
  const ignored = [...request.ignore, ...windowColumns(request)]
  const onBoth = [...left.layout.columns.keys()].filter(
    (name) => !isKey(name) && !ignored.some((other) => same(other, name)) && find(right, name) !== undefined,
  )
  const fields = (request.compare ?? onBoth).map(pair)
  for (const name of request.ignore) if (find(left, name) === undefined) columnOf(right, name)
  const summed = request.sum.map((name) => columnOf(left, name).name)
  const chosen = {
    keys: keys.map(({ name, left, right }) => ({ name, left, right, ignoring: keyLeniency(name, toleranceOf(name)) })),
    fields: fields.map(({ name, left, right }) => {
      const sum = summed.includes(name)
      return { name, left, right, tolerance: atLeastNumber(toleranceOf(name), sum), sum }
    }),
    notCompared: {
      left: notIn(
        [...left.layout.columns.keys()],
        [...keys, ...fields].map(({ name }) => name),
      ),
      right: notIn(
        [...right.layout.columns.keys()],
        [...keys, ...fields].map(({ rightName }) => rightName),
      ),
    },
  }
  const [unused] = tolerances.keys()
  if (unused !== undefined)
    throw missing(
      unused,
      'no column that is compared',
      chosen.fields.map(({ name }) => name),
    )
  const unsummed = summed.find((name) => !fields.some((field) => field.name === name))
  if (unsummed !== undefined) throw missing(unsummed, 'summed, but not compared', [])
  return chosen
}

/** The window on each side; a file without its columns has none. @throws USAGE when neither has them */
export function windowsOf(
  request: DiffRequest,
  files: Readonly<Record<SideName, NamedFile>>,
): Readonly<Record<SideName, { readonly window?: Window }>> {
  const { inForce } = request
  if (inForce === undefined) return { left: {}, right: {} }
  const of = (file: NamedFile): { window?: Window } => {
    const [from, to] = windowColumns(request).map((name) => find(file, name)?.sql)
    return from === undefined && to === undefined ? {} : { window: { from, to, on: inForce } }
  }
  const windows = { left: of(files.left), right: of(files.right) }
  if (windows.left.window === undefined && windows.right.window === undefined)
    throw missing(windowColumns(request).join(' and '), 'no column of either file', [
      ...files.left.layout.columns.keys(),
    ])
  return windows
}

const windowColumns = ({ window }: Pick<DiffRequest, 'window'>): readonly string[] =>
  window
    ?.split(':')
    .map((name) => name.trim())
    .filter((name) => name !== '') ?? []

function columnOf(file: NamedFile, name: string): { readonly name: string; readonly sql: string } {
  const found = find(file, name)
  if (found === undefined) throw missing(name, `no column of ${file.name}`, [...file.layout.columns.keys()])
  return found
}

function find({ layout }: NamedFile, name: string): { readonly name: string; readonly sql: string } | undefined {
  const found = [...layout.columns].find(([column]) => same(column, name))
  return found && { name: found[0], sql: found[1] }
}

function missing(name: string, what: string, known: readonly string[]): MatchbookError {
  const meant = nearMiss(name, known)
  const listed = known.length > 30 ? [...known.slice(0, 30), '...'] : known
  return new MatchbookError('USAGE', `${name} is ${what}${meant === undefined ? '' : `; was ${meant} meant?`}`, {
    ...(listed.length === 0 ? {} : { hint: `There are: ${listed.join(', ')}` }),
    facts: { column: name },
  })
}

function readTolerance(written: string): [string, FieldTolerance] {
  const at = written.indexOf('=')
  const tolerance = at < 0 ? undefined : parseFieldTolerance(written.slice(at + 1))
  if (tolerance === undefined)
    throw new MatchbookError('USAGE', `--tolerance ${written} cannot be read`, {
      hint: `Write COLUMN=TOLERANCE with one of: ${toleranceForms}`,
    })
  return [written.slice(0, at).trim(), tolerance]
}

function keyLeniency(name: string, tolerance: FieldTolerance): KeyColumn['ignoring'] {
  if (tolerance.kind === 'text') return tolerance.ignoring
  throw new MatchbookError('USAGE', `${name} is a key: it can be equal or not, but not so far apart`, {
    hint: 'A key may have case, zeros and spaces as its tolerance',
  })
}

/** A sum has no zeros at its end that could be held against the other side's. */
const atLeastNumber = (tolerance: FieldTolerance, sum: boolean): FieldTolerance =>
  sum && tolerance.kind === 'text' ? { kind: 'number', absolute: ZERO } : tolerance

const notIn = (names: readonly string[], used: readonly string[]): string[] =>
  names.filter((name) => !used.some((other) => same(other, name)))
