import type { Problem } from '../problem.js'
import type { Setting } from '../setting.js'

/** A role of nobody helps nobody, and without a role that may run there is no night. */
export function checkRoles(workspace: Setting): Problem[] {
  const roles = workspace.at('roles')
  const all = roles.entries()
  if (all.length === 0) return []
  const empty = all.filter(([, role]) => role.at('users').items().length + role.at('groups').items().length === 0)
  const mayRun = all.some(([, role]) =>
    role
      .at('may')
      .items()
      .some(({ text }) => text === 'run' || text === 'all'),
  )
  return [
    ...empty.map(([name, role]) => role.problem(`nobody has the role ${name}`, 'users or groups', { at: 'key' })),
    ...(mayRun
      ? []
      : [roles.problem('no role may run', 'a role with may: [run], for who runs the nights', { at: 'key' })]),
  ]
}
