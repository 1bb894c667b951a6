import { readFile } from 'node:fs/promises'
import { Composer, isScalar, LineCounter, Parser, Scalar } from 'yaml'
import type { Problem } from './problem.js'
import { hashOfBytes, type Sources } from './sources.js'
import { leavesRestReadable, sayYamlMistake } from './yaml-mistakes.js'
import { tooDeepAt } from './yaml-nesting.js'
import { type NodeMistake, nodeAt, nodeMistakes, type Path } from './yaml-nodes.js'

/** Settings are written by hand; anything larger is not a settings file. */
const LARGEST = 1_000_000

export interface Place {
  /** Relative to the workspace. */
  readonly file: string
  /** 1-based. */
  readonly line: number
  readonly column: number
}

/** One YAML file of the workspace: its values, and where each of them stands. */
export interface SettingsFile {
  /** Relative to the workspace. */
  readonly name: string
  /** What the file holds; undefined when it cannot be read. */
  readonly data: unknown
  /** What is wrong with it as YAML, whatever it is meant to be. */
  readonly problems: readonly Problem[]
  /** Where a value or its key stands; when the path leads nowhere, the nearest thing around it. */
  place(path: Path, at: 'key' | 'value'): Place
  /** An unquoted value as it is written: 00123 where YAML reads 123. */
  plainText(path: Path): string | undefined
}

/** Reads a file of the workspace; one that cannot be read is a problem like any other. */
export async function readSettingsFile(path: string, name: string, sources?: Sources): Promise<SettingsFile> {
  let bytes: Buffer
  try {
    bytes = await readFile(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    return unreadable(name, `the file cannot be read${code}`, 'a file that the user running matchbook may read')
  }
  sources?.set(path, { kind: 'file', sha256: hashOfBytes(bytes) })
  if (bytes.length > LARGEST) return unreadable(name, `${bytes.length} bytes`, `a settings file of at most ${LARGEST}`)
  try {
    return parseSettings(name, new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    if (error instanceof TypeError) return unreadable(name, 'bytes that are not UTF-8', 'a text file in UTF-8')
    throw error
  }
}

export function parseSettings(name: string, text: string): SettingsFile {
  const lines = new LineCounter()
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { file: name, line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const tokens = [...new Parser(lines.addNewLine).parse(text)]
  const deep = tooDeepAt(tokens)
  if (deep !== undefined) {
    return unreadable(name, 'values nested too deeply', 'settings as docs/settings.md has them', placeOf(deep))
  }
  const composer = new Composer({ keepSourceTokens: true, resolveKnownTags: false, logLevel: 'error' })
  const [document, second] = [...composer.compose(tokens, true, text.length)]
  if (document === undefined || second !== undefined) {
    return unreadable(name, 'a second document after ---', 'one document a file', placeOf(second?.range[0] ?? 0))
  }
  const problem = ({ offset, path, ...what }: NodeMistake): Problem => ({
    ...placeOf(offset),
    path: path.join('.'),
    ...what,
  })
  const syntax = [...document.errors, ...document.warnings]
  const problems = syntax.map((error) => problem({ offset: error.pos[0], path: [], ...sayYamlMistake(error, text) }))
  const file = (data: unknown, more: readonly Problem[]): SettingsFile => ({
    name,
    data,
    problems: [...problems, ...more],
    place: (path, at) => placeOf(nodeAt(document, path, at).offset),
    plainText: (path) => {
      const { node, found } = nodeAt(document, path, 'value')
      return found && isScalar(node) && node.type === Scalar.PLAIN ? node.source : undefined
    },
  })
  if (!syntax.every(leavesRestReadable)) return file(undefined, [])
  const { mistakes, readable } = nodeMistakes(document)
  if (!readable) return file(undefined, mistakes.map(problem))
  try {
    return file(document.toJS(), mistakes.map(problem))
  } catch {
    // The YAML package refuses aliases of aliases that would fill the memory.
    const bomb = {
      offset: 0,
      path: [],
      message: 'aliases (*name) multiplied beyond measure',
      expected: 'values written out',
    }
    return file(undefined, [...mistakes, bomb].map(problem))
  }
}

function unreadable(
  name: string,
  message: string,
  expected: string,
  place: Place = { file: name, line: 1, column: 1 },
): SettingsFile {
  return {
    name,
    data: undefined,
    problems: [{ ...place, path: '', message, expected }],
    place: () => place,
    plainText: () => undefined,
  }
}
