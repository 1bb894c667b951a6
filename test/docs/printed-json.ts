import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as TJS from 'typescript-json-schema'

const root = path.join(import.meta.dirname, '..', '..')
const sources = path.join(root, 'src')

interface Schema extends Record<string, unknown> {
  properties?: Record<string, Schema>
  definitions?: Record<string, Schema>
}

/**
 * A JSON Schema (draft-07) of what each command prints with --json, from the types that its `run` gives back, comments included.
 * By the name its file has in schemas/output (NAME.schema.json); `error` is what any command prints when it ends with an error.
 */
export function printedJson(commands: readonly string[]): Record<string, object> {
  const generator = TJS.buildGenerator(programWith(commands), {
    required: true,
    ref: true,
    topRef: false,
    ignoreErrors: true,
  })
  if (generator === null) throw new Error('the types of the commands could not be read')
  return Object.fromEntries([
    ...commands.map((id) => [
      id.replaceAll(':', '-'),
      published(
        `What matchbook ${id.replaceAll(':', ' ')} prints with --json`,
        generator.getSchemaForSymbol(nameOf(id)) as Schema,
      ),
    ]),
    [
      'error',
      published(
        'What a command prints with --json when it ends with an error',
        generator.getSchemaForSymbol('PrintedError') as Schema,
      ),
    ],
  ])
}

const nameOf = (id: string): string => `Printed_${id.replaceAll(/[:-]/g, '_')}`

/** The sources with one more file, in a folder that is gone afterwards: it names what the commands give back. */
function programWith(commands: readonly string[]): TJS.Program {
  const folder = mkdtempSync(path.join(tmpdir(), 'printed-json-'))
  const file = path.join(folder, 'printed.ts')
  const text = [
    `export type { PrintedError } from '${sources}/commands/base-command.js'`,
    ...commands.flatMap((id, n) => [
      `import type Command${n} from '${sources}/commands/${id.replaceAll(':', '/')}.js'`,
      `export type ${nameOf(id)} = Awaited<ReturnType<Command${n}['run']>>`,
    ]),
  ].join('\n')
  try {
    writeFileSync(file, text)
    const { compilerOptions } = JSON.parse(readFileSync(path.join(root, 'tsconfig.json'), 'utf8'))
    return TJS.getProgramFromFiles([file, `${sources}/sql-text.d.ts`], compilerOptions, root)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Definitions by the plain names of their types, in the order of the alphabet; no path of this machine. */
function published(title: string, made: Schema): object {
  const { $schema, definitions = {}, ...schema } = unbranded(made) as Schema
  const plain = plainNames(Object.keys(definitions))
  const named = (text: string): string =>
    text.replaceAll(/"#\/definitions\/([^"]+)"/g, (whole, name: string) => {
      const known = plain.get(decodeURIComponent(name))
      return known === undefined ? whole : JSON.stringify(`#/definitions/${known}`)
    })
  const renamed = Object.entries(definitions)
    .map(([name, body]) => [plain.get(name) ?? name, JSON.parse(named(JSON.stringify(body))) as Schema] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    $schema,
    title,
    ...JSON.parse(named(JSON.stringify(schema))),
    ...(renamed.length === 0 ? {} : { definitions: Object.fromEntries(renamed) }),
  }
}

/** The compiler tells exact decimals from other texts by a mark that is nowhere in the data: a text is a text. */
function unbranded(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(unbranded)
  if (typeof node !== 'object' || node === null) return node
  const { allOf, ...rest } = node as { allOf?: Schema[] }
  const text = allOf?.some((part) => Object.keys(part.properties ?? {})[0]?.startsWith('__'))
    ? allOf.find(({ type }) => type === 'string')
    : undefined
  const kept = text === undefined ? node : { ...rest, ...text }
  return Object.fromEntries(
    Object.entries(kept)
      .filter(([name]) => name !== 'typeof__decimal')
      .map(([name, value]) => [name, unbranded(value)]),
  )
}

/** Types without a name of their own are called by their parts; more than this nobody reads. */
const LONGEST = 40

/** `import("/…/list-loads",…).LoadListing` is LoadListing; two types of one name are told apart by a number. */
function plainNames(names: readonly string[]): Map<string, string> {
  const taken = new Set<string>()
  return new Map(
    [...names].sort().map((name) => {
      const bare = name
        .replaceAll(/import\(.*?\}\)\./g, '')
        .replaceAll(/[^A-Za-z0-9]+/g, '_')
        .replaceAll(/^_|_$/g, '')
        .slice(0, LONGEST)
      let free = bare
      for (let n = 2; taken.has(free); n++) free = `${bare}_${n}`
      taken.add(free)
      return [name, free]
    }),
  )
}
