import { Command, Errors, Flags, type Interfaces } from '@oclif/core'
import { profiles, profileVariable } from '../app/workspace/chosen-profile.js'
import { ExitCode, MatchbookError, nearMiss, systemError } from '../errors/index.js'
import { givenFileError } from './given-file.js'

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
    const known = unknownFlag(givenFileError(thrown, this.argv), this.ctor)
    const error = systemError(known, 'the state') as Error
    const exit = exitOf(error)
    process.exitCode = exit
    if (this.jsonEnabled()) {
      this.logJson(jsonOfError(error, exit))
      return undefined
    }
    if (error instanceof MatchbookError) {
      process.stderr.write(`Error ${error.code}: ${error.message}\n  ${error.hint}\n`)
      return undefined
    }
    if (exit === ExitCode.usage) {
      process.stderr.write(`Error: ${error.message}\n`)
      return undefined
    }
    process.stderr.write(
      `Defect in Matchbook: ${error.stack ?? error.message}\n  Please report it with this text; nothing was lost.\n`,
    )
    return undefined
  }
}

/** A flag that there is not, with the one that was probably meant; anything else comes back as it is. */
function unknownFlag(thrown: unknown, { id, flags, baseFlags }: typeof Command): unknown {
  if (!(thrown instanceof Errors.CLIError && 'flags' in thrown && Array.isArray(thrown.flags))) return thrown
  const names = Object.keys({ ...baseFlags, ...flags })
  const said = thrown.flags.map(String).map((flag) => {
    const near = flag.startsWith('--') ? nearMiss(flag.slice(2), names) : undefined
    return `there is no flag ${flag}${near === undefined ? '' : `; was --${near} meant?`}`
  })
  return new MatchbookError('USAGE', said.join('; '), { hint: `See: matchbook ${id.replaceAll(':', ' ')} --help` })
}

function exitOf(error: unknown): number {
  if (error instanceof MatchbookError) return error.exit
  // Everything oclif itself throws while parsing is a wrong call, whatever class it has.
  if (error instanceof Errors.CLIError || (error instanceof Error && 'parse' in error)) return ExitCode.usage
  return ExitCode.defect
}

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
  return { error: { code: exit === ExitCode.usage ? 'USAGE' : 'DEFECT', message: error.message, exit } }
}
