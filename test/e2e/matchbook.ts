import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { againstPublished } from '../docs/as-published.js'

const root = path.join(import.meta.dirname, '..', '..')
const binary = path.join(root, 'bin', 'run.js')

export interface Ended {
  readonly exit: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface CallOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  /** Sees stderr as it comes; may kill. */
  readonly watch?: (line: string, kill: (signal: NodeJS.Signals) => void) => void
  /** SIGKILL so many milliseconds after the start, if it has not ended by then. */
  readonly killAfter?: number
  /** Program and arguments that the command is run by, for example strace. */
  readonly under?: readonly string[]
}

/** Calls the built command as a user would, in a process of its own. */
export function matchbook(
  args: readonly string[],
  { cwd, env, watch, killAfter, under = [] }: CallOptions,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const [program = '', ...given] = [...under, process.execPath, binary, ...args]
    const child = spawn(program, given, { cwd, env: { ...process.env, NO_COLOR: '1', ...env } })
    const killer = killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfter)
    let stdout = ''
    let stderr = ''
    let seen = 0
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
      for (let end = stderr.indexOf('\n', seen); end >= 0; end = stderr.indexOf('\n', seen)) {
        watch?.(stderr.slice(seen, end), (signal) => child.kill(signal))
        seen = end + 1
      }
    })
    child.on('error', reject)
    child.on('close', (exit, signal) => {
      clearTimeout(killer)
      resolve({ exit, signal, stdout, stderr })
    })
  })
}

/** The one JSON document on stdout, as its schema describes it; fails when there is anything else. */
export async function matchbookJson<T>(
  args: readonly string[],
  options: CallOptions,
): Promise<{ exit: number | null; json: T }> {
  const { exit, stdout, stderr } = await matchbook([...args, '--json'], options)
  const json = parsed<T>(stdout)
  if (json === undefined) {
    throw new Error(`matchbook ${args.join(' ')} (exit ${exit}) printed no JSON:\n${stdout}\n${stderr}`)
  }
  // Of packages that are bundled Node warns, where it says nothing of those below node_modules.
  if (stderr.includes('DeprecationWarning')) throw new Error(stderr)
  const faults = againstPublished(commandOf(args), json)
  if (faults.length > 0) {
    throw new Error(`matchbook ${args.join(' ')} printed other JSON than its schema says: ${JSON.stringify(faults)}`)
  }
  return { exit, json }
}

function parsed<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T
  } catch {
    return undefined
  }
}

const commands: readonly string[] = Object.keys(
  (JSON.parse(readFileSync(path.join(root, 'oclif.manifest.json'), 'utf8')) as { commands: object }).commands,
)

/** `loads show L-3` is the command `loads:show`. */
function commandOf(args: readonly string[]): string {
  const named = [3, 2, 1].map((words) => args.slice(0, words).join(':')).find((id) => commands.includes(id))
  if (named === undefined) throw new Error(`no command of ours: ${args.join(' ')}`)
  return named
}
