import type { Workspace } from '../../config/index.js'
import { type Verb, verbNames } from '../../config/verbs.js'
import { MatchbookError } from '../../errors/index.js'
import { type OsIdentity, osIdentity } from './os-identity.js'

/** Who may do something: everybody, where the workspace has no roles. */
export type WhoMay =
  | { readonly everybody: true }
  | {
      readonly everybody: false
      readonly roles: readonly {
        readonly role: string
        readonly users: readonly string[]
        readonly groups: readonly string[]
      }[]
    }

type Settings = Pick<Workspace['settings'], 'roles'>

/** The single place that says who may. */
export function whoMay(verb: Verb, { roles }: Settings): WhoMay {
  if (Object.keys(roles).length === 0) return { everybody: true }
  return {
    everybody: false,
    roles: Object.entries(roles)
      .filter(([, { may }]) => may.includes('all') || may.includes(verb))
      .map(([role, { users, groups }]) => ({ role, users, groups })),
  }
}

/** Roles that somebody has. */
export const rolesOf = ({ user, groups }: OsIdentity, { roles }: Settings): string[] =>
  Object.entries(roles)
    .filter(([, role]) => role.users.includes(user) || role.groups.some((group) => groups.includes(group)))
    .map(([name]) => name)

/** What somebody may do; all, where the workspace has no roles. */
export function verbsOf(identity: OsIdentity, settings: Settings): Verb[] {
  const own = new Set(rolesOf(identity, settings))
  return verbNames.filter((verb) => {
    const who = whoMay(verb, settings)
    return who.everybody || who.roles.some(({ role }) => own.has(role))
  })
}

/**
 * Lets on who may. `as`: the name that is given for the one who acts; another than one's own login needs a verb of its own.
 * @throws NOT-PERMITTED saying who may
 */
export function assertMay(verb: Verb, settings: Settings, as?: string): void {
  if (Object.keys(settings.roles).length === 0) return
  const identity = osIdentity()
  const may = verbsOf(identity, settings)
  const wanted: Verb[] = as === undefined || as === identity.user ? [verb] : [verb, 'act-for-others']
  const missing = wanted.find((one) => !may.includes(one))
  if (missing === undefined) return
  throw new MatchbookError(
    'NOT-PERMITTED',
    `${identity.user} may not ${words(missing)}; ${whoWords(whoMay(missing, settings))}`,
    {
      facts: { user: identity.user, verb: missing, roles: rolesOf(identity, settings).join(', ') },
    },
  )
}

const words = (verb: Verb): string => verb.replaceAll('-', ' ')

function whoWords(who: WhoMay): string {
  if (who.everybody) return 'everybody may'
  if (who.roles.length === 0) return 'no role may'
  return who.roles
    .map(({ role, users, groups }) => {
      const people = [...users, ...groups.map((group) => `group ${group}`)]
      return `role ${role} may (${people.join(', ')})`
    })
    .join(', ')
}
