import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { MatchbookError } from '../errors/index.js'
import type { SecretReference } from './scalars.js'

/** Vaults answer in a second or two; a command that waits for a person never does. */
const COMMAND_SECONDS = 20
const LARGEST = 65_536

/** A reference as people are shown it; it holds no secret. */
export function sayReference(reference: SecretReference): string {
  if ('env' in reference) return `env ${reference.env}`
  if ('file' in reference) return `file ${reference.file}`
  return `command ${reference.command[0]}`
}

/**
 * The secret a reference leads to, one trailing newline dropped. Paths and commands are relative to `folder`; a command runs without a
 * shell and gets no input.
 * @throws SECRET-MISSING naming the reference; never the value, nor what the command printed
 */
export async function resolveSecret(
  reference: SecretReference,
  folder: string,
  { commandSeconds = COMMAND_SECONDS }: { readonly commandSeconds?: number } = {},
): Promise<string> {
  const missing = (why: string): MatchbookError =>
    new MatchbookError('SECRET-MISSING', `${sayReference(reference)}: ${why}`, {
      facts: { reference: sayReference(reference) },
    })
  const text = await readReference(reference, folder, commandSeconds, missing)
  const secret = text.replace(/\r?\n$/, '')
  if (secret === '') throw missing('it is empty')
  return secret
}

async function readReference(
  reference: SecretReference,
  folder: string,
  commandSeconds: number,
  missing: (why: string) => MatchbookError,
): Promise<string> {
  if ('env' in reference) {
    const value = process.env[reference.env]
    if (value === undefined) throw missing('the environment variable is not set')
    return value
  }
  if ('file' in reference) {
    const bytes = await readFile(path.resolve(folder, reference.file)).catch((error: NodeJS.ErrnoException) => {
      throw missing(`the file cannot be read (${error.code ?? 'unknown'})`)
    })
    if (bytes.length > LARGEST) throw missing(`the file is larger than ${LARGEST} bytes`)
    return bytes.toString('utf8')
  }
  const [program = '', ...args] = reference.command
  return new Promise((resolve, reject) => {
    const options = { cwd: folder, timeout: commandSeconds * 1000, killSignal: 'SIGKILL', maxBuffer: LARGEST } as const
    // The error of execFile carries what the command printed, so only its code goes on.
    const child = execFile(program, args, options, (error, stdout) => {
      if (error === null) resolve(stdout)
      else if (error.killed)
        reject(missing(`the command did not answer within ${commandSeconds} s, or answered too much`))
      else if (typeof error.code === 'number') reject(missing(`the command ended with exit code ${error.code}`))
      else reject(missing(`the command cannot be run (${error.code ?? error.signal ?? 'unknown'})`))
    })
    child.stdin?.on('error', () => {})
    child.stdin?.end()
  })
}
