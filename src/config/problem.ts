import { compareText } from '../canonical/compare-text.js'

/** One mistake in a file of the workspace. Plain data: `matchbook validate --json` prints it as it is. */
export interface Problem {
  /** Relative to the workspace, with forward slashes. */
  readonly file: string
  /** 1-based; of the key or value at fault, or of the map that lacks a key. */
  readonly line: number
  readonly column: number
  /** Where in the settings, for example endpoints.acme.host-key. */
  readonly path: string
  /** What was found. Never a secret. */
  readonly message: string
  readonly expected: string
  /** What may have been meant; in quotes where the quotes are what is missing. */
  readonly suggestion?: string
}

/** By file, line and column; the same mistake is told once. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  const once = new Map(problems.map((problem) => [JSON.stringify(problem), problem]))
  return [...once.values()].sort(
    (a, b) =>
      compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.message, b.message),
  )
}

/** One line a problem, as editors and terminals follow it: file:line:column, what was found, what was expected. */
export const formatProblems = (problems: readonly Problem[]): string => problems.map(formatProblem).join('\n')

function formatProblem({ file, line, column, message, expected, suggestion }: Problem): string {
  const meant = suggestion?.startsWith('"') ? suggestion : `"${suggestion}"`
  const hint = suggestion === undefined ? '' : `; did you mean ${meant}?`
  return `${file}:${line}:${column}  ${message}; expected ${expected}${hint}`
}
