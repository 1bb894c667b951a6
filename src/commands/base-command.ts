import { Command, Errors, Flags, type Interfaces } from '@oclif/core'
import { profiles, profileVariable } from '../app/workspace/chosen-profile.js'
import { ExitCode, MatchbookError, nearMiss, systemError } from '../errors/index.js'
import { givenFileError } from './given-file.js'
import { printableLines } from './render/printable.js'

type FlagValues = Interfaces.OutputFlags<Interfaces.FlagInput>

/** What every command shares: the flags, JSON on stdout alone, errors with code and hint, and the exit code table. */
export abstract class BaseCommand extends Command {
  static override enableJsonFlag = true

  static override baseFlags = {
    json: Flags.boolean({
      helpGroup: 'GLOBAL',
      description: 'one JSON document on stdout, and nothing else there',
    }),
    workspace: Flags.string({
      helpGroup: 'GLOBAL',
      helpValue: 'DIR',
      description: 'workspace folder; without it the nearest folder upward that holds matchbook.yaml',
    }),
    profile: Flags.option({
      helpGroup: 'GLOBAL',
      options: profiles,
      env: profileVariable,
      description: 'which profile of the workspace; without it the one that matchbook.yaml declares',
    })(),
    'no-input': Flags.boolean({
      helpGroup: 'GLOBAL',
      default: false,
      description: 'never ask; fail where an answer is needed',
    }),
    'log-level': Flags.option({
      helpGroup: 'GLOBAL',
      options: ['silent', 'error', 'warn', 'info', 'debug'] as const,
      default: 'warn' as const,
      description: 'what goes to stderr',
    })(),
    'log-format': Flags.option({
      helpGroup: 'GLOBAL',
      options: ['text', 'ndjson'] as const,
      default: 'text' as const,
      description: 'ndjson: one JSON object a line on stderr, with the run id',
    })(),
  }

  protected override async parse<F extends FlagValues, B extends FlagValues, A extends FlagValues>(
    options?: Interfaces.Input<F, B, A>,
    argv?: string[],
  ): Promise<Interfaces.ParserOutput<F, B, A>> {
    const parsed = await super.parse(options, argv)
    const { profile } = parsed.flags
    if (typeof profile === 'string') process.env[profileVariable] = profile
    return parsed
  }

  override async catch(thrown: Interfaces.CommandError): Promise<unknown> {
    const known = wrongCall(givenFileError(thrown, this.argv), this.ctor)
    const error = systemError(known, 'the state') as Error
    const exit = exitOf(error)
    process.exitCode = exit
    if (this.jsonEnabled()) {
      this.logJson(jsonOfError(error, exit))
      return undefined
    }
    if (error instanceof MatchbookError) {
      process.stderr.write(printableLines(`Error ${error.code}: ${error.message}\n  ${error.hint}\n`))
      return undefined
    }
    process.stderr.write(
      `Defect in Matchbook: ${error.stack ?? error.message}\n  Please report it with this text; nothing was lost.\n`,
    )
    return undefined
  }
}

/** What oclif throws while parsing is a wrong call, whatever class it has; anything else comes back as it is. */
function wrongCall(thrown: unknown, { id, flags, baseFlags }: typeof Command): unknown {
  if (!(thrown instanceof Errors.CLIError || (thrown instanceof Error && 'parse' in thrown))) return thrown
  const said =
    'flags' in thrown && Array.isArray(thrown.flags)
      ? unknownFlags(thrown.flags.map(String), Object.keys({ ...baseFlags, ...flags }))
      : inOurWords(thrown.message)
  const hint = `See: matchbook ${id.replaceAll(':', ' ')} --help`
  return new MatchbookError('USAGE', said, { hint, cause: thrown })
}

/** Each with the one that was probably meant. */
const unknownFlags = (given: readonly string[], names: readonly string[]): string =>
  given
    .map((flag) => {
      const near = flag.startsWith('--') ? nearMiss(flag.slice(2), names) : undefined
      return `there is no flag ${flag}${near === undefined ? '' : `; was --${near} meant?`}`
    })
    .join('; ')

/** Without what oclif puts around each message, and with the hyphens of a flag. */
const inOurWords = (message: string): string =>
  message
    .replace(/^The following errors? occurred:\s*/, '')
    .replace(/\s*See more help with --help$/, '')
    .replace(/^Parsing (--\S+)\s+Expected/, '$1: expected')
    .replaceAll(/Missing required flag (?=\w)/g, 'missing flag --')
    .replace(/^Missing \d+ required args?:\s*/, 'missing: ')
    .replace(/^Expected/, 'expected')

const exitOf = (error: unknown): number => (error instanceof MatchbookError ? error.exit : ExitCode.defect)

/** What any command prints with --json instead of its own document when it ends with an error. */
export interface PrintedError {
  readonly error: {
    /** A code of docs/errors.md; USAGE: called wrongly; DEFECT: a defect in Matchbook. */
    readonly code: string
    readonly message: string
    /** What to do about it. */
    readonly hint?: string
    /** What it is about, by name: files, lines, endpoints and so on. */
    readonly facts?: Readonly<Record<string, unknown>>
    readonly exit: number
  }
}

function jsonOfError(error: Error, exit: number): PrintedError {
  if (error instanceof MatchbookError) {
    return { error: { code: error.code, message: error.message, hint: error.hint, facts: error.facts, exit } }
  }
  return { error: { code: 'DEFECT', message: error.message, exit } }
}
