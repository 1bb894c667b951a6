/** What the shell sees. The table with advice is in docs/exit-codes.md; the numbers are permanent. */
export const ExitCode = {
  done: 0,
  defect: 1,
  usage: 2,
  openExceptions: 3,
  partial: 4,
  workspaceInvalid: 5,
  alreadyRunning: 6,
  transportFailed: 7,
  refused: 8,
  interrupted: 130,
  terminated: 143,
} as const

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode]
