import { type Verb, verbs } from '../../config/index.js'
import { requireWorkspace } from '../workspace/require-workspace.js'
import { osIdentity } from './os-identity.js'
import { rolesOf, verbsOf, type WhoMay, whoMay } from './who-may.js'

export interface WhoAmI {
  readonly user: string
  readonly groups: readonly string[]
  /** Whether the workspace has roles; without, everybody may do everything. */
  readonly rolesSet: boolean
  readonly roles: readonly string[]
  readonly verbs: readonly {
    readonly verb: Verb
    readonly commands: string
    readonly may: boolean
    readonly who: WhoMay
  }[]
}

/** Who I am to Matchbook here, and what I may. */
export async function whoAmI(workspaceFolder: string | undefined): Promise<WhoAmI> {
  const { settings } = await requireWorkspace(workspaceFolder)
  const identity = osIdentity()
  const own = verbsOf(identity, settings)
  return {
    ...identity,
    rolesSet: Object.keys(settings.roles).length > 0,
    roles: rolesOf(identity, settings),
    verbs: (Object.keys(verbs) as Verb[]).map((verb) => ({
      verb,
      commands: verbs[verb],
      may: own.includes(verb),
      who: whoMay(verb, settings),
    })),
  }
}
