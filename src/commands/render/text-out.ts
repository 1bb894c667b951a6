import { closeSync, openSync, writeSync } from 'node:fs'
import path from 'node:path'
import { MatchbookError } from '../../errors/index.js'

/** Where a command's text goes: a file, or what `otherwise` does with it. */
export interface TextOut {
  readonly say: (text: string) => void
  readonly end: () => void
}

/** @throws USAGE when the file is the one that is read, or cannot be written */
export function textOut(output: string | undefined, input: string, otherwise: (text: string) => void): TextOut {
  if (output === undefined) return { say: otherwise, end: () => {} }
  if (path.resolve(output) === path.resolve(input)) {
    throw new MatchbookError('USAGE', `--output is the file that is read: ${output}`)
  }
  const file = opened(output)
  return { say: (text) => writeSync(file, `${text}\n`), end: () => closeSync(file) }
}

function opened(output: string): number {
  try {
    return openSync(output, 'w')
  } catch (error) {
    throw new MatchbookError('USAGE', `${output} cannot be written: ${(error as Error).message}`, { cause: error })
  }
}
