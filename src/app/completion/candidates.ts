import { kindOf, type ValueKind } from './value-kinds.js'

/** A command as the manifest describes it; what completion needs of it. */
export interface CompletableCommand {
  /** With colons: runs:list. */
  readonly id: string
  readonly summary?: string | undefined
  /** Takes more words than it names arguments. */
  readonly strict?: boolean | undefined
  readonly args: Readonly<Record<string, Value>>
  readonly flags: Readonly<Record<string, Flag>>
}

interface Value {
  readonly name: string
  readonly description?: string | undefined
  readonly options?: readonly string[] | undefined
  readonly hidden?: boolean | undefined
}

interface Flag extends Value {
  readonly type: 'boolean' | 'option'
  readonly char?: string | undefined
  readonly helpValue?: string | readonly string[] | undefined
  readonly allowNo?: boolean | undefined
  readonly multiple?: boolean | undefined
  readonly exclusive?: readonly (string | object)[] | undefined
}

export interface Candidate {
  readonly value: string
  readonly description: string
}

/** What may stand where the cursor is: words to choose from, or a name of the file system. */
export type Completion =
  | { readonly kind: 'words'; readonly words: readonly Candidate[] }
  | { readonly kind: 'files' | 'folders' }

export interface Surface {
  readonly commands: readonly CompletableCommand[]
  readonly topics: readonly { readonly name: string; readonly description?: string | undefined }[]
  /** Names of the workspace; `workspace` is the folder given with --workspace. */
  names(kind: ValueKind, workspace: string | undefined): Promise<readonly Candidate[]>
}

/** @param typed the words after `matchbook`, the last being the one under the cursor, empty where nothing is typed of it yet */
export async function complete(typed: readonly string[], surface: Surface): Promise<Completion> {
  const before = typed.slice(0, -1)
  const current = typed.at(-1) ?? ''
  const { command, path, rest } = commandOf(before, surface.commands)
  if (command === undefined) return words(nextWords(path, surface), rest.length > 0 ? undefined : current)
  const workspace = givenValue(rest, 'workspace')
  const previous = flagNamed(command, rest.at(-1))
  if (previous?.type === 'option') return values(previous, command, current, '', workspace, surface)
  const [name, value] = splitAtEquals(current)
  const assigned = value === undefined ? undefined : flagNamed(command, name)
  if (assigned?.type === 'option') {
    return values(assigned, command, value ?? '', `${name}=`, workspace, surface)
  }
  if (current.startsWith('-')) return words(flagWords(command, rest), current)
  // A command may have others below its name.
  const below = rest.length === 0 ? nextWords(path, surface) : []
  const argument = argumentAt(command, rest)
  if (argument === undefined) return words(below, current)
  const found = await values(argument, command, current, '', workspace, surface)
  return found.kind === 'words' ? words([...below, ...found.words], current) : found
}

function commandOf(before: readonly string[], commands: readonly CompletableCommand[]) {
  let path: readonly string[] = []
  for (const word of before) {
    const longer = [...path, word].join(':')
    if (!commands.some(({ id }) => id === longer || id.startsWith(`${longer}:`))) break
    path = [...path, word]
  }
  return { command: commands.find(({ id }) => id === path.join(':')), path, rest: before.slice(path.length) }
}

/** Commands and topics one word further. */
function nextWords(path: readonly string[], { commands, topics }: Surface): Candidate[] {
  const prefix = path.map((word) => `${word}:`).join('')
  const next = new Map<string, string>()
  for (const { id, summary } of commands) {
    if (!id.startsWith(prefix)) continue
    const [word = '', ...further] = id.slice(prefix.length).split(':')
    const described = topics.find(({ name }) => name === `${prefix}${word}`)?.description
    if (further.length === 0) next.set(word, summary ?? '')
    else if (!next.has(word)) next.set(word, described ?? '')
  }
  return [...next].map(([value, description]) => ({ value, description }))
}

function flagNamed({ flags }: CompletableCommand, word: string | undefined): Flag | undefined {
  if (word?.startsWith('--')) return flags[word.slice(2)]
  return word?.startsWith('-') ? Object.values(flags).find(({ char }) => char === word.slice(1)) : undefined
}

const splitAtEquals = (word: string): [string, string | undefined] => {
  const at = word.startsWith('--') ? word.indexOf('=') : -1
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)]
}

/** Flags that can still be given: once each, none that another one given rules out. */
function flagWords({ flags }: CompletableCommand, rest: readonly string[]): Candidate[] {
  const given = rest.filter((word) => word.startsWith('--')).map((word) => splitAtEquals(word)[0].slice(2))
  return Object.values(flags)
    .filter(({ hidden }) => hidden !== true)
    .filter(({ name, multiple }) => multiple === true || !given.includes(name))
    .filter(({ exclusive }) => !(exclusive ?? []).some((other) => given.includes(String(other))))
    .flatMap(({ name, description = '', allowNo }) => [
      { value: `--${name}`, description },
      ...(allowNo === true ? [{ value: `--no-${name}`, description: `not: ${description}` }] : []),
    ])
}

function argumentAt(command: CompletableCommand, rest: readonly string[]): Value | undefined {
  const all = Object.values(command.args)
  let place = 0
  for (let at = 0; at < rest.length; at++) {
    const flag = flagNamed(command, rest[at])
    if (flag?.type === 'option') at++
    else if (!rest[at]?.startsWith('-')) place++
  }
  return all[place] ?? (command.strict === false ? all.at(-1) : undefined)
}

function givenValue(rest: readonly string[], flag: string): string | undefined {
  const at = rest.findIndex((word) => word === `--${flag}` || word.startsWith(`--${flag}=`))
  return at < 0 ? undefined : (splitAtEquals(rest[at] ?? '')[1] ?? rest[at + 1])
}

async function values(
  wanted: Value & { readonly helpValue?: string | readonly string[] | undefined },
  command: CompletableCommand,
  current: string,
  prefix: string,
  workspace: string | undefined,
  surface: Surface,
): Promise<Completion> {
  const kind = wanted.options === undefined ? kindOf(command.id, wanted.name, wanted.helpValue) : undefined
  if (kind === 'files' || kind === 'folders') return { kind }
  const known =
    kind === undefined
      ? (wanted.options ?? []).map((value) => ({ value, description: '' }))
      : await surface.names(kind, workspace)
  return words(
    known.map(({ value, description }) => ({ value: `${prefix}${value}`, description })),
    `${prefix}${current}`,
  )
}

const words = (all: readonly Candidate[], current: string | undefined): Completion => ({
  kind: 'words',
  words: current === undefined ? [] : all.filter(({ value }) => value.startsWith(current)),
})
