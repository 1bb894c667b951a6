import path from 'node:path'
import type { Workspace } from '../../config/index.js'

/** Absolute. */
export const stateFolder = (workspace: Workspace): string =>
  path.resolve(workspace.folder, workspace.settings.state.folder)
