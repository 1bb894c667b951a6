import { spawn } from 'node:child_process'
import path from 'node:path'

const binary = path.join(import.meta.dirname, '..', '..', 'bin', 'run.js')

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

/** The one JSON document on stdout; fails when there is anything else. */
export async function matchbookJson<T>(
  args: readonly string[],
  options: CallOptions,
): Promise<{ exit: number | null; json: T }> {
  const { exit, stdout, stderr } = await matchbook([...args, '--json'], options)
  try {
    return { exit, json: JSON.parse(stdout) as T }
  } catch {
    throw new Error(`matchbook ${args.join(' ')} (exit ${exit}) printed no JSON:\n${stdout}\n${stderr}`)
  }
}
