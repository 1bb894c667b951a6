import type { Workspace } from '../config/index.js'
import { MatchbookError } from '../errors/index.js'
import type { State } from '../state/index.js'

/** What commands that only look need: no endpoint, no set engine. */
export interface Reading {
  readonly workspace: Workspace
  readonly state: State
  /** State folder, absolute. */
  readonly folder: string
  archivePath(sha256: string): string
  now(): string
}

/** Opens the workspace and its state, hands them over, closes them whatever happens. */
export async function withReading<T>(
  workspaceFolder: string | undefined,
  use: (reading: Reading) => Promise<T>,
): Promise<T> {
  const { openReading } = await import('./compose.js')
  const reading = await openReading(workspaceFolder)
  try {
    return await use(reading)
  } finally {
    await reading.state.close()
  }
}

/** @throws WORKSPACE-INVALID naming the first mistakes */
export async function requireWorkspace(workspaceFolder: string | undefined): Promise<Workspace> {
  const { formatProblems, loadWorkspace } = await import('../config/index.js')
  const { shippedFolder } = await import('./shipped.js')
  const { defaultQueues } = await import('../exceptions/index.js')
  const { workspace, problems } = await loadWorkspace(workspaceFolder ?? process.cwd(), {
    explicit: workspaceFolder !== undefined,
    shippedFolder: shippedFolder(),
    knownQueues: defaultQueues,
  })
  if (workspace === undefined || problems.length > 0) {
    throw new MatchbookError('WORKSPACE-INVALID', `the workspace has mistakes:\n${formatProblems(problems)}`, {
      facts: { problems: problems.length },
    })
  }
  return workspace
}
