import { hostname } from 'node:os'
import { stringify } from 'yaml'
import { databaseMistake, type SecretReference, schemaName, type Workspace } from '../../config/index.js'
import { MatchbookError } from '../../errors/index.js'
import type { MovedState } from '../../state/index.js'
import { leasesOf, moveStore } from '../compose.js'
import { whileNothingRuns } from '../leases/all-leases.js'
import { takeLeaseOf } from '../leases/lease-of-job.js'
import { actingPerson } from '../roles/acting-person.js'
import { assertMay } from '../roles/who-may.js'
import { requireWorkspace } from '../workspace/require-workspace.js'

export interface MoveRequest {
  readonly workspace: string | undefined
  /** postgres://..., or sqlite for the file in the state folder. */
  readonly to: string
  readonly password: SecretReference | undefined
  readonly schema: string
}

export interface MoveOutcome extends MovedState {
  readonly rows: number
  /** What has to stand in the file from now on. */
  readonly settings: string
  /** Relative to the workspace. */
  readonly file: string
}

/**
 * Carries the store of a workspace from SQLite to PostgreSQL or back, while nothing of it runs. Archive and reports stay in the state
 * folder. The settings are the operator's: until they name the new place, every command is refused with STATE-MOVED.
 * @throws NOT-PERMITTED, USAGE, RUN-ACTIVE, STATE-NOT-EMPTY, STATE-MOVED, STATE-DIFFERS, STATE-NEWER
 */
export async function moveWorkspace(request: MoveRequest): Promise<MoveOutcome> {
  const workspace = await requireWorkspace(request.workspace)
  assertMay('restore', workspace.settings)
  const { folder, 'lease-seconds': leaseSeconds } = workspace.settings.state
  const fresh = newState(request)
  const to: Workspace = {
    ...workspace,
    settings: {
      ...workspace.settings,
      state: { folder, schema: request.schema, 'lease-seconds': leaseSeconds, ...fresh },
    },
  }
  const { database = 'sqlite', schema } = workspace.settings.state
  if (request.to === database && (request.to === 'sqlite' || request.schema === schema))
    throw new MatchbookError('USAGE', `the store is in ${database} already`)
  const leases = await leasesOf(workspace, { evenMoved: true })
  try {
    const takeLease = (name: string) => takeLeaseOf(name, workspace, (one) => leases.takeLease(one))
    const actor = actingPerson(undefined, { host: hostname() })
    const moved = await whileNothingRuns({ workspace, takeLease }, () => moveStore(workspace, to, actor))
    const rows = moved.tables.reduce((sum, table) => sum + table.rows, 0)
    const file = workspace.overlay ?? 'matchbook.yaml'
    return { ...moved, rows, file, settings: stringify({ state: { folder, ...fresh } }, { lineWidth: 0 }) }
  } finally {
    await leases.close()
  }
}

type NewState = Partial<Pick<Workspace['settings']['state'], 'database' | 'password' | 'schema'>>

function newState({ to, password, schema }: MoveRequest): NewState {
  if (to === 'sqlite') return {}
  const expected = databaseMistake(to)
  if (expected !== undefined) throw new MatchbookError('USAGE', `--to: expected sqlite, or ${expected}`)
  if (!schemaName.test(schema)) throw new MatchbookError('USAGE', `--schema: ${schema} is no name of a schema here`)
  return { database: to, ...(password === undefined ? {} : { password }), schema }
}
