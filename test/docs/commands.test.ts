import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { exitCodes, ownExits } from '../../src/commands/exit-codes.js'

const root = path.join(import.meta.dirname, '..', '..')
const page = path.join(root, 'docs', 'commands.md')

interface Described {
  readonly id: string
  readonly summary?: string
  readonly examples?: readonly string[]
  readonly args: Readonly<
    Record<string, { readonly name: string; readonly required?: boolean; readonly description?: string }>
  >
  readonly flags: Readonly<
    Record<
      string,
      {
        readonly name: string
        readonly type: string
        readonly helpGroup?: string
        readonly description?: string
        readonly options?: string[]
        readonly default?: unknown
        readonly helpValue?: string
      }
    >
  >
}

/** The reference as it follows from the built command manifest; REGENERATE=1 writes it. */
function commandsPage(): string {
  const { commands } = JSON.parse(readFileSync(path.join(root, 'oclif.manifest.json'), 'utf8')) as {
    commands: Record<string, Described>
  }
  const all = Object.values(commands).sort((a, b) => (a.id < b.id ? -1 : 1))
  const global = Object.values(all[0]?.flags ?? {}).filter(({ helpGroup }) => helpGroup === 'GLOBAL')
  return [
    '# Commands',
    '',
    'Written from the commands themselves. Progress, logs and prompts go to stderr; with `--json` stdout holds one JSON document and nothing else. A schema describes it for each command; it changes by addition only. What is printed instead when a command ends with an error: [error.schema.json](../schemas/output/error.schema.json).',
    '',
    '## Everywhere',
    '',
    ...flagTable(global),
    ...all.flatMap((command) => [
      '',
      `## matchbook ${command.id.replaceAll(':', ' ')}`,
      '',
      command.summary ?? '',
      '',
      '```',
      ...(command.examples ?? []).map((example) =>
        example
          .replaceAll('<%= config.bin %>', 'matchbook')
          .replaceAll('<%= command.id %>', command.id.replaceAll(':', ' ')),
      ),
      '```',
      ...argumentTable(command),
      ...own(command),
      '',
      printed(command.id),
    ]),
    '',
  ].join('\n')
}

const argumentTable = ({ args }: Described): string[] =>
  Object.keys(args).length === 0
    ? []
    : [
        '',
        '| argument | means |',
        '|---|---|',
        ...Object.values(args).map(
          ({ name, required, description }) =>
            `| ${name.toUpperCase()}${required ? '' : ' (optional)'} | ${description ?? ''} |`,
        ),
      ]

const printed = (id: string): string => {
  const file = `${id.replaceAll(':', '-')}.schema.json`
  return `Prints with \`--json\`: [${file}](../schemas/output/${file})`
}

const own = ({ flags }: Described): string[] => {
  const some = Object.values(flags).filter(({ helpGroup }) => helpGroup !== 'GLOBAL')
  return some.length === 0 ? [] : ['', ...flagTable(some)]
}

function flagTable(flags: readonly Described['flags'][string][]): string[] {
  const rows = flags.map(({ name, type, options, helpValue, description, default: preset }) => {
    const value = type === 'boolean' ? '' : ` ${options?.join('\\|') ?? helpValue ?? name.toUpperCase()}`
    const usual = preset === undefined || preset === false ? '' : ` (${String(preset)})`
    return `| \`--${name}${value}\` | ${description ?? ''}${usual} |`
  })
  return ['| flag | means |', '|---|---|', ...rows]
}

describe('docs/commands.md', () => {
  it('describes every command, argument and flag as the commands themselves do', () => {
    const wanted = commandsPage()
    if (process.env.REGENERATE === '1') writeFileSync(page, wanted)
    expect(readFileSync(page, 'utf8')).toBe(wanted)
  })

  it('leaves no command without a summary, an example and flags that say what they do', () => {
    const { commands } = JSON.parse(readFileSync(path.join(root, 'oclif.manifest.json'), 'utf8')) as {
      commands: Record<string, Described>
    }
    const silent = Object.values(commands).filter(
      ({ summary, examples, flags }) =>
        !summary || !examples?.length || Object.values(flags).some(({ description }) => !description),
    )
    expect(Object.keys(commands).length).toBeGreaterThan(10)
    expect(silent.map(({ id }) => id)).toEqual([])
  })

  it('has exit codes in the help that are those of the page, and of commands that there are', () => {
    const { commands } = JSON.parse(readFileSync(path.join(root, 'oclif.manifest.json'), 'utf8')) as {
      commands: Record<string, Described>
    }
    expect(Object.keys(ownExits).filter((id) => !(id in commands))).toEqual([])
    const known = [...readFileSync(path.join(root, 'docs', 'exit-codes.md'), 'utf8').matchAll(/^\| (\d+) \|/gm)].map(
      ([, code]) => code,
    )
    const told = Object.keys(commands).flatMap((id) => exitCodes(id).map(([code]) => code))
    expect(told.filter((code) => !known.includes(code))).toEqual([])
    expect(Object.fromEntries(exitCodes('run'))['3']).toMatch(/^done; open exceptions/)
  })
})
