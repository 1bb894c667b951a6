import { ExitCode } from '../errors/index.js'

const { openExceptions, partial, alreadyRunning, transportFailed, refused, workspaceInvalid } = ExitCode

type Own = Readonly<Partial<Record<ExitCode, string>>>

const aRun: Own = {
  [openExceptions]: 'done; open exceptions of the kind that --fail-on names remain',
  [partial]: 'done in part: a file is in quarantine, an extract is missing, or a partner could not be reached',
  [alreadyRunning]: 'the job is running already',
  [transportFailed]: 'nothing could be transferred; what waits goes out later',
}

/** What an exit code means for a command beyond what it means for all; docs/exit-codes.md has the whole table. */
export const ownExits: Readonly<Record<string, Own>> = {
  run: aRun,
  retry: aRun,
  replay: aRun,
  backfill: { [openExceptions]: aRun[openExceptions] ?? '', [alreadyRunning]: aRun[alreadyRunning] ?? '' },
  pull: { [partial]: aRun[partial] ?? '', [transportFailed]: 'no drop could be reached' },
  push: { [partial]: 'something still waits', [transportFailed]: aRun[transportFailed] ?? '' },
  demo: { [partial]: 'the night was not whole; see what could not be done' },
  doctor: {
    [transportFailed]: 'all that is wrong is that servers cannot be reached',
    [refused]: 'something must be mended',
  },
  diff: { [openExceptions]: 'the two differ', [partial]: 'something could not be read' },
  'runs:compare': { [openExceptions]: 'the two differ' },
  'templates:compare': { [openExceptions]: 'the two differ' },
  'contracts:check': {
    [openExceptions]: 'a night would raise exceptions',
    [partial]: 'a night would put it in quarantine',
  },
  drill: { [openExceptions]: 'a target is missed' },
  'catalog:lint': { [workspaceInvalid]: 'something is not said, or the workspace has mistakes' },
  'exceptions:decide': { [refused]: 'one or more were refused; the others are decided' },
  'exceptions:import': { [partial]: 'some rows were refused', [refused]: 'nothing was taken' },
  'audit:verify': { [refused]: 'the chain was tampered with' },
  'privacy:scan': { [partial]: 'something could not be read', [refused]: 'something was found' },
  'schedule:start': { [alreadyRunning]: 'another daemon keeps this schedule' },
}

/** Commands that need no workspace. */
const anywhere = /^(completion|demo|init|restore|simulate|uninstall|edi:|templates:)/

/** The exit codes of a command, each with its meaning. */
export function exitCodes(command: string): [code: string, means: string][] {
  const all: Own = {
    [ExitCode.done]: 'done',
    [ExitCode.usage]: 'called wrongly; nothing was done',
    ...(anywhere.test(command)
      ? {}
      : {
          [workspaceInvalid]: 'the workspace is missing or has mistakes: matchbook validate',
          [refused]: 'refused: a permission, a secret or the state of the store; the message says what to do',
        }),
    ...ownExits[command],
  }
  return Object.entries(all)
}
