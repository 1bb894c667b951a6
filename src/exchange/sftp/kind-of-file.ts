import type { RemoteEntry } from '../endpoint.js'
import type { Attributes } from './answers.js'

/**
 * By the attributes, which are what the protocol defines; where a server leaves the mode out, by the line for people, or by what is expected
 * at a path that we know: FILE or FOLDER.
 */
export function kindOfFile({ mode }: Attributes, line = ''): RemoteEntry['kind'] {
  if (mode === undefined || mode === 0) return line.startsWith('-') ? 'file' : line.startsWith('d') ? 'folder' : 'other'
  switch (mode & 0o170000) {
    case 0o100000:
      return 'file'
    case 0o040000:
      return 'folder'
    case 0o120000:
      return 'link'
    default:
      return 'other'
  }
}

/** For an answer without a line: how one begins. */
export const FILE = '-'
export const FOLDER = 'd'

export const isKindTold = ({ mode }: Attributes, line: string): boolean =>
  (mode !== undefined && mode !== 0) || /^[-dlpcbs]/.test(line)
